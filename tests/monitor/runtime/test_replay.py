"""Traffic of the past: what is fed is released, before the next thing is fed."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from pathlib import Path

import click
import pytest

from monitor import store
from monitor.configuration import Configuration, load_configuration
from monitor.release.tables import TableName, TableSpec
from monitor.runtime import replay
from monitor.runtime.exemption_request import ExemptionRequest
from monitor.store import DATABASE_VARIABLE
from schedules import store as schedule_store
from schedules.exemption_rules import ExemptionDenied
from schedules.pause import Pause
from schedules.problem import Refused
from tests.cast import AMSTERDAM, APPROVED, MONDAY, ROOMS, at, lesson, lessons, sighting, use

pytestmark = pytest.mark.store
ADDRESSES = '[identity]\nunit = "address"\nreused = false\n'
"""In these captures each device has one address."""
ALLOWED = ExemptionRequest(
    teacher="mul",
    leadership="",
    lesson=lesson("101").instance,
    room="",
    layer="",
    school=False,
    platforms=("instagram",),
    all_platforms=False,
    from_now=False,
    start="",
    end="",
    reason="",
)


def exact(_: TableSpec, counts: Sequence[int]) -> list[int]:
    return list(counts)


@pytest.fixture
def school(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> Configuration:
    monkeypatch.setenv(DATABASE_VARIABLE, "")
    places = (f'[[place]]\nprefixes = ["10.0.{room}.0/24"]\nroom = "{room}"\n' for room in ROOMS)
    layer = '[[layer]]\nname = "3 havo"\npupils = 600\ngroups = ["h3*"]\n'
    path = tmp_path / "lesrust.toml"
    path.write_text(
        '[school]\nname = "Het Voorbeeld"\n' + APPROVED + ADDRESSES + layer + "".join(places)
    )
    schedule_store.import_timetable(list(lessons()), source="csv", by="", now=at(7), zone=AMSTERDAM)
    return load_configuration(path)


def first_hour(school: Configuration) -> list[int | None]:
    """Feed one device's use of the first lesson hour, and give what is released at once."""
    waiting = use(at(8, 40))
    with replay.open_replay(school, MONDAY, MONDAY, started=at(8), mechanism=exact) as through:
        for moment in range(int(at(8)), int(at(9, 30)) + 1, 60):
            while waiting and waiting[0].timestamp < moment:
                through.receive_sighting(waiting.pop(0))
            through.tick(moment)
        released = store.load_figures(since=MONDAY, tables=(TableName.LESSON_HOURS,))
    return [figure.drawn for figure in released]


def test_a_figure_is_in_the_store_when_the_tick_returns(school: Configuration) -> None:
    assert first_hour(school) == [1]


def test_what_was_allowed_at_the_time_is_not_counted(school: Configuration) -> None:
    replay.grant_exemption(school, ALLOWED, timestamp=at(8, 35))
    assert first_hour(school) == [0]


def test_what_was_not_measured_at_the_time_is_not_counted_afterwards(
    school: Configuration,
) -> None:
    schedule_store.add_pause(Pause(start=at(8, 35), end=at(8, 45), by="ict"))
    assert first_hour(school) == [None]


def test_what_the_rules_forbid_is_not_allowed_in_the_past_either(school: Configuration) -> None:
    with pytest.raises(ExemptionDenied):
        replay.grant_exemption(school, ALLOWED, timestamp=at(10))
    with pytest.raises(click.UsageError):
        replay.grant_exemption(school, replace(ALLOWED, lesson="another"), timestamp=at(8))


def test_two_do_not_release_into_one_store(school: Configuration) -> None:
    def opened() -> AbstractContextManager[replay.Replay]:
        return replay.open_replay(school, MONDAY, MONDAY, started=at(8))

    with opened(), pytest.raises(Refused, match="another process"), opened():
        pass


def rehearsal(school: Configuration, monkeypatch: pytest.MonkeyPatch) -> replay.Replay:
    monkeypatch.setattr(replay, "Replay", partial(replay.Replay, mechanism=exact))
    return replay.open_dry_run(school, MONDAY, MONDAY, started=at(8))


def test_a_rehearsal_has_figures_and_the_store_has_none(
    school: Configuration, monkeypatch: pytest.MonkeyPatch
) -> None:
    through = rehearsal(school, monkeypatch)
    moments = [at(8, 40) + seconds for seconds in range(0, 900, 20)]
    waiting = [sighting(moment, up=20_000, down=2_000_000) for moment in moments]
    for moment in range(int(at(8)), int(at(9, 30)) + 1, 60):
        while waiting and waiting[0].timestamp < moment:
            through.receive_sighting(waiting.pop(0))
        through.tick(moment)
    assert [figure.drawn for figure in through.load_figures(since=MONDAY)] == [1]
    assert store.load_figures(since=MONDAY, with_hidden=True) == []
    assert store.released_keys(MONDAY) == set()


def test_a_rehearsal_goes_beside_who_releases(
    school: Configuration, monkeypatch: pytest.MonkeyPatch
) -> None:
    with replay.open_replay(school, MONDAY, MONDAY, started=at(8)):
        assert rehearsal(school, monkeypatch).load_figures(since=MONDAY) == []
