"""A catalogue ages: hostnames change, and one of a year ago misses what came since."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from schedules.language import gettext, writing

OLD_AFTER = timedelta(days=365)


def age_warnings(checked: Mapping[str, date], today: date) -> Iterator[str]:
    """Yield a warning for each platform or list that was checked more than a year ago.

    Args:
        checked: by title, when it was last checked.
        today: the day of today.
    """
    for title, day in checked.items():
        if today - day > OLD_AFTER:
            yield gettext(
                "{what} was checked on {day}, over a year ago: a newer Lesrust may know more",
                what=title,
                day=writing.numeric_day(day),
            )
