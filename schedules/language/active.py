"""The language that is active: one for a command, one for each request."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum


class Language(StrEnum):
    """A language that Lesrust speaks."""

    DUTCH = "nl"
    ENGLISH = "en"

    @classmethod
    def of(cls, tag: str | None) -> "Language":
        """Give the language of a tag such as `nl-NL`; Dutch when it is none of ours."""
        name = (tag or "").lower().replace("_", "-").partition("-")[0]
        return next((language for language in cls if language == name), cls.DUTCH)


def _english() -> str:
    return Language.ENGLISH


_overridden: ContextVar[Language | None] = ContextVar("language", default=None)
_provider: Callable[[], str | None] = _english


def active() -> Language:
    """Give the language in which is spoken now."""
    return _overridden.get() or Language.of(_provider())


@contextmanager
def override(language: Language | None) -> Iterator[None]:
    """Speak a language for as long as a context lasts; None: the one that the provider gives."""
    token = _overridden.set(language)
    try:
        yield
    finally:
        _overridden.reset(token)


class speaking:  # noqa: N801 (it is used as `override` is)
    """Speak a language in all threads of this process, for as long as a context lasts.

    A class, and no generator: one of a command that was never closed would otherwise end when its
    garbage is collected, in the middle of another command.
    """

    def __init__(self, language: Language) -> None:
        self._language = language

    def __enter__(self) -> None:
        """Speak it."""
        global _provider  # noqa: PLW0603 (a process has one)
        self._before = _provider
        _provider = self._give
        self._token = _overridden.set(self._language)

    def __exit__(self, *_: object) -> None:
        """Speak what was spoken before."""
        global _provider  # noqa: PLW0603 (a process has one)
        _overridden.reset(self._token)
        _provider = self._before

    def _give(self) -> str:
        return self._language


def set_provider(provider: Callable[[], str | None]) -> None:
    """Have the language asked of the process itself: the web application has one a request.

    Args:
        provider: gives the tag of the active language, such as `nl`. Without a provider, and
            outside `override`, English is spoken, as it stands in the code.
    """
    global _provider  # noqa: PLW0603 (a process has one)
    _provider = provider
