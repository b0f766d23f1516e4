"""Which feeds there are, and that everything that names them names all of them."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

from monitor.configuration import Configuration, load_configuration
from monitor.identity import NamingKey
from monitor.places import feeds
from monitor.places.feeds.feed_spec import FeedSpec
from monitor.places.feeds.registry import feed_specs
from monitor.places.feeds.unmapped import UnmappedAttachments
from monitor.runtime.feed_factories import make_feeds

ROOT = Path(__file__).parents[4]
ALL = pytest.mark.parametrize("spec", feed_specs(), ids=lambda spec: spec.name)
HEAVY = {"django", "httpx", "pandas", "pydantic", "pyrad"}
SETTINGS = """
[school]
name = "College"
[[sender]]
prefix = "127.0.0.1/32"
secret = "radius.secret"
"""


def test_every_class_that_is_a_feed_is_declared() -> None:
    modules = [
        import_module(module.name)
        for module in walk_packages(feeds.__path__, f"{feeds.__name__}.")
        if not module.ispkg
    ]
    names = {
        str(vars(member)["name"]): module.__name__
        for module in modules
        for member in vars(module).values()
        if isinstance(member, type)
        and member.__module__ == module.__name__
        and isinstance(vars(member).get("name"), str)
    }
    missing = names.keys() - {spec.name for spec in feed_specs()}
    assert not missing, f"declare FEED in {[names[name] for name in missing]}"


def test_names_and_settings_are_told_apart() -> None:
    assert len({spec.name for spec in feed_specs()}) == len(feed_specs())
    assert len({(spec.section, spec.key) for spec in feed_specs()}) == len(feed_specs())


@ALL
def test_a_feed_has_its_setting(spec: FeedSpec) -> None:
    section = Configuration.model_fields.get(spec.section)
    assert section is not None, (
        f"add a section {spec.section!r} to monitor/configuration/configuration.py"
    )
    fields = getattr(section.annotation, "model_fields", {})
    assert spec.key in fields, (
        f"add {spec.key!r} to [{spec.section}] in monitor/configuration/feeds.py"
    )
    assert fields[spec.key].default is None, "a feed is off unless its setting is given"


@ALL
@pytest.mark.parametrize(
    ("file", "form"),
    [("docs/plaatsen.md", "`{}`"), ("deploy/lesrust.toml", "# {} = ")],
)
def test_the_setting_is_documented(spec: FeedSpec, file: str, form: str) -> None:
    line = form.format(spec.key)
    assert line in (ROOT / file).read_text("utf-8"), f"name {line!r} in {file}"


def imported_by(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@ALL
def test_a_feed_is_fuzzed(spec: FeedSpec) -> None:
    fuzzed = {name for path in (ROOT / "tests" / "fuzz").glob("*.py") for name in imported_by(path)}
    assert spec.open.__module__ in fuzzed, (
        f"call the parser of {spec.open.__module__} from a target in tests/fuzz/targets.py"
    )


@ALL
def test_a_feed_that_is_configured_is_opened(spec: FeedSpec, tmp_path: Path) -> None:
    value = "127.0.0.1:0" if spec.key == "listen" else "here"
    (tmp_path / "lesrust.toml").write_text(
        f'{SETTINGS}\n[{spec.section}]\n{spec.key} = "{value}"\n'
    )
    (tmp_path / "radius.secret").touch(0o600)
    (tmp_path / "radius.secret").write_text("testing123")
    with ExitStack() as opened:
        settings = load_configuration(tmp_path / "lesrust.toml")
        assert [
            feed.name for feed in make_feeds(settings, opened, UnmappedAttachments(), NamingKey())
        ] == [spec.name]


def test_the_registry_loads_no_large_library() -> None:
    script = (
        "import sys; from monitor.places.feeds.registry import feed_specs; feed_specs();"
        f"print(*sorted({HEAVY!r} & set(sys.modules)))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert loaded.stdout.split() == []
