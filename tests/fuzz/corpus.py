"""The inputs that are kept: for each target those that together go every way that was found."""

from collections import Counter
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path

from tests.fuzz import work

HERE = Path(__file__).parent
CORPUS = HERE / "corpus"
CRASHES = HERE / "crashes"
"""What made a parser fail. It stays, so that it is run again for ever."""
COST = 64
"""Bytes: what it costs to keep one input more."""

type _Gone = tuple[bytes, set[work.Way]]
"""An input, and the ways that it goes."""


def read(folder: Path) -> list[bytes]:
    """Give the inputs of a folder, in the order of their names."""
    return [path.read_bytes() for path in sorted(folder.glob("*")) if path.is_file()]


def write(folder: Path, inputs: Iterable[bytes]) -> None:
    """Make a folder hold these inputs and no others, each named by what is in it."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {sha256(data).hexdigest()[:12]: data for data in inputs}
    for path in folder.glob("*"):
        if path.name not in wanted:
            path.unlink()
    for name, data in wanted.items():
        if not (folder / name).exists():
            (folder / name).write_bytes(data)


def fewest(
    run: Callable[[bytes], None], kept: Iterable[bytes], found: Iterable[bytes]
) -> list[bytes]:
    """Choose few and short inputs that go every way that any of them goes.

    What was kept goes first, so that what finds nothing changes nothing. Inputs that fail are no
    part of it.
    """
    chosen: list[_Gone] = []
    for inputs in (kept, found):
        chosen += _chosen(_gone(run, inputs), {way for _, ways in chosen for way in ways})
    return [data for data, _ in _needed(chosen)]


def _chosen(candidates: list[_Gone], gone: set[work.Way]) -> list[_Gone]:
    """Take the one that adds most for its size, again and again."""

    def gain(one: _Gone) -> float:
        return len(one[1] - gone) / (len(one[0]) + COST)

    chosen: list[_Gone] = []
    while candidates and gain(best := max(candidates, key=gain)):
        chosen.append(best)
        gone |= best[1]
    return chosen


def _needed(chosen: list[_Gone]) -> list[_Gone]:
    """Leave out what others made superfluous, the longest first."""
    times = Counter(way for _, ways in chosen for way in ways)
    needed: list[_Gone] = []
    for data, ways in sorted(chosen, key=lambda one: len(one[0]), reverse=True):
        if any(times[way] == 1 for way in ways):
            needed.append((data, ways))
        else:
            times.subtract(ways)
    return needed


def _gone(run: Callable[[bytes], None], inputs: Iterable[bytes]) -> list[_Gone]:
    found: list[_Gone] = []
    for data in sorted({*inputs}):
        try:
            found.append((data, work.ways(run, data)))
        except Exception:  # noqa: BLE001 (what fails is a crash, and kept as one)
            continue
    return found
