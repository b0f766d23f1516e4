"""Writes what a school typed into its configuration so that Markdown shows it as it was typed."""

import re

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")


def escape_markdown(text: str) -> str:
    """Return a text on one line, in which no character means anything to Markdown."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
