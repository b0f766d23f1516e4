"""Gives click its own words, such as 'Usage:', in a language of ours.

Click looks them up by the standard library's gettext: in the domain of the process, and in the
languages that its environment names. The terminal's locale does not matter: `LANGUAGE` goes first.
"""

import gettext
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from schedules.language import Language

DOMAIN = "click"
_FOLDER = Path(__file__).parents[1] / "locale"
_LANGUAGES = "LANGUAGE"


@contextmanager
def click_speaking(language: Language) -> Iterator[None]:
    """Have click speak a language for as long as a context lasts."""
    domain, languages = gettext.textdomain(), os.environ.get(_LANGUAGES)
    gettext.bindtextdomain(DOMAIN, str(_FOLDER))
    gettext.textdomain(DOMAIN)
    os.environ[_LANGUAGES] = language.value
    try:
        yield
    finally:
        gettext.textdomain(domain)
        if languages is None:
            os.environ.pop(_LANGUAGES, None)
        else:
            os.environ[_LANGUAGES] = languages
