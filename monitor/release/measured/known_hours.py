"""Since when lesson hours are known: one that had begun by then was not measured from its start."""

from collections.abc import Iterable, Sequence
from datetime import date
from math import inf

from monitor.release.schedule import ReleaseSlot
from monitor.release.tables import RELEASE_DELAY
from schedules.timetable import DatedPeriod

type _HourKey = tuple[date, str]


class KnownHours:
    """The lesson hours of the release schedule, as the timetable has had them so far."""

    def __init__(self) -> None:
        self._since: dict[_HourKey, float] = {}
        """In seconds since 1970-01-01 UTC; infinite for a label that moved once it was measured."""
        self._hours: dict[_HourKey, DatedPeriod] = {}
        """The hours as they were noted last."""

    def note(self, schedule: Iterable[ReleaseSlot], timestamp: float, watermark: float) -> None:
        """Note a new release schedule.

        Args:
            schedule: every slot of it.
            timestamp: now, in seconds since 1970-01-01 UTC.
            watermark: until when everything was seen.
        """
        hours = {(hour.day, hour.period): hour for slot in schedule for hour in slot.hours}
        for key, before in self._hours.items():
            now, has_begun = hours.get(key), before.start < timestamp
            if now is not None and not _overlap(before, now):
                self._since[key] = (
                    inf if has_begun else max(watermark, self._since.get(key, watermark))
                )
            elif (
                has_begun
                and timestamp < before.end + RELEASE_DELAY
                and (now is None or now.start > timestamp)
            ):
                self._since.pop(key, None)  # and is not known before, if it comes back
        for key in hours:
            self._since.setdefault(key, watermark)
        self._hours = hours

    def are_known(self, hours: Sequence[DatedPeriod]) -> bool:
        """Say whether all of some lesson hours were known before they began."""
        return all(hour.start >= self._since.get((hour.day, hour.period), inf) for hour in hours)

    def forget_before(self, oldest: date) -> None:
        """Forget the hours of days that no figure can be of any more."""
        self._since = {key: since for key, since in self._since.items() if key[0] >= oldest}


def _overlap(first: DatedPeriod, second: DatedPeriod) -> bool:
    return first.start < second.end and second.start < first.end
