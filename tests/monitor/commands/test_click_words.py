"""Click's own words are looked up in our catalogue of them."""

import gettext
import os

import pytest

from monitor.commands.click_words import click_speaking
from schedules.language import Language


@pytest.mark.parametrize(
    ("language", "usage"), [(Language.DUTCH, "Gebruik:"), (Language.ENGLISH, "Usage:")]
)
def test_click_speaks_the_language(language: Language, usage: str) -> None:
    with click_speaking(language):
        assert gettext.gettext("Usage:") == usage


def test_one_language_may_be_spoken_within_another() -> None:
    with click_speaking(Language.DUTCH):
        with click_speaking(Language.ENGLISH):
            assert gettext.gettext("Options") == "Options"
        assert gettext.gettext("Options") == "Opties"


@pytest.mark.parametrize("languages", ["en_GB:en", None])
def test_afterwards_the_process_speaks_as_before(
    languages: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LANGUAGE", raising=False)
    if languages is not None:
        monkeypatch.setenv("LANGUAGE", languages)
    domain = gettext.textdomain()
    with pytest.raises(KeyError), click_speaking(Language.DUTCH):
        raise KeyError
    assert (os.environ.get("LANGUAGE"), gettext.textdomain()) == (languages, domain)
