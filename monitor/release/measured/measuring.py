"""Watches what is measured in the course of days, and what changes of it.

What is measured of a lesson hour is what was so when it began, at each change since, and still is
when it closes. Nothing here depends on traffic.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date

from monitor.release.layers import Layers
from monitor.release.measured.changes import has_change_inside, has_edge_inside
from monitor.release.measured.measured_day import MeasuredDay
from monitor.release.measured.measured_hour import MeasuredHour
from monitor.release.measured.pupils import LessonRoom
from schedules.exemption import TimeSpan
from schedules.timetable import DatedPeriod

MOST_CHANGED = 1 / 4
"""Of the lessons of a figure: it is of the others, and of more than the floor."""

type Measure = Callable[[DatedPeriod], MeasuredHour]
"""Finds what is measured of a lesson hour, as things are known now."""
type _HourKey = tuple[date, str]


class Measuring:
    """What is measured, of today and as far as it matters to the week of the days before.

    Args:
        layers: the school's year layers.
        rules: what of the configuration decides who is counted.
    """

    def __init__(self, layers: Layers, rules: Hashable) -> None:
        self._rules = rules
        self._was_confirmed = True
        self.rule_changes: list[TimeSpan] = []
        """When the rules changed, or were not confirmed."""
        self._closed: dict[_HourKey, MeasuredHour] = {}
        """What was measured of the lesson hours of the last days."""
        self.begin_day(layers)

    def begin_day(self, layers: Layers, oldest: date = date.min) -> None:
        """Begin another day.

        Args:
            layers: the school's year layers.
            oldest: the first day that any figure can still be of.
        """
        self.day = MeasuredDay(layers)
        self._begun: dict[_HourKey, MeasuredHour] = {}
        self._closed = {key: hour for key, hour in self._closed.items() if key[0] >= oldest}

    def note_rules(
        self, rules: Hashable, since: float, until: float, *, is_confirmed: bool = True
    ) -> None:
        """Note the rules of now: others than before are a change, and so are unconfirmed ones.

        Args:
            rules: those of now.
            since: when they were noted last.
            until: now.
            is_confirmed: whether a second person has confirmed the rules of now.
        """
        if rules != self._rules or not (is_confirmed and self._was_confirmed):
            self._rules, self._was_confirmed = rules, is_confirmed
            self._add_rule_change(since, until)

    def _add_rule_change(self, since: float, until: float) -> None:
        """Add a span, or make the last one longer: what is not confirmed lasts many ticks."""
        if self.rule_changes and self.rule_changes[-1].end >= since:
            since = self.rule_changes.pop().start
        self.rule_changes.append(TimeSpan(since, until))

    def note_hours(
        self, hours: Iterable[DatedPeriod], measure: Measure, *, has_changed: bool
    ) -> None:
        """Note what is measured of lesson hours that go on: when they begin, and at each change.

        Args:
            hours: those that have begun and have not closed.
            measure: finds what is measured of one, as things are known now.
            has_changed: whether anything is known otherwise than when this was noted last.
        """
        for hour in hours:
            key = hour.day, hour.period
            begun = self._begun.get(key)
            if begun is None:
                self._begun[key] = measure(hour)
            elif has_changed:
                self._begun[key] = measure(hour).both(begun)

    def end_hour(self, hour: DatedPeriod, measure: Measure) -> tuple[MeasuredHour, bool]:
        """Add an hour to the day, and say whether it has a figure of its own.

        It has none where too little is measured, or what decides who is counted changed inside it.
        """
        key = hour.day, hour.period
        now = measure(hour)
        measured = now.both(self._begun.get(key, now))
        self._closed[key] = measured
        self.day.add(hour.period, measured)
        return measured, measured.is_enough and not self.is_mixed([hour], most=0)

    def is_mixed(
        self,
        hours: Sequence[DatedPeriod],
        layer: str = "",
        platform: str = "",
        *,
        most: float = MOST_CHANGED,
    ) -> bool:
        """Say whether a figure is of two things: what decides who is counted changed inside it.

        That is the configuration, or what the leadership allows in more than a part of its lessons.

        Args:
            hours: the lesson hours that it covers; those that have not closed count for nothing.
            layer: the released layer that it is of; empty for the whole school.
            platform: its platform; empty for all together.
            most: the largest part of its lessons in which what is allowed may change inside it.
        """
        if has_change_inside(hours, self.rule_changes):
            return True
        closed = [
            self._closed[key] for hour in hours if (key := (hour.day, hour.period)) in self._closed
        ]
        scheduled = sum(len(hour.scheduled_of(layer)) for hour in closed)
        changed = sum(len(_changed_rooms(hour, hours, layer, platform)) for hour in closed)
        return changed > most * scheduled


def _changed_rooms(
    measured: MeasuredHour, hours: Sequence[DatedPeriod], layer: str, platform: str
) -> set[LessonRoom]:
    """Find the rooms of one hour in which the leadership allows what it does not all the time."""
    return {
        use.room
        for use in measured.allowed
        if layer in {"", use.room.layer}
        and platform in {"", use.platform}
        and (use in measured.changed or has_edge_inside(hours, [use.span]))
    }
