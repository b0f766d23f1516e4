"""What fuzzing found is run again: nothing raises, every promise holds, and no work is too much."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from tests.fuzz import corpus, work
from tests.fuzz.near import near
from tests.fuzz.targets import TARGETS

MAX_FILES = 100
MAX_BYTES = 100_000
"""Of one target's corpus: it is read by people who look at changes."""


@pytest.mark.parametrize("name", TARGETS)
def test_every_input(name: str) -> None:
    run = TARGETS[name]
    inputs = corpus.read(corpus.CORPUS / name)
    assert inputs, f"python -m tests.fuzz {name} --minimise"
    run(b"")
    for folder in (corpus.CORPUS, corpus.CRASHES):
        for data in corpus.read(folder / name):
            _is_bounded(run, data)


@pytest.mark.parametrize("name", TARGETS)
def test_what_is_near_every_input(name: str) -> None:
    run = TARGETS[name]
    for data in corpus.read(corpus.CORPUS / name):
        for other in near(data):
            with _told(other):
                run(other)


def _is_bounded(run: Callable[[bytes], None], data: bytes) -> None:
    with _told(data):
        assert work.steps(run, data) <= work.most_steps(data)


@contextmanager
def _told(data: bytes) -> Iterator[None]:
    """Say what was given when something fails."""
    try:
        yield
    except BaseException as error:
        error.add_note(f"given {data.hex()}")
        raise


@pytest.mark.parametrize("name", TARGETS)
def test_the_corpus_stays_small(name: str) -> None:
    inputs = corpus.read(corpus.CORPUS / name)
    assert len(inputs) <= MAX_FILES
    assert sum(map(len, inputs)) <= MAX_BYTES


def test_every_folder_is_a_target() -> None:
    for folder in (corpus.CORPUS, corpus.CRASHES):
        assert {path.name for path in folder.glob("*")} <= {*TARGETS}
