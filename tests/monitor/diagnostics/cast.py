"""A school that is well, as it was observed in a lesson on Monday: tests change one thing."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from monitor.configuration import (
    ApprovalSettings,
    Configuration,
    LayerSettings,
    PlaceSettings,
    SchoolSettings,
    TimetableSettings,
)
from monitor.diagnostics.observation import Observation
from monitor.diagnostics.sensor_metrics import SensorMetrics, parse_metrics
from monitor.place import PersonRole
from monitor.store import SensorStatus, StoreState
from schedules.importers.group_sizes.loading import LoadedSizes
from schedules.store.source_states import SourceState
from schedules.timetable import Timetable
from tests.cast import ROOMS, at, group_of, lessons

NOW = at(9, 40)
SETTINGS = Configuration(
    school=SchoolSettings(name="Het Voorbeeld"),
    approval=ApprovalSettings(dpia="DPIA, 12 mei", council="MR, 12 mei"),
    layer=(
        LayerSettings(name="3 havo", pupils=300, groups=("h3*",)),
        LayerSettings(name="3 vwo", pupils=300, groups=("v3*",)),
    ),
    place=(
        *(PlaceSettings(prefixes=(f"10.0.{room}.0/24",), room=room) for room in ROOMS),
        PlaceSettings(prefixes=("10.1.101.0/24",), room="101", role=PersonRole.STAFF),
    ),
    timetable=(TimetableSettings(name="zermelo", format="csv", path=Path("x.csv")),),
)
LIVE = """
lesrust_hour_connections{evidence="sni"} 700
lesrust_hour_connections{evidence="quic"} 250
lesrust_hour_connections{evidence="hidden"} 50
lesrust_hour_hidden_connections{how="vpn"} 7
lesrust_hour_unknown_place 100
lesrust_snapshot_age_seconds 0.2
lesrust_watermark_lag_seconds 0.5
lesrust_hour_feed_messages{feed="radius",outcome="taken"} 40
lesrust_hour_feed_messages{feed="radius",outcome="without_room"} 0
lesrust_feed_age_seconds{feed="radius"} 12
"""


def live(more: str = "", clock_ahead: float | None = -0.5) -> SensorMetrics:
    """Give what a sensor says that is well, with lines added that replace what they name."""
    values: dict[str, Mapping[tuple[str, ...], float]] = dict(parse_metrics(LIVE))
    for name, samples in parse_metrics(more).items():
        values[name] = {**values.get(name, {}), **samples}
    return SensorMetrics(values, clock_ahead)


WELL = Observation(
    now=NOW,
    metrics=live(),
    store=StoreState("sqlite", 0.002, 270_336, 80_000_000_000, 0.8),
    sensors=(SensorStatus("gateway-1", 7, NOW - 3),),
    version=7,
    changed_at=NOW - 3600,
    sources=(SourceState("zermelo", NOW - 60, NOW - 60, ""),),
    imported_at=NOW - 7200,
    coming_days=Timetable(lessons()),
    week=Timetable(lessons()),
    placed_rooms=frozenset(ROOMS),
    measured_rooms=dict.fromkeys(ROOMS, frozenset[str]()),
    sizes=LoadedSizes({group_of(room): 25 for room in ROOMS}, ()),
)


def observed(**changes: object) -> Observation:
    """Give a school that is well but for what is changed."""
    return replace(WELL, **changes)  # type: ignore[arg-type]
