"""The demonstration: four weeks on simulated time, and one lesson hour live."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import click

from monitor.configuration import Configuration
from schedules.language import gettext as _
from schedules.language import writing
from simulation import files, history
from simulation.live import addresses
from simulation.live.addresses import ListenAddresses
from simulation.live.lesson import LiveLesson, LiveProcesses
from simulation.live.processes.clients import ClientsProgress
from simulation.live.steps import Advance, StepProgress
from simulation.prepare import prepare_school
from simulation.school.bells import BREAKS, LESSON_HOURS, SCHOOL_DAYS, ZONE, bell_spans
from simulation.simulation import Simulation, list_school_days
from simulation.traffic.behaviour import Behaviour
from simulation.truth import GroundTruth

NETWORK = 127
WEEKS = 4
WEEKS_AHEAD = 2
"""Of the timetable: this week, and the next."""
SPANS_A_DAY = len(LESSON_HOURS + BREAKS)


@dataclass(frozen=True, slots=True)
class DemonstrationOutcome:
    """What there is to show at the end."""

    told: ClientsProgress
    listening: ListenAddresses
    configuration: Path
    truth: Path
    moment: float
    """At which the school's clock stands still, in seconds since 1970-01-01 UTC."""


@dataclass(frozen=True, slots=True)
class DemonstrationRun:
    """All of it.

    Args:
        simulated: the school; its addresses are in 127.0.0.0/8.
        folder: a scratch folder, empty.
        monday: its first lesson hour is that of now.
        speed: school seconds a second, in that lesson hour.
        most_at_once: connections.
    """

    simulated: Simulation
    folder: Path
    monday: date
    speed: float
    most_at_once: int

    def live(self, children: LiveProcesses, steps: StepProgress) -> DemonstrationOutcome:
        """Live through four weeks and the lesson hour of now.

        Raises:
            click.ClickException: when something that it needs fails.
            Refused: when the store cannot be used.
        """
        truth = self.simulated.new_truth()
        chosen = addresses.choose_addresses()
        with steps.step(_("School, timetable and exemptions")):
            settings = self._prepared(chosen)
        with steps.step(_("The past four weeks"), len(self._past) * SPANS_A_DAY) as advance:
            self._release_past(settings, truth, advance)
        lesson = self._lesson_of_now(chosen)
        told = self._live_now(lesson, children, steps)
        self._add_now(truth)
        path = self.folder / files.TRUTH
        path.write_text(truth.format_csv(), "utf-8")
        configuration = self.folder / files.CONFIGURATION
        return DemonstrationOutcome(told, chosen, configuration, path, lesson.stands_still_at)

    @property
    def _past(self) -> tuple[date, ...]:
        return list_school_days(self.monday - timedelta(weeks=WEEKS), WEEKS * SCHOOL_DAYS)

    def _prepared(self, chosen: ListenAddresses) -> Configuration:
        days = self._past + list_school_days(self.monday, WEEKS_AHEAD * SCHOOL_DAYS)
        return prepare_school(self.folder, self.simulated, days, **chosen.configured)

    def _release_past(self, settings: Configuration, truth: GroundTruth, advance: Advance) -> None:
        done = count(1)
        history.release_days(
            settings,
            self.simulated,
            self._past,
            truth,
            progress=lambda day: advance(next(done), f"{day:%d-%m}"),
        )

    def _lesson_of_now(self, chosen: ListenAddresses) -> LiveLesson:
        return LiveLesson(
            simulated=self.simulated,
            span=bell_spans(self.monday)[0],
            configuration=self.folder / files.CONFIGURATION,
            listening=chosen,
            speed=self.speed,
            most_at_once=self.most_at_once,
        )

    def _live_now(
        self, lesson: LiveLesson, children: LiveProcesses, steps: StepProgress
    ) -> ClientsProgress:
        length = lesson.released_at - lesson.span.start
        speed = f"{self.speed:g}"
        live = _("Now: lesson hour 1, live ({speed} times as fast)", speed=speed)
        with steps.step(live, length) as advance:
            told = lesson.live(
                children,
                lambda now, told: advance(now - lesson.span.start, self._beside(now, told)),
            )
        if not lesson.is_released():
            raise click.ClickException(
                _(
                    "The figure of lesson hour 1 was not released in time: this computer was "
                    "too busy."
                )
            )
        return told

    def _beside(self, now: float, told: ClientsProgress) -> str:
        return f"{writing.clock(now, ZONE)}, {writing.number(told.connections)} TLS"

    def _add_now(self, truth: GroundTruth) -> None:
        span = bell_spans(self.monday)[0]
        doings = Behaviour(self.simulated.school, self.simulated.seed).simulate_span(span)
        truth.add_day(span.day, {span.hour: self.simulated.select_counted(span, doings.uses)})
