"""Recognises the files of an export by the number in their name: `GPU001.TXT`."""

from pathlib import PurePath
from re import search

WEEK, VALIDITY, SUBSTITUTIONS = "001", "002", "014"
PARSED = (WEEK, VALIDITY, SUBSTITUTIONS)
"""The numbers of the files that are parsed."""
_NUMBER = r"(?i)gpu(\d{3})"


def file_number(name: str) -> str:
    """Return the three digits of a file's number; empty when it has none."""
    match = search(_NUMBER, PurePath(name).name)
    return match[1] if match else ""
