"""What Lesrust says, and its Dutch: `make words` gathers it and compiles what is translated.

Each package has one catalogue beside its code. English is what stands in the code itself. A text
may have the same Dutch as English only when it stands in `SAME_IN_BOTH`.

What a command says of itself is gathered too, from where it is declared. Click's own words have a
catalogue of ours: a newer click that says something else has no Dutch for it, and a test tells.
"""

import ast
import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from inspect import cleandoc
from pathlib import Path

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

from monitor.commands import click_words
from monitor.commands.localised import paragraphs
from schedules.language.messages import DOMAINS

CLICK = click_words.DOMAIN
CATALOGUES = (*DOMAINS, CLICK)
"""Packages of ours, and click."""
ROOT = Path(__file__).parent.parent
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
DECLARATIONS = {
    "Option",
    "argument",
    "command",
    "confirmation_option",
    "group",
    "option",
    "version_option",
}
"""What is called to declare a command or a part of it."""
SAID_BY_DECLARATIONS = {"epilog", "help", "metavar", "prompt", "show_default"}
UNMARKED = ("required",)
"""What click looks up by a variable."""
UNDATED = datetime(2026, 1, 1, tzinfo=UTC)
"""The same words give the same files."""
SAME_IN_BOTH = frozenset(
    {
        "DNS",
        "HTTP",
        "QUIC",
        "TLS",
        "Code",
        "Server",
        "iCalendar (.ics)",
        "lesrust watch: {error}",
        "{count} bytes",
        "{path}, byte {start}",
        "id",
        "in {table}",
        "status",
        "directie",
        "VPN",
        "platforms",
        "Platform",
        "Week",
        "week",
        "min",
        "platform",
        "CODE",
        "ID",
        "[PLATFORM]",
    }
)
_PLACES = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*(?:\.\w+)?[^{}]*\}")
"""What is filled in."""


def gathered(name: str) -> Catalog:
    """Give what a package says, without its translations."""
    catalogue = Catalog(
        locale="nl",
        fuzzy=False,
        charset="utf-8",
        header_comment=f"# The Dutch of {name}.",
        project="Lesrust",
        creation_date=UNDATED,
        revision_date=UNDATED,
        last_translator="",
        language_team="",
        msgid_bugs_address="",
    )
    for path in _sources(name):
        for text, context in _said(path):
            catalogue.add(text, None, context=context)
    if name == CLICK:
        for text in UNMARKED:
            catalogue.add(text)
    return catalogue


def _sources(name: str) -> Iterator[Path]:
    if name == CLICK:
        yield from sorted(Path(click.__file__).parent.glob("*.py"))
        return
    folder = ROOT / name
    templates = folder / "templates"
    yield from sorted(
        [*folder.rglob("*.py"), *templates.rglob("*.html"), *templates.rglob("*.txt")]
    )


def _said(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    text = path.read_text("utf-8")
    if path.suffix != ".py":
        from django.utils.translation.template import templatize

        text = templatize(text)
    for _line, said, _comments, context in extract(
        "python", io.BytesIO(text.encode()), keywords=KEYWORDS
    ):
        yield said, context
    if "commands" in path.parts:
        yield from ((said, None) for said in declared(text))


def declared(source: str) -> Iterator[str]:
    """Yield what the commands of a module say of themselves, as it is looked up."""
    tree = ast.parse(source)
    constants = {
        node.targets[0].id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and any(map(_is_command, node.decorator_list)):
            yield from paragraphs(ast.get_docstring(node, clean=False) or "")
        elif isinstance(node, ast.Call) and _called(node) in DECLARATIONS:
            for keyword in node.keywords:
                value = keyword.value
                if isinstance(value, ast.Name):
                    value = constants.get(value.id, value)
                if keyword.arg in SAID_BY_DECLARATIONS and _is_text(value):
                    text = str(ast.literal_eval(value))
                    yield from paragraphs(text) if keyword.arg == "epilog" else (cleandoc(text),)


def _is_command(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and _called(decorator) in {"command", "group"}


def _called(call: ast.Call) -> str:
    return getattr(call.func, "attr", "")


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def translated(package: str) -> Catalog:
    """Read a package's translations; a package that has none yet has an empty catalogue."""
    path = _catalogue(package, "po")
    if not path.exists():
        return Catalog(locale="nl")
    with path.open("rb") as file:
        return read_po(file, locale="nl")


def compiled(package: str) -> Catalog:
    """Read what is looked up when Lesrust runs."""
    with _catalogue(package, "mo").open("rb") as file:
        return read_mo(file)


def wrong(catalogue: Catalog) -> Iterator[str]:
    """Say which messages have no Dutch, only a guess at it, English, or fill in something else."""
    for message in catalogue:
        if not message.id:
            continue
        for number, (english, dutch) in enumerate(_forms(message)):
            is_one = isinstance(message.id, tuple) and number == 0
            if not dutch or message.fuzzy:
                yield f"no Dutch for {english!r}"
            elif dutch == english and english not in SAME_IN_BOTH and _says_something(english):
                yield f"the Dutch is the English: {english!r}"
            elif not _fills_in_the_same(english, dutch, is_one=is_one):
                yield f"another thing is filled in: {english!r}, {dutch!r}"


def _forms(message: Message) -> list[tuple[str, str]]:
    """Pair each English form with its Dutch."""
    if isinstance(message.id, tuple):
        return list(zip(message.id, message.string or ("", ""), strict=True))
    return [(str(message.id), str(message.string or ""))]


def _says_something(text: str) -> bool:
    """Whether there is a word in it, besides what is filled in."""
    return bool(re.search(r"[A-Za-z]{2}", _PLACES.sub("", text)))


def _fills_in_the_same(english: str, dutch: str, *, is_one: bool) -> bool:
    """Compare what is filled in; of two forms one may leave out how many there are."""
    places, found = set(_PLACES.findall(english)), set(_PLACES.findall(dutch))
    if is_one:
        places, found = places - {"{count}"}, found - {"{count}"}
    return places == found


def _catalogue(package: str, ending: str) -> Path:
    folder, domain = ("monitor", CLICK) if package == CLICK else (package, DOMAINS[package])
    return ROOT / folder / "locale/nl/LC_MESSAGES" / f"{domain}.{ending}"


def renew() -> None:
    """Gather all words, keep their Dutch, compile it, and say what is wrong with it."""
    for package in CATALOGUES:
        said = gathered(package)
        if not len(said):
            continue
        before = translated(package)
        for message in said:
            known = before.get(message.id, message.context)
            if message.id and known is not None and type(known.id) is type(message.id):
                message.string = known.string
        _catalogue(package, "po").parent.mkdir(parents=True, exist_ok=True)
        with _catalogue(package, "po").open("wb") as file:
            write_po(file, said, width=100, sort_output=True, no_location=True)
        with _catalogue(package, "mo").open("wb") as file:
            write_mo(file, said)
        for what in wrong(said):
            print(f"{package}: {what}")  # noqa: T201


if __name__ == "__main__":
    from django.conf import settings

    settings.configure()
    renew()
