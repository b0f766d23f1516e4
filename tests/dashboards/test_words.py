"""Every word of the pages has its Dutch, and Django reads the Dutch that stands in the files."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from tests import words


def ids(catalogue: Catalog) -> set[tuple[str, str | None]]:
    return {(str(each.id), each.context) for each in catalogue if each.id}


CATALOGUES = [
    pytest.param(part, folder, id=part or "whole")
    for part, folder in words.catalogues().items()
    if ids(words.gathered(part))
]


@pytest.mark.parametrize(("part", "folder"), CATALOGUES)
def test_what_a_part_says_is_what_is_translated(part: str, folder: Path) -> None:
    assert ids(words.gathered(part)) == ids(words.translated(folder))


@pytest.mark.parametrize(("part", "folder"), CATALOGUES)
def test_all_of_it_has_its_dutch(part: str, folder: Path) -> None:
    assert words.untranslated(words.translated(folder)) == []


@pytest.mark.parametrize(("part", "folder"), CATALOGUES)
def test_what_is_compiled_is_what_is_written(part: str, folder: Path) -> None:
    written, compiled = words.translated(folder), words.compiled(folder)
    for message in written:
        if message.id:
            found = compiled.get(message.id, message.context)
            assert found is not None
            assert list(found.string or ()) == list(message.string or ())
