"""The demonstration: four weeks on simulated time, and one lesson hour live."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path

import click

from monitor.configuration import Configuration
from simulation import files, history
from simulation.behaviour import Behaviour
from simulation.bells import BREAKS, LESSON_HOURS, SCHOOL_DAYS, ZONE, spans
from simulation.live import listening
from simulation.live.clients import Told
from simulation.live.lesson import Children, LiveLesson
from simulation.live.listening import Listening
from simulation.live.steps import Advance, Steps
from simulation.live.wording import Wording
from simulation.prepare import prepare
from simulation.school_days import Simulated, days_from
from simulation.truth import Truth

NETWORK = 127
WEEKS = 4
WEEKS_AHEAD = 2
"""Of the timetable: this week, and the next."""
SPANS_A_DAY = len(LESSON_HOURS + BREAKS)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What there is to show at the end."""

    told: Told
    listening: Listening
    configuration: Path
    truth: Path
    moment: float
    """At which the school's clock stands still, in seconds since 1970-01-01 UTC."""


@dataclass(frozen=True, slots=True)
class Demonstration:
    """All of it.

    Args:
        simulated: the school; its addresses are in 127.0.0.0/8.
        folder: a scratch folder, empty.
        monday: its first lesson hour is that of now.
        speed: school seconds a second, in that lesson hour.
        most_at_once: connections.
        wording: the language.
    """

    simulated: Simulated
    folder: Path
    monday: date
    speed: float
    most_at_once: int
    wording: Wording

    def live(self, children: Children, steps: Steps) -> Outcome:
        """Live through four weeks and the lesson hour of now.

        Raises:
            click.ClickException: when something that it needs fails.
            Refused: when the store cannot be used.
        """
        truth = self.simulated.truth()
        chosen = listening.anywhere()
        with steps.step(self.wording.preparing):
            settings = self._prepared(chosen)
        with steps.step(self.wording.past, len(self._past) * SPANS_A_DAY) as advance:
            self._release_past(settings, truth, advance)
        lesson = self._lesson_of_now(chosen)
        told = self._live_now(lesson, children, steps)
        self._add_now(truth)
        path = self.folder / files.TRUTH
        path.write_text(truth.csv(), "utf-8")
        configuration = self.folder / files.CONFIGURATION
        return Outcome(told, chosen, configuration, path, lesson.stands_still_at)

    @property
    def _past(self) -> tuple[date, ...]:
        return days_from(self.monday - timedelta(weeks=WEEKS), WEEKS * SCHOOL_DAYS)

    def _prepared(self, chosen: Listening) -> Configuration:
        days = self._past + days_from(self.monday, WEEKS_AHEAD * SCHOOL_DAYS)
        return prepare(self.folder, self.simulated, days, **chosen.configured)

    def _release_past(self, settings: Configuration, truth: Truth, advance: Advance) -> None:
        done = count(1)
        history.release(
            settings,
            self.simulated,
            self._past,
            truth,
            progress=lambda day: advance(next(done), f"{day:%d-%m}"),
        )

    def _lesson_of_now(self, chosen: Listening) -> LiveLesson:
        return LiveLesson(
            simulated=self.simulated,
            span=spans(self.monday)[0],
            configuration=self.folder / files.CONFIGURATION,
            listening=chosen,
            speed=self.speed,
            most_at_once=self.most_at_once,
        )

    def _live_now(self, lesson: LiveLesson, children: Children, steps: Steps) -> Told:
        length = lesson.released_at - lesson.span.start
        with steps.step(self.wording.live.format(speed=self.speed), length) as advance:
            told = lesson.live(
                children,
                lambda now, told: advance(now - lesson.span.start, self._beside(now, told)),
            )
        if not lesson.is_released():
            raise click.ClickException(self.wording.late)
        return told

    def _beside(self, now: float, told: Told) -> str:
        clock = datetime.fromtimestamp(now, ZONE)
        return self.wording.beside.format(clock=f"{clock:%H:%M}", connections=told.connections)

    def _add_now(self, truth: Truth) -> None:
        span = spans(self.monday)[0]
        doings = Behaviour(self.simulated.school, self.simulated.seed).doings(span)
        truth.add_day(span.day, {span.hour: self.simulated.counted(span, doings.acts)})
