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
from simulation.live.addresses import ListenAddresses, choose_addresses
from simulation.live.lesson import LiveLesson, LiveProcesses
from simulation.live.processes.clients import ClientsProgress
from simulation.live.steps import ReportProgress, StepProgress
from simulation.prepare import RunCommand, prepare_school
from simulation.school.bells import BREAKS, LESSON_HOURS, SCHOOL_DAYS, ZONE, bell_spans
from simulation.simulation import Simulation, list_school_days
from simulation.traffic.behaviour import Behaviour
from simulation.truth import GroundTruth

NETWORK = 127
WEEKS = 4
WEEKS_AHEAD = 2
"""Weeks of the timetable from now: this one and the next."""
SPANS_PER_DAY = len(LESSON_HOURS + BREAKS)


@dataclass(frozen=True, slots=True)
class DemonstrationOutcome:
    """The result of a demonstration."""

    progress: ClientsProgress
    addresses: ListenAddresses
    configuration: Path
    truth: Path
    timestamp: float
    """The time at which the school's clock stops, in seconds since 1970-01-01 UTC."""


@dataclass(frozen=True, slots=True)
class DemonstrationRun:
    """Four simulated weeks and one live lesson hour.

    Args:
        simulation: the school; its addresses are in 127.0.0.0/8.
        folder: a scratch folder, empty.
        monday: the day whose first lesson hour is live.
        speed: school seconds per second, in that lesson hour.
        max_connections: at the same time.
        run_command: imports the timetable.
    """

    simulation: Simulation
    folder: Path
    monday: date
    speed: float
    max_connections: int
    run_command: RunCommand

    def run(self, processes: LiveProcesses, steps: StepProgress) -> DemonstrationOutcome:
        """Run the four weeks and the live lesson hour.

        Raises:
            click.ClickException: when a process or the import fails.
            Refused: when the store cannot be used.
        """
        truth = self.simulation.new_truth()
        chosen = choose_addresses()
        with steps.step(_("School, timetable and exemptions")):
            settings = self._prepare(chosen)
        with steps.step(
            _("The past four weeks"), len(self._past) * SPANS_PER_DAY
        ) as report_progress:
            self._release_past(settings, truth, report_progress)
        lesson = self._make_live_lesson(chosen)
        progress = self._run_live_lesson(lesson, processes, steps)
        self._add_live_lesson(truth)
        path = self.folder / files.TRUTH
        path.write_text(truth.format_csv(), "utf-8")
        configuration = self.folder / files.CONFIGURATION
        return DemonstrationOutcome(progress, chosen, configuration, path, lesson.stops_at)

    @property
    def _past(self) -> tuple[date, ...]:
        return list_school_days(self.monday - timedelta(weeks=WEEKS), WEEKS * SCHOOL_DAYS)

    def _prepare(self, chosen: ListenAddresses) -> Configuration:
        days = self._past + list_school_days(self.monday, WEEKS_AHEAD * SCHOOL_DAYS)
        return prepare_school(
            self.folder, self.simulation, days, self.run_command, **chosen.as_settings
        )

    def _release_past(
        self, settings: Configuration, truth: GroundTruth, report_progress: ReportProgress
    ) -> None:
        spans = count(1)
        history.release_days(
            settings,
            self.simulation,
            self._past,
            truth,
            progress=lambda day: report_progress(next(spans), f"{day:%d-%m}"),
        )

    def _make_live_lesson(self, chosen: ListenAddresses) -> LiveLesson:
        return LiveLesson(
            simulation=self.simulation,
            span=bell_spans(self.monday)[0],
            configuration=self.folder / files.CONFIGURATION,
            addresses=chosen,
            speed=self.speed,
            max_connections=self.max_connections,
        )

    def _run_live_lesson(
        self, lesson: LiveLesson, processes: LiveProcesses, steps: StepProgress
    ) -> ClientsProgress:
        length = lesson.released_at - lesson.span.start
        speed = f"{self.speed:g}"
        live = _("Now: lesson hour 1, live ({speed} times as fast)", speed=speed)
        with steps.step(live, length) as report_progress:
            result = lesson.run(
                processes,
                lambda now, progress: report_progress(
                    now - lesson.span.start, _describe_progress(now, progress)
                ),
            )
        if not lesson.wait_for_release():
            raise click.ClickException(
                _(
                    "The figure of lesson hour 1 was not released in time: this computer was "
                    "too busy."
                )
            )
        return result

    def _add_live_lesson(self, truth: GroundTruth) -> None:
        span = bell_spans(self.monday)[0]
        activity = Behaviour(self.simulation.school, self.simulation.seed).simulate_span(span)
        truth.add_day(span.day, {span.hour: self.simulation.select_counted(span, activity.uses)})


def _describe_progress(now: float, progress: ClientsProgress) -> str:
    return f"{writing.clock(now, ZONE)}, {writing.number(progress.connections)} TLS"
