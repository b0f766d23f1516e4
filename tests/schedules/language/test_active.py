"""One language is active: that of a command, or of a request."""

import gc
from collections.abc import Iterator
from threading import Thread

import pytest

from schedules.language import Language, active, override, set_provider, speaking


@pytest.fixture
def provided() -> Iterator[list[str | None]]:
    """Give what the process itself says its language is."""
    said: list[str | None] = ["nl"]
    set_provider(lambda: said[-1])
    yield said
    from django.utils.translation import get_language

    set_provider(get_language)


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    with override(None):
        yield


@pytest.mark.parametrize(
    ("tag", "language_of_it"),
    [
        ("nl", Language.DUTCH),
        ("nl-NL", Language.DUTCH),
        ("en", Language.ENGLISH),
        ("en_GB", Language.ENGLISH),
        ("fr", Language.DUTCH),
        ("", Language.DUTCH),
        (None, Language.DUTCH),
    ],
)
def test_a_tag_names_a_language(tag: str | None, language_of_it: Language) -> None:
    assert Language.of(tag) is language_of_it


def test_the_process_is_asked_each_time(provided: list[str | None]) -> None:
    assert active() is Language.DUTCH
    provided.append("en-gb")
    assert active() is Language.ENGLISH


def test_what_overrides_goes_first_and_ends(provided: list[str | None]) -> None:
    with override(Language.ENGLISH):
        assert active() is Language.ENGLISH
        with override(Language.DUTCH):
            assert active() is Language.DUTCH
        assert active() is Language.ENGLISH
    assert active() is Language.DUTCH


def test_a_command_speaks_one_language_in_all_its_threads(provided: list[str | None]) -> None:
    said = []
    with speaking(Language.ENGLISH):
        thread = Thread(target=lambda: said.append(active()))
        thread.start()
        thread.join()
        assert active() is Language.ENGLISH
    assert said == [Language.ENGLISH]
    assert active() is Language.DUTCH


@pytest.mark.usefixtures("provided")
def test_what_a_command_spoke_that_was_never_closed_is_not_taken_back_by_its_garbage() -> None:
    left = speaking(Language.DUTCH)
    left.__enter__()
    with speaking(Language.ENGLISH):
        del left
        gc.collect()
        assert active() is Language.ENGLISH
