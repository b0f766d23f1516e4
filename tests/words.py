"""What the pages say, and its Dutch: `make words` gathers it and compiles what is translated.

Each part of the web application has a catalogue of its own beside its code; what no part has is in
`dashboards/locale`. English is what stands in the code itself.
"""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
FACES = ROOT / "dashboards"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
UNDATED = datetime(2026, 1, 1, tzinfo=UTC)
"""The same words give the same files."""
DUTCH = Path("nl", "LC_MESSAGES")


def catalogues() -> dict[str, Path]:
    """Name each part that has words, and where its catalogue stands; the whole's is the last."""
    parts = sorted(
        folder.name
        for folder in FACES.iterdir()
        if (folder / "__init__.py").exists() and folder.name not in {"migrations", "templatetags"}
    )
    found = {part: FACES / part / "locale" / DUTCH for part in parts}
    return {**found, "": FACES / "locale" / DUTCH}


def gathered(part: str) -> Catalog:
    """Give what a part says, without its translations."""
    catalogue = Catalog(
        locale="nl",
        fuzzy=False,
        charset="utf-8",
        header_comment=f"# The Dutch of {part or 'what every page has'}.",
        project="Lesrust",
        creation_date=UNDATED,
        revision_date=UNDATED,
        last_translator="",
        language_team="",
        msgid_bugs_address="",
    )
    for path in _sources(part):
        for line, text, _comments, context in _said(path):
            place = [(path.relative_to(ROOT).as_posix(), line)]
            catalogue.add(text, None, locations=place, context=context)
    return catalogue


def _sources(part: str) -> Iterator[Path]:
    parts = [name for name in catalogues() if name]
    for path in sorted([*FACES.rglob("*.py"), *FACES.rglob("*.html"), *FACES.rglob("*.txt")]):
        inside = path.relative_to(FACES).parts
        folder = inside[1] if inside[0] == "templates" else inside[0]
        if (folder if folder in parts else "") == part:
            yield path


def _said(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    text = path.read_text("utf-8")
    if path.suffix != ".py":
        from django.utils.translation.template import templatize

        text = templatize(text)
    yield from extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS)


def translated(folder: Path) -> Catalog:
    """Read a part's translations; a part that has none yet has an empty catalogue."""
    path = folder / "django.po"
    if not path.exists():
        return Catalog(locale="nl")
    with path.open("rb") as file:
        return read_po(file, locale="nl")


def compiled(folder: Path) -> Catalog:
    """Read what Django reads."""
    with (folder / "django.mo").open("rb") as file:
        return read_mo(file)


def untranslated(catalogue: Catalog) -> list[str]:
    """List what has no Dutch, or only a guess at it."""
    return [str(each.id) for each in catalogue if each.id and (not _is_whole(each) or each.fuzzy)]


def _is_whole(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, tuple) else bool(message.string)


def renew() -> None:
    """Gather every part's words, keep their Dutch, compile it, and say what has none."""
    for part, folder in catalogues().items():
        said = gathered(part)
        if not len(said):
            continue
        before = translated(folder)
        for message in said:
            known = before.get(message.id, message.context)
            if message.id and known is not None:
                message.string = known.string
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "django.po").open("wb") as file:
            write_po(file, said, width=100, sort_output=True, no_location=True)
        with (folder / "django.mo").open("wb") as file:
            write_mo(file, said)
        for text in untranslated(said):
            print(f"{part or 'the whole'}: no Dutch for {text!r}")  # noqa: T201


if __name__ == "__main__":
    from django.conf import settings

    settings.configure()
    renew()
