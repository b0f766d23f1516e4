"""What sightings are held against follows the store and the configuration, round by round.

The rounds are those of the thread that a service runs, one after another and without a wait.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from threading import Event
from typing import override

import pytest

from monitor import store
from monitor.configuration import Configuration, TimetableSettings, load_configuration
from monitor.health import Health, SourceFreshness
from monitor.runtime import schedule_follower
from monitor.runtime.schedule_follower import SENSOR, SOURCE_AGES_INTERVAL, ScheduleFollower
from monitor.snapshot import Snapshot
from schedules import store as schedule_store
from schedules.exemption import Exemption, ExemptionScope, RetroactiveExemption, TimeSpan
from schedules.models import Action, AuditEntry, ConfigurationSection
from schedules.pause import Pause
from schedules.problem import Refused
from schedules.secret import write_secret
from schedules.store import source_states
from tests.cast import AMSTERDAM, MONDAY, at, lesson
from tests.clock import ManualClock

pytestmark = [pytest.mark.usefixtures("living_store"), pytest.mark.store]

SCHOOL = """
[school]
name = "Het Voorbeeld"
[approval]
dpia = "DPIA, 12 mei"
council = "MR, 12 mei"
[[place]]
prefixes = ["10.0.101.0/24"]
room = "101"
"""
STAFF = '[staff]\nconsent = "MR 12 mei"\n'
UNKNOWN_PLATFORM = '[catalogue]\nswitched_on = ["hyves"]\n'
DAYS = {day: MONDAY + timedelta(days=day) for day in (-8, -7, 0, 8, 9)}
WHOLE_LESSON = Exemption(
    scope=ExemptionScope.LESSON,
    target=lesson("101").instance,
    platforms=None,
    granted_by="MUL",
    granted_at=at(8, 45),
)
FAIR = Pause(start=at(9), end=at(10), by="ict", reason="open dag")


class LimitedRounds(Event):
    """The end of a follower's work, which comes after some rounds; no round waits for the next."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self._left = count

    @override
    def wait(self, timeout: float | None = None) -> bool:
        self._left -= 1
        return self._left < 0


