"""Simulates the school's days, one lesson hour after the other, and counts what is true."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from monitor.release.layers import Layer, Layers
from simulation.school.bells import BellSpan, bell_spans, school_days
from simulation.school.exemptions import SimulatedExemption, list_exemptions
from simulation.school.lessons import format_timetable, list_lessons, list_lessons_of_days
from simulation.school.school import LAYERS, SimulatedSchool
from simulation.traffic.behaviour import Behaviour, SimulatedUse
from simulation.traffic.connection import SimulatedConnection
from simulation.truth import GroundTruth


@dataclass(frozen=True, slots=True)
class Simulation:
    """A school, and the seed that determines everything that happens there."""

    school: SimulatedSchool
    seed: int
    behaviour: type[Behaviour] = Behaviour

    def format_timetable(self, days: tuple[date, ...]) -> str:
        """Format the timetable of some days, as an administrator imports it."""
        return format_timetable(list_lessons_of_days(self.school, days, self.seed))

    def list_exemptions(self, days: tuple[date, ...]) -> list[SimulatedExemption]:
        """List the exemptions of some days."""
        return [
            exemption for day in days for exemption in list_exemptions(self.school, day, self.seed)
        ]

    @property
    def released_layers(self) -> dict[str, str]:
        """The released layer of each layer: one with too few pupils is part of a larger one."""
        layers = Layers(tuple(Layer(name, self.school.layer_size(name)) for name, _, _ in LAYERS))
        return {layer.name: layers.released_layer(layer.name) for layer in layers.roster}

    def new_truth(self) -> GroundTruth:
        """Make a ground truth that counts nothing yet."""
        return GroundTruth(self.released_layers)

    def simulate_day(
        self, day: date, truth: GroundTruth
    ) -> Iterator[tuple[BellSpan, list[SimulatedConnection]]]:
        """Simulate a day: yield the connections of each span, and add its uses to the truth."""
        behaviour = self.behaviour(self.school, self.seed)
        uses: dict[int, list[SimulatedUse]] = {}
        for span in bell_spans(day):
            activity = behaviour.simulate_span(span)
            if span.hour:
                uses[span.hour] = self.select_counted(span, activity.uses)
            yield span, activity.connections
        truth.add_day(day, uses)

    def select_counted(self, span: BellSpan, uses: list[SimulatedUse]) -> list[SimulatedUse]:
        """Leave out uses of staff, uses without a lesson, and uses that an exemption allows."""
        lessons = list_lessons(self.school, span, self.seed)
        held = {lesson.group: lesson for lesson in lessons if lesson.is_held}
        exemptions = self.list_exemptions((span.day,))
        by_pupils = ((use, held.get(use.device.group)) for use in uses if use.device.group)
        return [
            use
            for use, lesson in by_pupils
            if lesson
            and not any(exemption.covers(lesson, use.platform) for exemption in exemptions)
        ]


def list_school_days(first: date, number: int) -> tuple[date, ...]:
    """List a number of school days, from a day on."""
    return tuple(islice(school_days(first), number))
