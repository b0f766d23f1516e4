"""All that a sighting is held against, in one immutable snapshot that is swapped as a whole."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from monitor.catalogue import Catalogue
from monitor.catalogue.hiding import HidingList, bundled_hiding_list
from monitor.identity import IdentityRules
from monitor.places.prefix_map import PrefixMap
from monitor.release.layers import Layers
from monitor.release.measured.measured_hour import (
    MeasuredHour,
    PlacedRooms,
    join_rooms,
    measure_hour,
)
from monitor.release.measured.pupils import GroupSizes
from monitor.release.promise import Promise, make_promise
from monitor.release.schedule import ReleaseSlot, release_schedule
from monitor.release.table_counts import Domain
from monitor.release.tables import BEYOND, EPSILON_A_DAY, Dimension
from monitor.release.visibility import KINDS
from schedules.exemption import Exemptions, TimeSpan
from schedules.lesson import Lesson
from schedules.timetable import DatedPeriod, Timetable


@dataclass(frozen=True, slots=True)
class LessonFacts:
    """What the core needs to know of a lesson: not its room, groups or teachers."""

    instance: str
    day: date
    period: str
    layer: str
    """As the roster names it; empty when the lesson's groups are of none, or of several."""
    released_layer: str = field(default="", compare=False)
    """The layer that it is released as; empty without one."""


@dataclass(frozen=True)
class Snapshot:
    """Catalogue, prefixes, year layers, timetable and exemptions, as they are at one time."""

    zone: ZoneInfo
    catalogue: Catalogue
    prefixes: PrefixMap
    layers: Layers
    counts_staff: bool
    """Whether staff are counted: only with a reference to the consent."""
    timetable: Timetable
    exemptions: Exemptions
    pauses: tuple[TimeSpan, ...] = ()
    """When measuring is paused."""
    identity: IdentityRules = field(default_factory=IdentityRules)
    """What names a device."""
    epsilon: float = EPSILON_A_DAY
    """What the school chose to lose of a unit in a day."""
    hiding: HidingList = field(default_factory=bundled_hiding_list)
    """The servers that hide where connections go; for visibility alone."""
    attached_rooms: PlacedRooms = field(default_factory=dict)
    """Rooms of pupils that what a client is attached to can lead to, by RADIUS or DHCP."""
    group_sizes: GroupSizes | None = None
    """How many pupils each group has, for floors; None: it is not known."""
    rules: Hashable = ()
    """What else of the configuration decides who is counted: a change is seen by it."""
    is_confirmed: bool = True
    """Whether a second person has confirmed the settings that promise and floors rest on."""
    has_staff_figure: bool = False
    """Whether staff have a figure of their own: something tells which devices are theirs."""
    is_on_trial: bool = False
    """Whether nothing is counted, nor released, because the school has not approved of it yet."""
    placed_rooms: PlacedRooms = field(init=False)
    """Rooms in which pupils are counted."""
    promise: Promise = field(init=False)
    """The tables that are released, with their caps and noise."""
    release_schedule: tuple[ReleaseSlot, ...] = field(init=False)
    _facts: dict[str, LessonFacts] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        slots = release_schedule(self.timetable, self.zone) if self.layers.has_figures else ()
        object.__setattr__(self, "release_schedule", slots)
        placed = join_rooms(self.attached_rooms, self.prefixes.rooms)
        object.__setattr__(self, "placed_rooms", placed)
        promise = make_promise(
            self.identity,
            self.layers,
            epsilon=self.epsilon,
            has_staff_figure=self.counts_staff and self.has_staff_figure,
        )
        object.__setattr__(self, "promise", promise)

    def measure(self, hour: DatedPeriod) -> MeasuredHour:
        """Find what is measured of a lesson hour, as things are known now."""
        return measure_hour(
            hour,
            self.timetable,
            self.exemptions,
            placed=self.placed_rooms,
            layers=self.layers,
            platforms=self._platforms,
            sizes=self.group_sizes,
        )

    def domain(self, period: str) -> Domain:
        """Return what the cells of a slot are of: traffic does not decide it.

        Args:
            period: the lesson hour; empty for a day or a week.
        """
        return {
            Dimension.PERIOD: (period,),
            Dimension.LAYER: self.layers.released,
            Dimension.PLATFORM: self._platforms,
            Dimension.EVIDENCE: tuple(KINDS),
            Dimension.BEYOND: BEYOND,
        }

    @property
    def _platforms(self) -> list[str]:
        return [platform.name for platform in self.catalogue.platforms if platform.is_on]

    def facts_of(self, lesson: Lesson) -> LessonFacts:
        """Return what the core may know of a lesson; cached."""
        known = self._facts.get(lesson.instance)
        if known is None:
            layer = self.layers.layer_of_groups(lesson.groups)
            known = self._facts[lesson.instance] = LessonFacts(
                instance=lesson.instance,
                day=lesson.start.astimezone(self.zone).date(),
                period=lesson.period,
                layer=layer,
                released_layer=self.layers.released_layer(layer),
            )
        return known
