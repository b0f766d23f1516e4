"""Tells Windows-1252 from code page 850, which older exports and Excel's 'MS-DOS' files are in.

Every byte is a character in both: `é` of the one is `Ú` of the other. So the text is read
as both, and the one whose characters are less odd where they stand is taken. Windows-1252 is when
neither is less odd than the other.
"""

from itertools import islice
from re import finditer

WINDOWS, DOS = "cp1252", "cp850"
NAMES = {WINDOWS: "Windows-1252", DOS: "cp850"}
_MAX_SAMPLED = 5_000
"""Characters: enough to tell."""
_COMMON = frozenset("áàâäåæçéèêëíìîïñóòôöøúùûüÄÖÜÉËÏÇÅØÑÈÀÁ")
_IN_TEXTS = frozenset("’‘–—€°§")
_UNLIKELY, _ODD, _RARE = 3, 2, 1


def recognise_code_page(content: bytes) -> str | None:
    """Return the encoding of bytes that are no UTF-8; None when it is neither."""
    windows, dos = content.decode(WINDOWS, "replace"), content.decode(DOS)
    if _oddness(dos) < _oddness(windows) and all(char.isalpha() for char in _sample(dos)):
        return DOS
    return None if "\ufffd" in windows else WINDOWS


def _sample(text: str) -> list[str]:
    return [match[0] for match in islice(finditer(r"[^\x00-\x7f]", text), _MAX_SAMPLED)]


def _oddness(text: str) -> int:
    matches = islice(finditer(r"[^\x00-\x7f]", text), _MAX_SAMPLED)
    has_quotes = "“" in text
    return sum(_oddness_at(text, match.start(), has_quotes=has_quotes) for match in matches)


def _oddness_at(text: str, place: int, *, has_quotes: bool) -> int:
    char, before, after = text[place], text[place - 1 : place], text[place + 1 : place + 2]
    if char.isalpha():
        return _oddness_of_letter(char, before, after)
    if has_quotes and char in "“”":
        return 0 if (before.isalnum(), after.isalnum()) == (char == "”", char == "“") else _ODD
    if char == "…" and not after.isalnum():
        return 0
    return _RARE if char in _IN_TEXTS else _UNLIKELY


def _oddness_of_letter(char: str, before: str, after: str) -> int:
    is_start = char.isupper() and not before.isalpha() and after.islower()
    oddness = 0 if char in _COMMON or is_start else _RARE
    if char.isupper() and before.islower():
        oddness += _ODD
    if not before.isalpha() and not after.isalpha():
        oddness += _ODD
    return oddness