class FollowedSchedules:
    """A follower with what is in force by it.

    Args:
        configuration: the school's.
        clock: the sensor's.
    """

    def __init__(self, configuration: Configuration, clock: ManualClock) -> None:
        self.health = Health()
        self.follower = ScheduleFollower(configuration, clock, self.health)
        self.snapshot = self.follower.load()
        self.swaps = 0
        self.follower.record_version()

    def swap(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.swaps += 1

    def run(self, rounds: int = 1) -> None:
        self.follower.run(lambda: self.snapshot, self.swap, LimitedRounds(rounds))

    def count_failures(self) -> int:
        self.health.publish()
        return self.health.counts["snapshot_failures"]


def configure(folder: Path, more: str = "") -> Configuration:
    path = folder / "lesrust.toml"
    path.write_text(SCHOOL + more)
    return load_configuration(path)


@pytest.fixture
def configuration(tmp_path: Path) -> Configuration:
    configuration = configure(tmp_path)
    store.connect(configuration.database)
    schedule_store.import_timetable(
        [lesson("101", day=day) for day in DAYS.values()],
        source="csv",
        by="test",
        now=at(7),
        zone=AMSTERDAM,
    )
    return configuration


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(at(8))


@pytest.fixture
def followed(configuration: Configuration, clock: ManualClock) -> FollowedSchedules:
    return FollowedSchedules(configuration, clock)


def list_lesson_days(snapshot: Snapshot) -> Sequence[date]:
    return snapshot.timetable.days


def covers_lesson(snapshot: Snapshot) -> bool:
    lessons = (lesson("101"),)
    return snapshot.exemptions.covers(lessons, "101", "", "instagram", at(8, 50))


def counts_staff(snapshot: Snapshot) -> bool:
    return snapshot.counts_staff


def fail_times(count: int, function: Callable[[], int]) -> Callable[[], int]:
    """Return the function as it is while the store is away, for some calls."""
    failures = iter(range(count))

    def fail_or_call() -> int:
        if next(failures, None) is not None:
            raise OSError
        return function()

    return fail_or_call


class TestFirstSnapshot:
    """What is in force before the first round."""

    def test_it_has_the_week_before_and_the_week_to_come(self, followed: FollowedSchedules) -> None:
        assert list_lesson_days(followed.snapshot) == (DAYS[-7], DAYS[0], DAYS[8])

    def test_it_has_exemptions_and_pauses(
        self, configuration: Configuration, clock: ManualClock
    ) -> None:
        schedule_store.add_exemption(WHOLE_LESSON)
        schedule_store.add_pause(FAIR)
        long_ago = replace(FAIR, start=at(9, day=DAYS[-8]), end=at(10, day=DAYS[-8]))
        schedule_store.add_pause(long_ago)
        snapshot = FollowedSchedules(configuration, clock).snapshot
        assert covers_lesson(snapshot)
        assert snapshot.pauses == (TimeSpan(FAIR.start, FAIR.end),)

    def test_the_health_says_when_it_was_loaded(self, followed: FollowedSchedules) -> None:
        assert followed.health.snapshot_read_at == at(8)

    def test_the_store_says_which_version_is_in_force(self, followed: FollowedSchedules) -> None:
        sensors = [(sensor.name, sensor.version) for sensor in store.list_sensors()]
        assert sensors == [(SENSOR, schedule_store.current_version())]
        assert followed.swaps == 0


class TestStore:
    """A change of the schedules is swapped in, and nothing else is."""

    def test_a_round_in_which_nothing_changed_swaps_nothing(
        self, followed: FollowedSchedules, clock: ManualClock
    ) -> None:
        clock.now = at(8, 1)
        followed.run(rounds=3)
        assert followed.swaps == 0
        assert followed.health.snapshot_read_at == at(8, 1)

    def test_an_exemption_is_swapped_in_once(self, followed: FollowedSchedules) -> None:
        assert not covers_lesson(followed.snapshot)
        schedule_store.add_exemption(WHOLE_LESSON)
        followed.run(rounds=3)
        assert covers_lesson(followed.snapshot)
        assert followed.swaps == 1

    def test_whoever_granted_it_sees_at_once_that_it_is_in_force(
        self, followed: FollowedSchedules
    ) -> None:
        schedule_store.add_exemption(WHOLE_LESSON)
        version = schedule_store.current_version()
        assert [sensor.version for sensor in store.list_sensors()] == [version - 1]
        followed.run()
        assert [sensor.version for sensor in store.list_sensors()] == [version]

    def test_the_core_is_told_once_what_to_forget(self, followed: FollowedSchedules) -> None:
        schedule_store.add_exemption(WHOLE_LESSON)
        followed.run()
        schedule_store.add_pause(FAIR)
        followed.run()
        assert followed.swaps == 2
        retroactive = RetroactiveExemption(WHOLE_LESSON.target, platforms=None)
        assert list(followed.follower.retroactive) == [retroactive]

    def test_another_day_is_loaded_though_nothing_changed(
        self, followed: FollowedSchedules, clock: ManualClock
    ) -> None:
        clock.now = at(0, 1, day=MONDAY + timedelta(days=1))
        followed.run(rounds=3)
        assert followed.swaps == 1
        assert list_lesson_days(followed.snapshot) == (DAYS[-7], DAYS[0], DAYS[8], DAYS[9])

    def test_a_sensor_records_itself_again_and_again(
        self, followed: FollowedSchedules, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        store.record_sensor(SENSOR, 0, 0.0)
        followed.run()
        assert [sensor.seen_at for sensor in store.list_sensors()] == [0.0]
        monkeypatch.setattr(schedule_follower, "RECORD_INTERVAL", -1.0)
        followed.run()
        (sensor,) = store.list_sensors()
        assert sensor.version == schedule_store.current_version()
        assert sensor.seen_at > 0.0


class TestConfiguration:
    """Another configuration is swapped in, and a wrong one is refused."""

    def test_it_is_swapped_in_once(self, followed: FollowedSchedules, tmp_path: Path) -> None:
        followed.follower.reload(configure(tmp_path, STAFF))
        assert not counts_staff(followed.snapshot)
        followed.run(rounds=3)
        assert counts_staff(followed.snapshot)
        assert followed.swaps == 1

    def test_one_that_is_refused_leaves_the_old_one_in_force(
        self, followed: FollowedSchedules, tmp_path: Path
    ) -> None:
        wrong = configure(tmp_path, STAFF + UNKNOWN_PLATFORM)
        with pytest.raises(Refused, match="hyves"):
            followed.follower.reload(wrong)
        followed.run()
        assert followed.swaps == 0
        schedule_store.add_exemption(WHOLE_LESSON)
        followed.run()
        assert covers_lesson(followed.snapshot)
        assert not counts_staff(followed.snapshot)

    def test_what_it_changes_is_audited(self, followed: FollowedSchedules, tmp_path: Path) -> None:
        write_secret(tmp_path / "web.secret", "a secret of the school")
        followed.run()
        assert ConfigurationSection.objects.exists()
        followed.follower.reload(configure(tmp_path, STAFF))
        followed.run(rounds=3)
        audited = AuditEntry.objects.filter(action=Action.CONFIGURATION_CHANGED)
        assert [entry.subject for entry in audited] == ["[staff]"]


class TestSources:
    """The health says how old the sources of the timetable are."""

    @pytest.fixture
    def followed(
        self, configuration: Configuration, clock: ManualClock, tmp_path: Path
    ) -> FollowedSchedules:
        source = TimetableSettings(name="rooster", format="csv", path=tmp_path / "rooster.csv")
        source_states.record_source_read("rooster", at(7))
        return FollowedSchedules(configuration.model_copy(update={"timetables": (source,)}), clock)

    def test_a_source_that_is_as_it_was_is_not_old(
        self, followed: FollowedSchedules, clock: ManualClock
    ) -> None:
        """It makes no new version of the schedules."""
        assert followed.health.sources == (SourceFreshness("rooster", False, at(7)),)
        source_states.record_source_read("rooster", at(8))
        clock.now += SOURCE_AGES_INTERVAL - 1
        followed.run()
        assert followed.health.sources == (SourceFreshness("rooster", False, at(7)),)
        clock.now += 1
        followed.run()
        assert followed.health.sources == (SourceFreshness("rooster", False, at(8)),)
        assert followed.swaps == 0

    def test_one_that_is_configured_no_more_is_left_out(
        self, followed: FollowedSchedules, configuration: Configuration
    ) -> None:
        followed.follower.reload(configuration)
        followed.run()
        assert followed.health.sources == ()


class TestStoreThatIsAway:
    """The last snapshot stays in force, and the store is asked again."""

    def test_each_round_that_fails_is_counted(
        self, followed: FollowedSchedules, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = followed.snapshot
        current_version = fail_times(2, schedule_store.current_version)
        monkeypatch.setattr(schedule_store, "current_version", current_version)
        clock.now = at(8, 1)
        followed.run(rounds=2)
        assert followed.count_failures() == 2
        assert followed.snapshot is before
        assert followed.health.snapshot_read_at == at(8)

    def test_what_changed_meanwhile_is_swapped_in_when_it_is_back(
        self, followed: FollowedSchedules, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        schedule_store.add_exemption(WHOLE_LESSON)
        current_version = fail_times(2, schedule_store.current_version)
        monkeypatch.setattr(schedule_store, "current_version", current_version)
        followed.run(rounds=3)
        assert followed.count_failures() == 2
        assert covers_lesson(followed.snapshot)
