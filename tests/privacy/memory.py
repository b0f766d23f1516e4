"""What stands in the memory of a running process: what a core dump of it would show."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path

BLOCK = 1 << 20
"""Bytes that are read at once."""


def find_in_memory(process: int, texts: Collection[bytes]) -> dict[bytes, int]:
    """Count how often each text stands in what a process has written to its memory; as root.

    Args:
        process: its number.
        texts: what is looked for, none longer than a block.
    """
    found = dict.fromkeys(texts, 0)
    search = re.compile(b"|".join(map(re.escape, sorted(texts, key=len, reverse=True))))
    for block in _read_memory(process, overlap=max(map(len, texts)) - 1):
        for match in search.finditer(block):
            found[match.group()] += 1
    return found


def _read_memory(process: int, overlap: int) -> Iterator[bytes]:
    """Yield all that can be written to, in blocks that share an overlap."""
    folder = Path("/proc") / str(process)
    with (folder / "mem").open("rb", buffering=0) as memory:
        for line in (folder / "maps").read_text().splitlines():
            span, rights, *_ = line.split()
            if not rights.startswith("rw"):
                continue
            start, end = (int(bound, 16) for bound in span.split("-"))
            before = b""
            for position in range(start, end, BLOCK):
                try:
                    memory.seek(position)
                    block = memory.read(min(BLOCK, end - position))
                except OSError:  # a page that nothing stands behind
                    before = b""
                    continue
                yield before + block
                before = block[-overlap:] if overlap else b""
