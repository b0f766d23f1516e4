"""A catalogue ages: hostnames change, and what was right a year ago misses what came since."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

OLD = timedelta(days=365)


def warnings(checked: Mapping[str, date], today: date) -> Iterator[str]:
    """Say of everything that was checked more than a year ago, when that was."""
    for what, day in checked.items():
        if today - day > OLD:
            yield f"{what} was checked on {day}, over a year ago: a newer Lesrust may know more"
