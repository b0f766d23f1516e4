"""Captures held against the timetable: what would have been released, and that nothing was."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from addons.captures.error import CaptureError
from addons.captures.files.capture_file import CaptureFile
from addons.captures.playback import Playback
from addons.packets.frame_parser import FrameParser
from addons.runtime.dry_run import MAX_DURATION, DryRun, DryRunFromFirstPacket
from monitor import store
from monitor.configuration import Configuration, load_configuration
from monitor.evidence import Evidence
from monitor.health import coarse
from monitor.release.figures import Figure
from monitor.release.tables import TableName, TableSpec
from monitor.runtime import replay
from monitor.store import DATABASE_VARIABLE
from tests.addons import replayed
from tests.addons.flows.wire import TcpClient, capture
from tests.addons.hellos import hello
from tests.cast import MONDAY, at, client

pytestmark = pytest.mark.store


def exact(_: TableSpec, counts: Sequence[int]) -> list[int]:
    return list(counts)


@pytest.fixture
def school(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> Configuration:
    monkeypatch.setenv(DATABASE_VARIABLE, "")
    monkeypatch.setattr(replay, "Replay", partial(replay.Replay, mechanism=exact))
    return load_configuration(replayed.school(tmp_path))


def rehearse(school: Configuration, *captures: bytes) -> tuple[DryRun, list[Figure]]:
    begun = DryRunFromFirstPacket(school)
    playback = Playback(begun)
    for number, content in enumerate(captures):
        path = Path(school.database).parent / f"{number}.pcap"
        path.write_bytes(content)
        with CaptureFile(path) as file:
            playback.play(file, FrameParser(file.link_type), lambda _: None)
    assert begun.dry_run is not None
    return begun.dry_run, begun.dry_run.finish(playback.timestamp)


def drawn(figures: list[Figure], table: TableName, **of: str) -> list[int | None]:
    return [
        figure.drawn
        for figure in figures
        if figure.cell.table is table and all(getattr(figure.cell, key) == of[key] for key in of)
    ]


def test_day_that_is_covered_whole_has_all_its_figures(school: Configuration) -> None:
    _, figures = rehearse(school, replayed.morning(at(10, 30)))
    assert drawn(figures, TableName.LESSON_HOURS) == [3, 0]
    assert drawn(figures, TableName.PLATFORMS, platform="instagram") == [3]
    assert drawn(figures, TableName.PLATFORMS, platform="x") == [0]
    assert drawn(figures, TableName.LAYERS) == [3]
    assert drawn(figures, TableName.LAYER_PLATFORMS, platform="instagram") == [3]
    assert drawn(figures, TableName.WEEK) == [3]
    assert {figure.cell.day for figure in figures} == {MONDAY}


def test_what_is_not_covered_whole_has_no_figure(school: Configuration) -> None:
    """The second lesson hour has begun when the capture ends."""
    _, figures = rehearse(school, replayed.morning(at(9, 45)))
    assert drawn(figures, TableName.LESSON_HOURS) == [3, None]
    assert set(drawn(figures, TableName.PLATFORMS)) == {None}


def test_lesson_hour_that_had_begun_has_no_figure(school: Configuration) -> None:
    _, figures = rehearse(school, replayed.morning(at(10, 30), start=at(8, 40)))
    assert drawn(figures, TableName.LESSON_HOURS) == [None, 0]


def test_capture_in_two_files_is_one(school: Configuration) -> None:
    half = at(8, 42)
    first, rest = replayed.morning(half), replayed.morning(at(10, 30), start=half + 1)
    _, figures = rehearse(school, first, rest)
    assert drawn(figures, TableName.LESSON_HOURS) == [3, 0]


def test_nothing_is_released(school: Configuration) -> None:
    rehearse(school, replayed.morning(at(10, 30)))
    assert store.load_figures(since=MONDAY, with_hidden=True) == []
    assert store.released_keys(MONDAY) == set()


def test_it_can_be_held_again(school: Configuration) -> None:
    content = replayed.morning(at(9, 30))
    assert rehearse(school, content)[1] == rehearse(school, content)[1]


def test_health_tells_how_connections_were_seen(school: Configuration) -> None:
    rehearsal, _ = rehearse(school, replayed.morning(at(10, 30), devices=1))
    rehearsal.health.publish()
    connections = 15 * 60 // replayed.OFTEN + 181
    assert rehearsal.health.evidence[Evidence.SNI] == coarse(connections, 0)
    assert rehearsal.health.counts["unknown_place"] == 180, "two digits"
    assert rehearsal.health.counts["addon_errors"] == 0


def test_connection_whose_name_has_not_come_by_the_end_is_told_as_hidden(
    school: Configuration,
) -> None:
    half = TcpClient(client=client()).says(hello()[:60])
    rehearsal, _ = rehearse(school, capture([(at(8), half)]))
    rehearsal.health.publish()
    assert rehearsal.health.evidence[Evidence.HIDDEN] == 1


def test_captures_of_too_long_a_time_are_refused(school: Configuration) -> None:
    rehearsal = DryRun(school, at(8))
    rehearsal.tick(at(8) + MAX_DURATION.total_seconds())
    with pytest.raises(CaptureError, match="replay them in parts"):
        rehearsal.tick(at(8) + (MAX_DURATION + timedelta(days=1)).total_seconds())


def test_packet_before_the_first_moment_is_passed_over(school: Configuration) -> None:
    begun = DryRunFromFirstPacket(school)
    begun.receive_packet(TcpClient().says(hello()), at(8))
    assert begun.dry_run is None
