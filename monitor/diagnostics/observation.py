"""What the store, the running sensor and the configuration said at one time."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from monitor.diagnostics.sensor_metrics import SensorMetrics
from monitor.release.measured.measured_hour import PlacedRooms
from monitor.store import SensorStatus, StoreState
from monitor.store.guarded.confirmations import Confirmation
from schedules.importers.group_sizes.loading import LoadedSizes
from schedules.pause import Pause
from schedules.store.source_states import SourceState
from schedules.timetable import Timetable


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """Every answer, at one time. What did not answer is None."""

    now: float
    """Seconds since 1970-01-01 UTC."""
    metrics: SensorMetrics | None
    store: StoreState | None
    sensors: Sequence[SensorStatus] = ()
    version: int = 0
    """Of the schedules."""
    changed_at: float = 0.0
    """Timestamp of the last change of the schedules."""
    sources: Sequence[SourceState] = ()
    imported_at: float | None = None
    """Timestamp of the last change of the timetable; None: never."""
    pauses: Sequence[Pause] = ()
    """Those in force now."""
    confirmation: Confirmation = field(default_factory=Confirmation)
    """Of the settings, as they are now."""
    coming_days: Timetable
    """Today and the days to come."""
    week: Timetable
    free: Sequence[str] = ()
    """The holidays that all of the coming days are in."""
    without_room: Sequence[str] = ()
    """Attachments without a room, as text."""
    is_refused: bool = False
    """Whether a sensor answers, but not our token."""
    measured_rooms: PlacedRooms = field(default_factory=dict)
    """The rooms in which pupils are counted."""
    sizes: LoadedSizes | None = None
    """How many pupils each group has; None: the school does not say it."""
    first_figure: float | None = None
    """When the next figure comes of which every lesson hour is still to begin, in seconds since
    1970-01-01 UTC; None: none of the lessons to come leads to one."""
    placed_rooms: frozenset[str] | None
    """The rooms with a prefix or an attachment; None: the mapping file cannot be used."""
