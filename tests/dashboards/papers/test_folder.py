"""Papers in a folder: what somebody wrote in one is never lost."""

from collections.abc import Callable
from pathlib import Path

import pytest

from dashboards.papers.folder import find_edited, is_edited, put_papers, sign_paper

PAPERS = {"a.md": "# Eén\n\nTekst.\n", "b.md": "# Twee\n"}


def test_what_was_written_is_not_edited(tmp_path: Path) -> None:
    put_papers(tmp_path / "new", PAPERS)
    assert find_edited(tmp_path / "new", PAPERS) == ()


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("Tekst", "Onze tekst"),
        lambda text: text + "Nog iets.\n",
        lambda text: text.partition("\n<!--")[0],
        lambda text: "",
        lambda text: text.replace("\n<!--", "\n\n<!--"),
    ],
    ids=["word", "below", "unsigned", "empty", "blank line"],
)
def test_a_paper_that_somebody_changed_is_seen(
    change: Callable[[str], str], tmp_path: Path
) -> None:
    put_papers(tmp_path, PAPERS)
    paper = tmp_path / "a.md"
    paper.write_text(change(paper.read_text("utf-8")), "utf-8")
    assert find_edited(tmp_path, PAPERS) == (paper,)


def test_another_editor_s_line_ends_are_no_edit(tmp_path: Path) -> None:
    put_papers(tmp_path, PAPERS)
    paper = tmp_path / "a.md"
    paper.write_bytes(paper.read_bytes().replace(b"\n", b"\r\n"))
    assert find_edited(tmp_path, PAPERS) == ()


def test_a_file_in_another_encoding_is_edited(tmp_path: Path) -> None:
    put_papers(tmp_path, PAPERS)
    paper = tmp_path / "a.md"
    paper.write_bytes(paper.read_text("utf-8").encode("latin-1"))
    assert find_edited(tmp_path, PAPERS) == (paper,)


def test_other_files_of_the_folder_are_nobody_s_business(tmp_path: Path) -> None:
    (tmp_path / "advies.md").write_text("van de FG")
    put_papers(tmp_path, PAPERS)
    assert find_edited(tmp_path, PAPERS) == ()
    assert (tmp_path / "advies.md").read_text() == "van de FG"


def test_the_mark_says_nothing_but_whether_it_was_edited() -> None:
    assert sign_paper("# Eén\n").startswith("# Eén\n\n<!-- lesrust avg ")
    assert is_edited("# Eén\n")
