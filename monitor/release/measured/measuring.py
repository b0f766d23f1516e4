"""Watches what is measured in the course of a day, and what changes of it.

What is measured of a lesson hour is what was so when it began and still is when it closes. Nothing
here depends on traffic.
"""

from collections.abc import Callable, Hashable, Iterable
from datetime import date

from monitor.release.layers import Layers
from monitor.release.measured.measured_rooms import MeasuredDay, MeasuredHour
from schedules.exemption import Exemptions, TimeSpan
from schedules.timetable import DatedPeriod

type Measure = Callable[[DatedPeriod], MeasuredHour]
"""Finds what is measured of a lesson hour, as things are known now."""


class Measuring:
    """What is measured of one day.

    Args:
        layers: the school's year layers.
        rules: what of the configuration decides who is counted.
    """

    def __init__(self, layers: Layers, rules: Hashable) -> None:
        self._rules = rules
        self._was_confirmed = True
        self.begin_day(layers)

    def begin_day(self, layers: Layers) -> None:
        """Forget the day before."""
        self.day = MeasuredDay(layers)
        self.changed_spans: list[tuple[float, float]] = []
        """When the rules changed, or were not confirmed."""
        self._exempted_spans: set[TimeSpan] = set()
        self._in_force: frozenset[TimeSpan] = frozenset()
        self._begun: dict[tuple[date, str], MeasuredHour] = {}

    def note_changes(
        self,
        rules: Hashable,
        exemptions: Exemptions,
        since: float,
        until: float,
        *,
        is_confirmed: bool = True,
    ) -> None:
        """Note rules that are others than they were or not confirmed, and what is exempted.

        Args:
            rules: those of now.
            exemptions: those of now.
            since: when this was noted last.
            until: now.
            is_confirmed: whether a second person has confirmed the rules of now.
        """
        if rules != self._rules or not (is_confirmed and self._was_confirmed):
            self._rules, self._was_confirmed = rules, is_confirmed
            self._add_changed_span(since, until)
        before, self._in_force = self._in_force, exemptions.beyond_lessons
        if before != self._in_force:
            gone = {span for span in before - self._in_force if span.end > until}
            self._exempted_spans -= gone
            self._exempted_spans |= {TimeSpan(start, until) for start, _ in gone}
            self._exempted_spans |= self._in_force

    def _add_changed_span(self, since: float, until: float) -> None:
        """Add a span, or make the last one longer: what is not confirmed lasts many ticks."""
        if self.changed_spans and self.changed_spans[-1][1] >= since:
            since = self.changed_spans.pop()[0]
        self.changed_spans.append((since, until))

    def begin_hours(self, hours: Iterable[DatedPeriod], measure: Measure) -> None:
        """Note what is measured of lesson hours that have begun; of each once."""
        for hour in hours:
            if (hour.day, hour.period) not in self._begun:
                self._begun[hour.day, hour.period] = measure(hour)

    def end_hour(self, hour: DatedPeriod, measure: Measure) -> bool:
        """Add an hour to the day, and say whether enough of it is measured for a figure of its own.

        It is not where the leadership allows something, or ends that, within the hour.
        """
        now = measure(hour)
        measured = now.both(self._begun.get((hour.day, hour.period), now))
        self.day.add(measured)
        return measured.is_enough and not any(
            hour.start < moment < hour.end for span in self._exempted_spans for moment in span
        )
