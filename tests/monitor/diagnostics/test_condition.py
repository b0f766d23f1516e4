"""How Lesrust is, part by part: one school that is well, and one thing wrong with it."""

from pathlib import Path

import pytest

from monitor.configuration import ApprovalSettings, AttachmentSettings, RadiusSettings
from monitor.diagnostics.condition import Condition, PartState, diagnose
from monitor.diagnostics.finding import NOTES, PARTS, FindingKind, SystemPart
from monitor.diagnostics.observation import Observation
from monitor.diagnostics.reading import ReadingKind
from monitor.store import SensorStatus, StoreState
from monitor.store.guarded.confirmations import SECRET, Confirmation
from schedules.pause import Pause
from schedules.store.source_states import SourceState
from schedules.timetable import Timetable
from tests.cast import ROOMS, at, lessons
from tests.monitor.diagnostics.cast import NOW, SETTINGS, WELL, live, observed


def of(seen: Observation) -> Condition:
    return diagnose(SETTINGS, seen)


def kinds(seen: Observation) -> list[FindingKind]:
    return [finding.kind for finding in of(seen).findings]


def state(found: Condition, part: SystemPart) -> PartState:
    return next(condition.state for condition in found.parts if condition.part is part)


def test_every_finding_is_of_a_part() -> None:
    assert set(PARTS) == set(FindingKind)


def test_a_school_that_is_well_says_so() -> None:
    found = of(WELL)
    assert found.first is None
    assert found.findings == ()
    assert [condition.part for condition in found.parts] == list(SystemPart)
    assert {condition.state for condition in found.parts} == {PartState.WELL, PartState.UNUSED}


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"sensors": ()}, FindingKind.NO_SENSOR),
        ({"sensors": (SensorStatus("gateway-1", 7, NOW - 60),)}, FindingKind.SENSOR_SILENT),
        ({"sensors": (SensorStatus("gateway-1", 6, NOW - 3),)}, FindingKind.SENSOR_BEHIND),
        ({"sources": (SourceState("zermelo", NOW, NOW - 9e6, ""),)}, FindingKind.STALE_SOURCE),
        ({"placed_rooms": frozenset(ROOMS) - {"103"}}, FindingKind.ROOMS_WITHOUT_PLACE),
        ({"placed_rooms": None}, FindingKind.MAPPING),
        ({"confirmation": Confirmation(("[place]",))}, FindingKind.UNCONFIRMED),
        ({"confirmation": Confirmation((SECRET,))}, FindingKind.UNCONFIRMED_SECRET),
        ({"metrics": live("lesrust_unconfirmed_settings 1")}, FindingKind.SENSOR_UNCONFIRMED),
        ({"metrics": None}, FindingKind.NOT_RUNNING),
        ({"metrics": live("lesrust_snapshot_age_seconds 31")}, FindingKind.SNAPSHOT_STALE),
        ({"metrics": live("lesrust_watermark_lag_seconds 31")}, FindingKind.CORE_BEHIND),
        ({"metrics": live("lesrust_hour_addon_errors 1")}, FindingKind.ADDON_ERRORS),
        ({"metrics": live("lesrust_hour_dropped_packets 2")}, FindingKind.DROPPED_PACKETS),
        (
            {"metrics": live('lesrust_hour_connections{evidence="hidden"} 960')},
            FindingKind.MUCH_HIDDEN,
        ),
        ({"metrics": live("lesrust_hour_unknown_place 501")}, FindingKind.UNKNOWN_PLACES),
        ({"metrics": live(clock_ahead=6.0)}, FindingKind.CLOCK_WRONG),
        ({"metrics": live(clock_ahead=-6.0)}, FindingKind.CLOCK_WRONG),
        ({"store": StoreState("sqlite", 1.5, 1, 1, 0.5)}, FindingKind.STORE_SLOW),
        ({"store": StoreState("sqlite", 0.1, 1, 1, 0.04)}, FindingKind.DISK_FULL),
    ],
)
def test_one_thing_wrong_is_the_first_and_only_one(
    changes: dict[str, object], kind: FindingKind
) -> None:
    found = of(observed(**changes))
    assert [finding.kind for finding in found.findings] == [kind]
    assert found.first is not None
    assert state(found, PARTS[kind]) is PartState.WRONG


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"metrics": live("lesrust_release_failures_total 2")}, FindingKind.RELEASE_FAILURES),
        ({"metrics": live("lesrust_snapshot_failures_total 2")}, FindingKind.SNAPSHOT_FAILURES),
        ({"metrics": live("lesrust_feed_failures_total 2")}, FindingKind.FEED_FAILURES),
        ({"pauses": (Pause(start=NOW - 60, end=NOW + 60, by="ict"),)}, FindingKind.PAUSED),
    ],
)
def test_what_mends_itself_is_told_and_all_works(
    changes: dict[str, object], kind: FindingKind
) -> None:
    found = of(observed(**changes))
    assert [finding.kind for finding in found.findings] == [kind]
    assert kind in NOTES
    assert found.first is None


