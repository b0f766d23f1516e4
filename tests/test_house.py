"""The house rules: names, sizes and places of modules, read from the source by its syntax alone.

`CONTRIBUTING.md` says what they are for.
"""

import ast
import builtins
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from re import MULTILINE, findall

ROOT = Path(__file__).parents[1]
PACKAGES = ("addons", "dashboards", "monitor", "schedules", "simulation")
MAX_MODULE_LENGTH = 300
"""Lines."""
MAX_TEST_LENGTH = 400
"""Of a module of tests, or of what they share."""
MAX_MODULES = 12
"""In one folder, besides those that Python and Django look for by name."""
FOUND_BY_NAME = frozenset({"__init__.py", "__main__.py", "apps.py", "models.py", "settings.py"})
NAMED_BY_DJANGO = frozenset({"Meta", "Migration"})
SAYS_NOTHING = frozenset({"each", "found", "it", "item", "one", "some", "thing"})
"""As the name of a loop variable: it is the noun of what it holds."""

TESTS_OF_THE_WHOLE = frozenset({"benchmark", "deploy", "fuzz", "network", "privacy", "supply"})
"""Folders of tests that need no module of the same name: each is about the product as a whole."""
TESTS_OF_SEVERAL_MODULES = frozenset(
    {
        "tests/addons/captures/test_captured_flows.py",
        "tests/addons/names/quic/test_captured_names.py",
        "tests/addons/names/test_dns_captured.py",
        "tests/addons/test_captured_names.py",
        "tests/addons/test_captured_use.py",
        "tests/addons/test_own_device.py",
        "tests/addons/test_recognition.py",
        "tests/dashboards/browser/test_confirming.py",
        "tests/dashboards/browser/test_every_page.py",
        "tests/dashboards/browser/test_openid.py",
        "tests/dashboards/browser/test_openid_attacks.py",
        "tests/dashboards/browser/test_own_device.py",
        "tests/dashboards/browser/test_second_factor.py",
        "tests/dashboards/browser/test_teacher.py",
        "tests/dashboards/charts/test_specifications.py",
        "tests/dashboards/grafana/test_boards.py",
        "tests/dashboards/grafana/test_queries.py",
        "tests/dashboards/it/test_settings_audit.py",
        "tests/dashboards/public/test_accessibility.py",
        "tests/dashboards/public/test_prose.py",
        "tests/dashboards/test_escaping.py",
        "tests/dashboards/test_on_trial.py",
        "tests/dashboards/test_permissions.py",
        "tests/monitor/places/feeds/dhcp/test_real_dnsmasq.py",
        "tests/monitor/places/feeds/dhcp/test_real_dnsmasq6.py",
        "tests/monitor/places/feeds/dhcp/test_real_kea.py",
        "tests/monitor/places/feeds/dhcp/test_real_kea6.py",
        "tests/monitor/runtime/test_restore.py",
        "tests/monitor/store/test_store_of_the_first_version.py",
        "tests/simulation/test_use.py",
    }
)
"""Each stands in the folder of what it tests, and its docstring says what that is: real captures,
real servers, templates, or what several modules do together."""

SHARED_CLASS_NAMES = frozenset[str]()
LONG_MODULES = frozenset[str]()
CROWDED_FOLDERS: frozenset[str] = frozenset()
"""What breaks a rule still. These lists only become shorter: what is mended leaves them."""


def _find_modules(folder: str) -> list[Path]:
    """Find the modules below a folder, without Django's migrations."""
    modules = (path.relative_to(ROOT) for path in (ROOT / folder).rglob("*.py"))
    return sorted(module for module in modules if module.parent.name != "migrations")


SOURCE = [module for package in PACKAGES for module in _find_modules(package)]
TESTS = _find_modules("tests")
FOLDERS = sorted({module.parent for module in SOURCE})


@dataclass(frozen=True, slots=True)
class ModuleOutline:
    """What the rules look at in one module."""

    docstring: str | None
    lines: int
    classes: tuple[str, ...]
    imports: tuple[str, ...]
    """Dotted names of modules and of what is imported from them."""
    raises: tuple[str, ...]
    """Exceptions that docstrings name below `Raises:`."""
    loop_variables: tuple[tuple[int, str], ...]
    """Lines and names, of loops and of comprehensions."""


@cache
def _outline(module: Path) -> ModuleOutline:
    text = (ROOT / module).read_text("utf-8")
    tree = ast.parse(text)
    classes, imports = list[str](), list[str]()
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(name=name):
                classes.append(name)
            case ast.ImportFrom(module=str(source), names=names):
                imports += (f"{source}.{alias.name}" for alias in names)
            case ast.Import(names=names):
                imports += (alias.name for alias in names)
    lines = len(text.splitlines())
    raises = tuple(_find_documented_exceptions(tree))
    return ModuleOutline(
        ast.get_docstring(tree),
        lines,
        tuple(classes),
        tuple(imports),
        raises,
        tuple(_find_loop_variables(tree)),
    )


