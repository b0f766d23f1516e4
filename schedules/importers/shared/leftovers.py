"""What did not become a lesson: rows that are none, and lessons that cannot be read.

Neither refuses the lessons beside it. When many lessons cannot be read, the rest is doubtful too.
"""

from collections import Counter
from collections.abc import Callable
from datetime import datetime

from schedules.importers.shared.limits import (
    MAX_LESSON_DURATION,
    MAX_UNREADABLE_PERCENTAGE,
    MAX_VALUES,
)
from schedules.language import Message, gettext
from schedules.problem import InvalidValue, Problem, ProblemCollector


class NoLesson(Exception):
    """A row that is right and no lesson. Its text says of what kind it is: `without duration`."""


class Leftovers:
    """Counts rows that are no lesson by kind, and lists lessons that cannot be read.

    Args:
        name: what to call the source in problems.
        unit: names a number of its rows, as in `3 appointments`.
        allowed: what a row has to be to count.
    """

    def __init__(self, name: str, *, unit: Callable[[int], str], allowed: str) -> None:
        self._name = name
        self._unit = unit
        self._allowed = allowed
        self._kinds: Counter[str] = Counter()
        self._unreadable = ProblemCollector(name)
        self._mistakes: Counter[tuple[str, str]] = Counter()

    def leave_out(self, kind: NoLesson) -> None:
        """Count a row that is no lesson."""
        self._kinds[str(kind)] += 1

    def add_unreadable(self, where: str, mistake: InvalidValue) -> None:
        """List a lesson that cannot be read, with its place."""
        self._unreadable.add_value(where, mistake)
        self._mistakes[mistake.found, mistake.allowed] += 1

    @property
    def left_out(self) -> tuple[Problem, ...]:
        """A line for each kind of row that is no lesson, the most frequent first."""
        return tuple(
            Problem(self._name, f"{self._unit(count)} {kind}", self._allowed, count)
            for kind, count in self._kinds.most_common()
        )

    @property
    def unreadable(self) -> tuple[Problem, ...]:
        """The lessons that cannot be read, with their places."""
        return tuple(self._unreadable.problems)

    def refusal(self, readable: int, *, few: int = 0) -> tuple[Problem, ...]:
        """Return why the lessons beside these are doubtful; nothing when they are not.

        Args:
            readable: how many lessons could be read.
            few: as many that cannot be read leave no doubt, whatever their share.
        """
        count = self._mistakes.total()
        if count <= few or 100 * count <= MAX_UNREADABLE_PERCENTAGE * (readable + count):
            return ()
        (found, allowed), _ = self._mistakes.most_common(1)[0]
        share = Problem(
            gettext(
                "{name}, the number of lessons that cannot be read ({count} of {total})",
                name=self._name,
                count=count,
                total=readable + count,
            ),
            found,
            gettext(
                "{share} % of such lessons at most; here is missing: {allowed}",
                share=MAX_UNREADABLE_PERCENTAGE,
                allowed=allowed,
            ),
        )
        return (share, *self.unreadable)


def check_duration(start: datetime, end: datetime) -> None:
    """Check the times of a row that says that it is a lesson.

    Raises:
        NoLesson: when it has no duration, or a longer one than any lesson.
        InvalidValue: when it ends before it starts.
    """
    if end < start:
        raise InvalidValue(gettext("an end that is before the start"), gettext("a lesson's times"))
    if end == start:
        raise NoLesson(gettext("without duration"))
    if end - start > MAX_LESSON_DURATION:
        hours = MAX_LESSON_DURATION.total_seconds() / 3600
        raise NoLesson(gettext("of more than {hours:.0f} hours", hours=hours))


def check_size(count: int, names: Message) -> None:
    """Check how many rooms, groups or teachers a row has.

    Raises:
        NoLesson: when they are more than those of any lesson.
    """
    if count > MAX_VALUES:
        raise NoLesson(gettext("with more than {count} {names}", count=MAX_VALUES, names=names))
