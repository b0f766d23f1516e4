"""Writes a frame of figures as CSV that a spreadsheet shows, and does not execute."""

import pandas as pd

from dashboards.figures.frame import CELL_COLUMNS

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet read a cell as a formula (OWASP, 'CSV Injection')."""


def write_csv(frame: pd.DataFrame) -> str:
    """Write a frame; a name of the school's that would be a formula begins with an apostrophe.

    The labels of lesson hours come from the timetable, and may be anything.
    """
    names = frame[CELL_COLUMNS].map(_as_text)
    return str(
        frame.assign(**{column: names[column] for column in CELL_COLUMNS}).to_csv(index=False)
    )


def _as_text(value: object) -> object:
    is_formula = isinstance(value, str) and value.startswith(_BEGINS_A_FORMULA)
    return f"'{value}" if is_formula else value
