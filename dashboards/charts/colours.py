"""The colours of charts, by day and by night.

A specification is written in the colours of the day. At night each is replaced by its counterpart:
the page's script does so where the reader's device is dark. Text on a step has a contrast of at
least 4.5, and a line, a bar or a step's edge one of at least 3 with the paper.
"""

from collections.abc import Mapping
from dataclasses import dataclass

LINEAR = 0.04045
"""Below it sRGB is linear."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme."""

    paper: str
    ink: str
    soft: str
    hair: str
    accent: str
    band: str
    """Behind a line: where the true number may be."""
    none: str
    """A cell without a number in it."""
    steps: tuple[str, str, str, str, str]
    """From few to many."""
    on_steps: tuple[str, str, str, str, str]
    """Text on each."""
    platforms: tuple[str, ...]


_DEEP, _PALE = "#0a2b2e", "#fefefe"
_BRIGHT, _DARK = "#f4fbfb", "#06201f"

DAY = Palette(
    paper="#ffffff",
    ink="#15282a",
    soft="#46595b",
    hair="#d5dfdf",
    accent="#0b5d63",
    band="#bcdcdd",
    none="#f1f5f5",
    steps=("#dff0ef", "#b1dad9", "#7cbcbd", "#1d7a80", "#0a4a50"),
    on_steps=(_DEEP, _DEEP, _DEEP, _PALE, _PALE),
    platforms=(
        "#0b6e75",
        "#c05a00",
        "#5b51b8",
        "#2c8a3e",
        "#b5306f",
        "#8a6d00",
        "#2b74c4",
        "#8b4a2b",
        "#6b7476",
    ),
)
NIGHT = Palette(
    paper="#10191a",
    ink="#e9f0f0",
    soft="#b4c4c5",
    hair="#33474a",
    accent="#7fd0d3",
    band="#265054",
    none="#1a2627",
    steps=("#173638", "#1d5053", "#23696d", "#62bcc0", "#b5ecec"),
    on_steps=(_BRIGHT, _BRIGHT, _BRIGHT, _DARK, _DARK),
    platforms=(
        "#45b8be",
        "#f09a4c",
        "#a49cf0",
        "#6cc57c",
        "#ee86b4",
        "#d3b44a",
        "#79b2f2",
        "#cf967a",
        "#a9b3b5",
    ),
)


def night_colours() -> Mapping[str, str]:
    """Return, for each colour of the day, that of the night."""
    return {day: _colours(NIGHT)[number] for number, day in enumerate(_colours(DAY))}


def _colours(palette: Palette) -> tuple[str, ...]:
    single = (
        palette.paper,
        palette.ink,
        palette.soft,
        palette.hair,
        palette.accent,
        palette.band,
        palette.none,
    )
    return (*single, *palette.steps, palette.on_steps[0], palette.on_steps[-1], *palette.platforms)


def contrast_ratio(first: str, second: str) -> float:
    """Return the contrast between two colours as WCAG has it: from 1 to 21."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        value / 12.92 if value <= LINEAR else ((value + 0.055) / 1.055) ** 2.4 for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
