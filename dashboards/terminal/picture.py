"""What a terminal shows, as a picture that fetches nothing from anywhere."""

import re
from collections.abc import Iterable
from io import StringIO

from rich.console import Console, RenderableType

WIDTH = 80
"""Characters."""
_FETCHED_PARTS = re.compile(r"@font-face\s*\{[^}]*\}|<!--.*?-->", re.DOTALL)
"""Fonts on another host, and a link to the maker; the reader's own font does as well."""


def render_svg(renderables: Iterable[RenderableType], title: str) -> str:
    """Draw what is shown as SVG."""
    console = Console(
        record=True,
        width=WIDTH,
        file=StringIO(),
        force_terminal=True,
        color_system="truecolor",
        highlight=False,
        legacy_windows=False,
    )
    for renderable in renderables:
        console.print(renderable)
    svg = _FETCHED_PARTS.sub("", console.export_svg(title=title))
    # Some programs that draw SVG would leave out spaces at the start of a text.
    return svg.replace("<svg ", '<svg xml:space="preserve" ', 1)
