"""The store is brought up to date with a source: as a whole, or not at all."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from monitor import store as storage
from monitor.configuration import TimetableSettings, load_configuration
from monitor.timetables.refresh import SourceRefresh, TimetableRefresher
from schedules import store
from schedules.models import AuditEntry
from schedules.secret import write_secret
from schedules.store import source_states
from tests.monitor.commands.school import CONFIGURATION
from tests.schedules.cast import AMSTERDAM, TUESDAY, at
from tests.schedules.importers.zermelo.stand_in import (
    TOKEN,
    ZermeloStandIn,
    appointment,
    standing_in,
)

pytestmark = [pytest.mark.usefixtures("living_store"), pytest.mark.store]

HEADER = "id,date,start,end,period,rooms,groups,teachers,status\n"
DUTCH = "dutch,2026-10-06,08:30,09:20,1,B204,h3a,vda,\n"
MATHS = "maths,2026-10-06,09:20,10:10,2,B205,h3a,bak,\n"


class PolledSchool:
    """A school with one source, whose clock is set by hand."""

    def __init__(self, folder: Path, entry: str) -> None:
        (folder / "lesrust.toml").write_text(f"{CONFIGURATION}\n[[timetable]]\n{entry}")
        settings = load_configuration(folder / "lesrust.toml")
        storage.connect(settings.database)
        self.now = at("07:00")
        self.refresher = TimetableRefresher(settings, "beheer", lambda: self.now)
        (self.source,) = settings.timetables

    def look(self) -> SourceRefresh:
        return self.refresher.refresh(self.source)


def stored() -> list[str]:
    loaded = store.load_timetable(AMSTERDAM, TUESDAY, TUESDAY)
    return sorted(lesson.instance for lesson in loaded.lessons)


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "rooster.csv"
    path.write_text(HEADER + DUTCH)
    return path


@pytest.fixture
def school(tmp_path: Path, export: Path) -> PolledSchool:
    return PolledSchool(tmp_path, 'name = "csv"\nformat = "csv"\npath = "rooster.csv"')


@pytest.fixture
def server() -> Iterator[ZermeloStandIn]:
    with standing_in() as one:
        yield one


@pytest.fixture
def linked(tmp_path: Path, server: ZermeloStandIn) -> PolledSchool:
    write_secret(tmp_path / "token", TOKEN)
    entry = f'format = "zermelo"\naddress = "{server.address}"\nsecret = "token"'
    return PolledSchool(tmp_path, f'name = "portal"\n{entry}')


def test_what_is_new_is_taken_in_and_what_is_the_same_is_left(
    school: PolledSchool, export: Path
) -> None:
    changes = school.look().changes
    assert changes is not None
    assert [lesson.instance for lesson in changes.new] == ["dutch"]
    os.utime(export, (1, 1))
    assert school.look().changes is None
    assert len(AuditEntry.objects.all()) == 1


def test_a_file_that_was_not_written_anew_is_not_read_again(
    school: PolledSchool, export: Path
) -> None:
    school.look()
    before = export.stat()
    export.write_text(HEADER + DUTCH.replace("B204", "B999"))
    os.utime(export, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert school.look().changes is None
    assert store.find_lesson("dutch") is not None


def test_a_source_is_looked_at_every_so_many_minutes(school: PolledSchool) -> None:
    assert school.refresher.list_due() == [school.source]
    school.look()
    assert school.refresher.list_due() == []
    school.now += 5 * 60
    assert school.refresher.list_due() == [school.source]


def test_of_a_broken_export_nothing_is_applied_and_the_failure_is_kept(
    school: PolledSchool, export: Path
) -> None:
    school.look()
    school.now += 600
    export.write_text(HEADER + MATHS + DUTCH.replace("08:30", "25:00"))
    assert "cannot be read (1 of 2)" in school.look().failure
    assert stored() == ["dutch"]
    (state,) = source_states.list_source_states()
    assert "a time such as 08:30" in state.failure
    assert (state.looked_at, state.read_at) == (school.now, school.now - 600)


def test_what_stands_in_a_broken_export_is_not_repeated(school: PolledSchool, export: Path) -> None:
    """It goes to a log and to the store, and a name can stand in any column."""
    export.write_text(HEADER + DUTCH.replace("08:30", "Jan Jansen"))
    failure = school.look().failure
    assert "cannot be read (1 of 1)" in failure
    assert "Jansen" not in failure


def test_once_it_is_mended_the_failure_is_over(school: PolledSchool, export: Path) -> None:
    export.write_text("")
    assert school.look().failure
    export.write_text(HEADER + MATHS)
    assert school.look().failure == ""
    (state,) = source_states.list_source_states()
    assert (state.failure, state.read_at) == ("", school.now)


def test_an_export_that_is_gone_leaves_the_last_timetable(
    school: PolledSchool, export: Path
) -> None:
    school.look()
    export.unlink()
    assert "rooster.csv is not as it should be" in school.look().failure
    assert stored() == ["dutch"]


def test_a_portal_is_followed(linked: PolledSchool, server: ZermeloStandIn) -> None:
    linked.look()
    assert stored() == ["portal/zermelo-4"]
    server.rows = [appointment(locations=["B205"], moved=True, lastModified=1_791_000_001)]
    changes = linked.look().changes
    assert changes is not None
    assert [change.rooms for change in changes.changed] == [("B205",)]


def test_an_empty_answer_leaves_the_old_timetable_in_force(
    linked: PolledSchool, server: ZermeloStandIn
) -> None:
    linked.look()
    read_at = linked.now
    linked.now += 600
    server.rows = []
    assert "portal, the number of lessons that are gone (1 of 1)" in linked.look().failure
    assert stored() == ["portal/zermelo-4"]
    (state,) = source_states.list_source_states()
    assert state.read_at == read_at
    assert "--accept-fewer" in state.failure


@pytest.mark.parametrize("key", ["valid", "type", "locations"])
def test_fields_that_a_right_withholds_leave_the_old_timetable_in_force(
    linked: PolledSchool, server: ZermeloStandIn, key: str
) -> None:
    linked.look()
    row = appointment()
    del row[key]
    server.rows = [row]
    assert "READ in the scope Schedule" in linked.look().failure
    assert stored() == ["portal/zermelo-4"]


def test_a_portal_is_asked_widely_once_a_day(linked: PolledSchool, server: ZermeloStandIn) -> None:
    linked.look()
    widely = len(server.requests)
    linked.look()
    assert len(server.requests) - widely == 3
    linked.now += 86_400
    linked.look()
    assert len(server.requests) - widely - 3 >= widely - 1


IN_JUNE = 252 * 86_400
"""Seconds from the lesson to a day at the end of its school year."""


def in_june(instance: int, **changes: object) -> dict[str, object]:
    """An appointment in June 2027."""
    start, end = 1_791_268_200 + IN_JUNE, 1_791_271_200 + IN_JUNE
    return appointment(instance, **{"start": start, "end": end, **changes})


def test_a_work_week_in_june_keeps_nobody_from_this_weeks_lessons(
    linked: PolledSchool, server: ZermeloStandIn
) -> None:
    days_long = 1_791_271_200 + IN_JUNE + 4 * 86_400
    server.rows.append(in_june(5, type="activity", end=days_long, locations=[]))
    refresh = linked.look()
    assert (refresh.failure, refresh.missing) == ("", "")
    assert stored() == ["portal/zermelo-4"]


def test_a_year_that_cannot_be_read_leaves_the_weeks_that_can(
    linked: PolledSchool, server: ZermeloStandIn
) -> None:
    server.rows += [in_june(5, groups="h3a"), in_june(6, groups="h3b")]
    refresh = linked.look()
    assert refresh.failure == ""
    assert (
        "the rest of the year is not: portal, the number of lessons that cannot be read (2 of 3)"
        in refresh.missing
    )
    assert stored() == ["portal/zermelo-4"]
    (state,) = source_states.list_source_states()
    assert (state.read_at, state.failure) == (linked.now, refresh.missing)


def test_a_year_that_could_not_be_read_is_asked_for_again_in_an_hour(
    linked: PolledSchool, server: ZermeloStandIn
) -> None:
    server.rows.append(in_june(5, groups="h3a"))
    assert linked.look().missing
    asked = len(server.requests)
    del server.rows[1]
    linked.now += 3_599
    assert linked.look().missing
    assert len(server.requests) - asked == 3
    linked.now += 1
    assert linked.look().missing == ""
    (state,) = source_states.list_source_states()
    assert state.failure == ""


def test_how_many_lessons_cannot_be_read_is_told_with_the_changes(
    linked: PolledSchool, server: ZermeloStandIn
) -> None:
    server.rows = [*(appointment(number) for number in range(9)), appointment(9, groups="h3a")]
    assert linked.look().unreadable == 1
    assert "portal/zermelo-9" not in stored()


def test_a_portal_that_refuses_leaves_the_last_timetable(
    linked: PolledSchool, server: ZermeloStandIn
) -> None:
    linked.look()
    server.failures = [(401, b"")]
    assert linked.look().failure == "the Zermelo token is not accepted any more"
    assert stored() == ["portal/zermelo-4"]


def test_a_portal_that_refuses_is_left_alone_for_an_hour(
    linked: PolledSchool, server: ZermeloStandIn
) -> None:
    server.failures = [(401, b"")]
    linked.look()
    linked.now += 3599
    assert linked.refresher.list_due() == []
    linked.now += 1
    assert linked.refresher.list_due() == [linked.source]


def test_a_token_that_others_can_read_is_not_used(
    linked: PolledSchool, server: ZermeloStandIn, tmp_path: Path
) -> None:
    (tmp_path / "token").chmod(0o644)
    assert "chmod 600" in linked.look().failure
    assert server.requests == []


def test_a_source_that_is_not_whole_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="for zermelo also: address, secret"):
        TimetableSettings(name="portal", format="zermelo")
