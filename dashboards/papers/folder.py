"""Puts the papers into a folder, and never over one that somebody has worked on.

Each file ends with a comment that holds a digest of what stands above it. Where the two no longer
agree, somebody wrote in it.
"""

import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

DIGITS = 16
_MARK = re.compile(rf"\n<!-- lesrust avg ([0-9a-f]{{{DIGITS}}}) -->\n\Z")


def sign_paper(text: str) -> str:
    """Return a paper with the mark by which it is seen later whether it was edited."""
    return f"{text}\n<!-- lesrust avg {_digest(text)} -->\n"


def is_edited(text: str) -> bool:
    """Say whether a file is no longer what was written; one without a mark is somebody's own."""
    mark = _MARK.search(text)
    return mark is None or mark[1] != _digest(text[: mark.start()])


def find_edited(folder: Path, names: Mapping[str, str]) -> tuple[Path, ...]:
    """Return the files in a folder that would be lost if papers were written over them.

    Raises:
        OSError: when a file cannot be read.
    """
    paths = (folder / name for name in names)
    return tuple(path for path in paths if path.exists() and is_edited(_read(path)))


def put_papers(folder: Path, papers: Mapping[str, str]) -> None:
    """Write papers into a folder, which is made if it is absent.

    Raises:
        OSError: when it cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in papers.items():
        (folder / name).write_text(sign_paper(text), "utf-8", newline="\n")


def _read(path: Path) -> str:
    # A file that another program saved in another encoding was edited.
    return path.read_text("utf-8", errors="replace")


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:DIGITS]