def _find_documented_exceptions(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            _, _, section = (ast.get_docstring(node) or "").partition("\nRaises:\n")
            yield from findall(r"^    ([\w.]+):", section.partition("\n\n")[0], MULTILINE)


def _find_loop_variables(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for loop in ast.walk(tree):
        if isinstance(loop, ast.For | ast.AsyncFor | ast.comprehension):
            for node in ast.walk(loop.target):
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                    yield node.lineno, node.id


def test_every_class_has_a_name_of_its_own() -> None:
    """A class that groups tests, `Test…`, is named by its module too."""
    modules = defaultdict[str, list[str]](list)
    for module in SOURCE + TESTS:
        for name in _outline(module).classes:
            groups_tests = module.parts[0] == "tests" and name.startswith("Test")
            if not groups_tests and name not in NAMED_BY_DJANGO:
                modules[name].append(str(module))
    shared = {name: where for name, where in modules.items() if len(where) > 1}
    assert shared.keys() == SHARED_CLASS_NAMES, shared


def test_a_loop_variable_is_the_noun_of_what_it_holds() -> None:
    nameless = [
        f"{module}:{line}: {name}"
        for module in SOURCE + TESTS
        for line, name in _outline(module).loop_variables
        if name in SAYS_NOTHING
    ]
    assert nameless == [], "name what it holds: " + ", ".join(nameless)


def test_every_exception_that_a_docstring_names_exists() -> None:
    """A dotted name is a library's, and is not looked up."""
    defined = {name for module in SOURCE for name in _outline(module).classes} | {*dir(builtins)}
    for module in SOURCE:
        outline = _outline(module)
        imported = {name.rpartition(".")[2] for name in outline.imports}
        named = {name for name in outline.raises if "." not in name}
        assert named <= defined | imported, f"{module}: {named - defined - imported}"


def test_no_module_is_too_long() -> None:
    too_long = {
        str(module): _outline(module).lines
        for modules, most in ((SOURCE, MAX_MODULE_LENGTH), (TESTS, MAX_TEST_LENGTH))
        for module in modules
        if _outline(module).lines > most
    }
    assert too_long.keys() == LONG_MODULES, too_long


def test_no_folder_has_too_many_modules() -> None:
    numbers = Counter(str(module.parent) for module in SOURCE if module.name not in FOUND_BY_NAME)
    crowded = {folder: number for folder, number in numbers.items() if number > MAX_MODULES}
    assert crowded.keys() == CROWDED_FOLDERS, crowded


def test_every_package_says_its_one_reason() -> None:
    without = [folder for folder in FOLDERS if not (ROOT / folder / "__init__.py").exists()]
    assert without == []
    reasons = {str(folder): _outline(folder / "__init__.py").docstring for folder in FOLDERS}
    assert [folder for folder, reason in reasons.items() if not reason] == []
    times = Counter(reasons.values())
    assert [folder for folder, reason in reasons.items() if times[reason] > 1] == []


def _find_private_imports(module: Path) -> Iterator[str]:
    """Find imported names and modules that are private to a package which this module is not in."""
    for name in _outline(module).imports:
        first, *_ = parts = name.split(".")
        for depth, part in enumerate(parts):
            is_private = part.startswith("_") and not part.startswith("__")
            if first in (*PACKAGES, "tests") and is_private:
                owner = ROOT.joinpath(*parts[:depth])
                package = owner if owner.is_dir() else owner.parent
                if package not in (ROOT / module).parents:
                    yield name


def test_what_is_private_to_a_package_is_imported_by_no_other() -> None:
    imports = {str(module): [*_find_private_imports(module)] for module in SOURCE + TESTS}
    assert {module: names for module, names in imports.items() if names} == {}


def _is_of_a_module(test: Path) -> bool:
    """Say whether a module is named as a test is, or as its folder: then it is of one subject."""
    folder = ROOT.joinpath(*test.parent.parts[1:])
    tested = folder / test.stem.removeprefix("test_")
    return tested.is_dir() or any(path.with_suffix(".py").exists() for path in (tested, folder))


def test_each_test_stands_where_what_it_tests_stands() -> None:
    tests = [
        test
        for test in TESTS
        if test.name.startswith("test_")
        and len(test.parts) > len(("tests", test.name))
        and test.parts[1] not in TESTS_OF_THE_WHOLE
    ]
    elsewhere = {str(test) for test in tests if not _is_of_a_module(test)}
    assert elsewhere == TESTS_OF_SEVERAL_MODULES


def test_a_test_of_several_modules_says_what_it_tests() -> None:
    docstrings = {test: _outline(Path(test)).docstring for test in TESTS_OF_SEVERAL_MODULES}
    assert [test for test, docstring in docstrings.items() if not docstring] == []
