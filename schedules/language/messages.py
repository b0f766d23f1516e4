"""Looks messages up in the catalogues of all packages.

A catalogue is read when the first message is looked up, so that importing this costs nothing. The
same English has the same Dutch in every package (a test holds it), unless it has a context.
"""

import gettext as catalogues
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from schedules.language.active import Language, active

_ROOT = Path(__file__).parents[2]
DOMAINS = {
    "schedules": "schedules",
    "monitor": "monitor",
    "addons": "addons",
    "simulation": "simulation",
    "dashboards": "django",
}
"""The name of each package's catalogue; Django looks for its own by this one."""


@dataclass(frozen=True, slots=True)
class Message:
    """A text that is looked up each time it is read, in the language that is active then."""

    text: str
    context: str = ""
    plural: str = ""
    """Of another number than one; empty where no number decides."""

    def __str__(self) -> str:
        return pgettext(self.context, self.text) if self.context else gettext(self.text)

    def format(self, **values: Any) -> str:
        """Give the text, filled in; `count` decides between one and more."""
        if self.plural:
            return ngettext(self.text, self.plural, **values)
        return str(self).format(**values)


def gettext(message: str, **values: object) -> str:
    """Give a message in the active language.

    Args:
        message: in English.
        values: what is filled in where the message names it in braces; without values, braces
            stand for themselves.
    """
    return _filled(_catalogue(active()).gettext(message), values)


def pgettext(context: str, message: str, **values: object) -> str:
    """Give a message whose English alone does not say what it means."""
    return _filled(_catalogue(active()).pgettext(context, message), values)


def ngettext(singular: str, plural: str, count: int, **values: object) -> str:
    """Give a message about a number of things; `{count}` in it is the number, written."""
    text = _catalogue(active()).ngettext(singular, plural, count)
    return _filled(text, {"count": _written(count), **values})


def npgettext(context: str, singular: str, plural: str, count: int, **values: object) -> str:
    """Give a message about a number of things whose English alone does not say what it means."""
    text = _catalogue(active()).npgettext(context, singular, plural, count)
    return _filled(text, {"count": _written(count), **values})


def gettext_lazy(message: str) -> Message:
    """Give a message that is looked up when it is read."""
    return Message(message)


def pgettext_lazy(context: str, message: str) -> Message:
    """Give a message with a context that is looked up when it is read."""
    return Message(message, context)


def ngettext_lazy(singular: str, plural: str) -> Message:
    """Give a message about a number of things that is looked up when it is filled in."""
    return Message(singular, plural=plural)


def _filled(text: str, values: dict[str, Any]) -> str:
    return text.format(**values) if values else text


def _written(count: int) -> str:
    from schedules.language.writing import number

    return number(count)


@cache
def _catalogue(language: Language) -> catalogues.NullTranslations:
    if language is Language.ENGLISH:
        return catalogues.NullTranslations()
    chain = catalogues.NullTranslations()
    for package, domain in DOMAINS.items():
        found = catalogues.translation(
            domain, _ROOT / package / "locale", [language], fallback=True
        )
        found.add_fallback(chain)
        chain = found
    return chain