def test_a_packet_dropped_among_thousands_is_shown_and_is_no_fault() -> None:
    few = observed(metrics=live("lesrust_hour_dropped_packets 1"))
    assert kinds(few) == []
    readings = [reading for part in of(few).parts for reading in part.readings]
    assert [
        reading.value for reading in readings if reading.kind is ReadingKind.DROPPED_PACKETS
    ] == [1]


def test_the_most_urgent_of_several_comes_first() -> None:
    found = of(
        observed(sensors=(), placed_rooms=frozenset(), store=StoreState("sqlite", 2, 1, 1, 0.5))
    )
    assert found.first is not None
    assert found.first.kind is FindingKind.STORE_SLOW


def test_a_machine_of_before_is_no_fault_while_another_runs() -> None:
    before = SensorStatus("gateway-0", 2, NOW - 1e6)
    found = of(observed(sensors=(before, *WELL.sensors)))
    assert found.first is None
    shown = [reading.about for part in found.parts for reading in part.readings if reading.about]
    assert "gateway-0" in shown


def test_a_sensor_has_a_moment_to_read_a_change() -> None:
    behind = (SensorStatus("gateway-1", 6, NOW - 3),)
    assert kinds(observed(sensors=behind, changed_at=NOW - 10)) == []


def test_a_feed_may_be_silent_outside_lessons() -> None:
    silent = live('lesrust_feed_age_seconds{feed="radius"} 4000')
    assert kinds(observed(metrics=silent)) == [FindingKind.FEED_SILENT]
    for moment in (at(7), at(8, 40), at(22)):
        quiet = observed(
            metrics=silent,
            now=moment,
            sensors=(SensorStatus("gateway-1", 7, moment),),
            sources=(SourceState("zermelo", moment, moment, ""),),
        )
        assert kinds(quiet) == []


def test_without_a_store_the_rest_is_still_told() -> None:
    found = of(
        observed(
            store=None, sensors=(), sources=(), coming_days=Timetable(), week=Timetable(), version=0
        )
    )
    assert [finding.kind for finding in found.findings] == [FindingKind.STORE_AWAY]
    assert state(found, SystemPart.VISIBILITY) is PartState.WELL


def test_what_nothing_was_heard_of_is_not_called_well() -> None:
    found = of(observed(metrics=None))
    assert state(found, SystemPart.VISIBILITY) is PartState.UNKNOWN
    assert state(found, SystemPart.CLOCK) is PartState.UNKNOWN


def test_radius_is_a_part_only_where_it_is_used() -> None:
    assert state(of(WELL), SystemPart.FEEDS) is PartState.UNUSED
    changes = {
        "radius": RadiusSettings(detail=Path("x")),
        "attachments": AttachmentSettings(file=Path("y")),
    }
    used = diagnose(SETTINGS.model_copy(update=changes), WELL)
    assert state(used, SystemPart.FEEDS) is PartState.WELL


def test_each_part_says_when_it_was_last_seen() -> None:
    seen = {condition.part: condition.seen_at for condition in of(WELL).parts}
    assert seen[SystemPart.SENSORS] == NOW - 3
    assert seen[SystemPart.TIMETABLE] == NOW - 60
    assert seen[SystemPart.FEEDS] == NOW - 12
    assert seen[SystemPart.SNAPSHOT] == pytest.approx(NOW - 0.2)
    assert seen[SystemPart.VISIBILITY] == NOW


def test_a_sensor_that_has_read_nothing_yet_is_told_without_an_endless_number() -> None:
    stale = live("lesrust_snapshot_age_seconds +Inf")
    (finding,) = of(observed(metrics=stale)).findings
    assert finding.count == 10**9


def test_coverage_is_of_this_week_and_findings_of_the_days_to_come() -> None:
    found = of(observed(week=Timetable(), coming_days=Timetable(lessons())))
    assert found.coverage.rooms.whole == 0
    assert found.first is None


def test_a_school_on_trial_is_well_and_is_told_what_is_missing() -> None:
    settings = SETTINGS.model_copy(update={"approval": ApprovalSettings(dpia="DPIA, 12 mei")})
    found = diagnose(settings, WELL)
    assert found.first is None
    (finding,) = found.findings
    assert (finding.kind, finding.about) == (FindingKind.ON_TRIAL, ("[approval] council",))
    assert finding.part is SystemPart.RELEASES
