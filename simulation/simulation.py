"""The simulated school's days, one lesson hour after the other, and what is true of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from monitor.release.layers import Layer, Layers
from simulation.school.bells import BellSpan, bell_spans, school_days
from simulation.school.exemptions import SimulatedExemption, list_exemptions
from simulation.school.lessons import format_timetable, list_lessons, list_lessons_of_days
from simulation.school.school import LAYERS, SimulatedSchool
from simulation.traffic.behaviour import Behaviour, PlatformUse
from simulation.traffic.connection import SimulatedConnection
from simulation.truth import GroundTruth


@dataclass(frozen=True, slots=True)
class Simulation:
    """A school, and the seed from which everything that happens there follows."""

    school: SimulatedSchool
    seed: int
    behaviour: type[Behaviour] = Behaviour

    def timetable(self, days: tuple[date, ...]) -> str:
        """Write the timetable of some days, as an administrator would import it."""
        return format_timetable(list_lessons_of_days(self.school, days, self.seed))

    def permissions(self, days: tuple[date, ...]) -> list[SimulatedExemption]:
        """Give what is allowed on some days."""
        return [one for day in days for one in list_exemptions(self.school, day, self.seed)]

    @property
    def released(self) -> dict[str, str]:
        """The released layer of each layer: one with too few pupils is part of a larger one."""
        layers = Layers(tuple(Layer(name, self.school.layer_size(name)) for name, _, _ in LAYERS))
        return {layer.name: layers.released_layer(layer.name) for layer in layers.roster}

    def truth(self) -> GroundTruth:
        """Begin to count what is true."""
        return GroundTruth(self.released)

    def live(
        self, day: date, truth: GroundTruth
    ) -> Iterator[tuple[BellSpan, list[SimulatedConnection]]]:
        """Live through a day: give what is contacted, a span at a time, and add what is true."""
        behaviour = self.behaviour(self.school, self.seed)
        used: dict[int, list[PlatformUse]] = {}
        for span in bell_spans(day):
            doings = behaviour.doings(span)
            if span.hour:
                used[span.hour] = self.counted(span, doings.acts)
            yield span, doings.contacts
        truth.add_day(day, used)

    def counted(self, span: BellSpan, acts: list[PlatformUse]) -> list[PlatformUse]:
        """Leave out who is no pupil, who has no lesson, and what is allowed."""
        lessons = list_lessons(self.school, span, self.seed)
        held = {lesson.group: lesson for lesson in lessons if lesson.is_held}
        allowed = self.permissions((span.day,))
        found = ((act, held.get(act.device.group)) for act in acts if act.device.group)
        return [
            act
            for act, lesson in found
            if lesson and not any(one.covers(lesson, act.platform) for one in allowed)
        ]


def list_school_days(first: date, number: int) -> tuple[date, ...]:
    """Give a number of school days, from a day on."""
    return tuple(islice(school_days(first), number))
