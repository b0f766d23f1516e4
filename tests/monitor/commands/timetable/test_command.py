"""`lesrust timetable`: all of a file, or nothing of it."""

import os
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest

from monitor.commands.timetable.command import timetable
from monitor.store import DATABASE_VARIABLE
from schedules import store
from schedules.models import AuditEntry
from schedules.store import source_states
from tests.monitor.commands.school import CommandRunner
from tests.schedules.cast import AMSTERDAM, TUESDAY, lesson
from tests.schedules.importers.zermelo.stand_in import CODE, TOKEN, appointment, standing_in

pytestmark = pytest.mark.store

HEADER = "id,date,start,end,period,rooms,groups,teachers,status\n"
DUTCH = "dutch,2026-10-06,08:30,09:20,1,B204,h3a,vda,\n"
MATHS = "maths,2026-10-06,09:20,10:10,2,B205|Aula,h3a,bak,\n"


def stored() -> list[str]:
    loaded = store.load_timetable(AMSTERDAM, TUESDAY, TUESDAY)
    return sorted(lesson.instance for lesson in loaded.lessons)


def test_import_says_what_it_reads_and_changes(school: CommandRunner) -> None:
    file = school.file("rooster.csv", HEADER + DUTCH + MATHS)
    result = school.run(timetable, "import", file, "--by", "beheer")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "CSV: 2 lessons in 3 rooms on 1 day, 2026-10-06 to 2026-10-06",
        "100 % of the lessons have a room",
        "Note: 1 room of the timetable without a place, so nothing is counted there: Aula",
        "2 new, 0 changed, 0 gone, 0 the same",
        "Applied.",
    ]
    assert stored() == ["dutch", "maths"]
    assert [entry.by for entry in AuditEntry.objects.all()] == ["beheer"]


def test_what_one_process_imports_another_shows(tmp_path: Path) -> None:
    CommandRunner(tmp_path)
    (tmp_path / "rooster.csv").write_text(HEADER + DUTCH)

    def lesrust(*words: str) -> str:
        command = [sys.executable, "-m", "monitor", "timetable", *words]
        here = {key: value for key, value in os.environ.items() if key != DATABASE_VARIABLE}
        return subprocess.run(
            command, cwd=tmp_path, env=here, check=True, capture_output=True, text=True
        ).stdout

    assert "1 new" in lesrust("import", "rooster.csv")
    assert "B204" in lesrust("show", "--date", "2026-10-06")
    assert "1 the same" in lesrust("import", "rooster.csv")


@pytest.mark.parametrize("words", [("preview",), ("import",), ("import", "--dry-run")])
def test_fewer_lessons_than_before_are_not_applied(
    school: CommandRunner, words: tuple[str, ...]
) -> None:
    school.run(timetable, "import", school.file("1.csv", HEADER + DUTCH + MATHS))
    result = school.run(timetable, *words, school.file("2.csv", HEADER + DUTCH))
    assert result.exit_code == 2
    assert "0 new, 0 changed, 1 gone, 1 the same" in result.stdout
    assert "csv, the number of lessons that are gone (1 of 2)" in result.stderr
    assert "--accept-fewer" in result.stderr
    assert stored() == ["dutch", "maths"]
    assert AuditEntry.objects.count() == 1


def test_fewer_lessons_than_before_are_applied_when_somebody_says_so(
    school: CommandRunner,
) -> None:
    school.run(timetable, "import", school.file("1.csv", HEADER + DUTCH + MATHS))
    file = school.file("2.csv", HEADER + DUTCH)
    result = school.run(timetable, "import", file, "--accept-fewer")
    assert result.exit_code == 0
    assert stored() == ["dutch"]


def test_what_is_left_out_and_what_cannot_be_read_is_shown(school: CommandRunner) -> None:
    with standing_in() as server:
        start = int(datetime.now(AMSTERDAM).replace(hour=9, minute=0, second=0).timestamp())
        times = {"start": start, "end": start + 3_000}
        server.rows = [appointment(number, **times) for number in range(11)]
        server.rows[9] |= {"type": "meeting", "teachers": [f"t{n}" for n in range(120)]}
        server.rows[10] |= {"groups": "h3a"}
        school.add('[[timetable]]\nname = "portal"\nformat = "zermelo"\nsecret = "token"')
        school.add(f'address = "{server.address}"')
        Path(school.file("token", TOKEN)).chmod(0o600)
        shown = school.run(timetable, "preview", "portal").stdout
    assert "portal: 1 appointment of the type meeting" in shown
    assert "Cannot be read, so nothing is counted in it: 1 lesson" in shown
    assert "portal, appointment 10: found 'no list as groups'" in shown


def test_a_later_import_says_what_is_different(school: CommandRunner) -> None:
    school.run(timetable, "import", school.file("1.csv", HEADER + DUTCH + MATHS))
    moved = DUTCH.replace("B204", "B205")
    new = MATHS.replace("maths", "art")
    result = school.run(timetable, "import", school.file("2.csv", HEADER + moved + new))
    assert "1 new, 1 changed, 1 gone, 0 the same" in result.stdout
    assert stored() == ["art", "dutch"]


def test_a_dry_run_changes_nothing(school: CommandRunner) -> None:
    file = school.file("rooster.csv", HEADER + DUTCH)
    result = school.run(timetable, "import", file, "--dry-run")
    assert result.exit_code == 0
    assert "1 new" in result.stdout
    assert "dry run" in result.stdout
    assert stored() == []


def test_of_a_file_with_many_mistakes_nothing_is_applied(school: CommandRunner) -> None:
    school.run(timetable, "import", school.file("1.csv", HEADER + DUTCH))
    wrong = MATHS.replace("09:20", "25:00")
    file = school.file("2.csv", HEADER + DUTCH.replace("B204", "B205") + wrong)
    result = school.run(timetable, "import", file)
    assert result.exit_code == 2
    share, row = result.stderr.splitlines()
    assert "the number of lessons that cannot be read (1 of 2)" in share
    assert row == (
        f"lesrust: {file}, line 3, column start: found '25:00'; allowed: a time such as 08:30"
    )
    assert store.find_lesson("dutch") == lesson()


def test_a_row_that_cannot_be_read_is_told_and_the_others_are_applied(
    school: CommandRunner,
) -> None:
    rows = [DUTCH.replace("dutch", f"dutch{number}") for number in range(9)]
    file = school.file("1.csv", HEADER + "".join(rows) + MATHS.replace("09:20", "25:00"))
    result = school.run(timetable, "import", file)
    assert result.exit_code == 0
    assert "Cannot be read, so nothing is counted in it: 1 lesson" in result.stdout
    assert f"{file}, line 11, column start: found '25:00'" in result.stdout
    assert stored() == [f"dutch{number}" for number in range(9)]


def test_rows_that_cannot_be_read_are_counted_also_when_not_all_are_listed(
    school: CommandRunner,
) -> None:
    rows = [DUTCH.replace("dutch", f"dutch{number}") for number in range(1_200)]
    rows += [
        MATHS.replace("maths", f"m{number}").replace("09:20", "25:00") for number in range(120)
    ]
    shown = school.run(
        timetable, "import", school.file("1.csv", HEADER + "".join(rows)), "--dry-run"
    ).stdout
    assert "Cannot be read, so nothing is counted in them: 120 lessons" in shown
    listed = shown.count("found '25:00'")
    assert f"and {120 - listed} more" in shown


def test_a_name_of_another_source_is_refused(school: CommandRunner) -> None:
    file = school.file("rooster.csv", HEADER + DUTCH)
    school.run(timetable, "import", file, "--source", "main building")
    result = school.run(timetable, "import", file, "--source", "annexe")
    assert result.exit_code == 2
    assert "main building" in result.stderr


def test_a_file_that_is_not_there_is_an_error(school: CommandRunner) -> None:
    assert school.run(timetable, "import", "nothing.csv").exit_code == 2


def test_standard_input_is_imported_too(school: CommandRunner) -> None:
    result = school.run(timetable, "import", "-", typed=HEADER + DUTCH)
    assert (result.exit_code, stored()) == (0, ["dutch"])


def test_preview_says_what_would_change_and_changes_nothing(school: CommandRunner) -> None:
    school.run(timetable, "import", school.file("1.csv", HEADER + DUTCH))
    moved = DUTCH.replace("B204", "B205")
    result = school.run(timetable, "preview", school.file("2.csv", HEADER + moved + MATHS))
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-3:] == [
        "1 new, 1 changed, 0 gone, 0 the same",
        "  new: 2026-10-06 09:20 B205, Aula h3a (planned)",
        "  changed: 2026-10-06 08:30 B205 h3a (planned)",
    ]
    assert store.find_lesson("dutch") == lesson()


def test_preview_shows_what_it_can_and_every_problem(school: CommandRunner) -> None:
    file = school.file("rooster.csv", HEADER + DUTCH + MATHS.replace("09:20", "25:00"))
    result = school.run(timetable, "preview", file)
    assert result.exit_code == 2
    assert "CSV: 1 lesson in 1 room" in result.stdout
    assert "line 3, column start" in result.stderr


UNTIS = '133;"h3a";"VDA";"NE";"B204";2;1;;\n'
SOURCE = """
[[timetable]]
name = "untis"
format = "untis"
path = "export"

[[bells]]
hours = ["1 08:30-09:20"]

[calendar]
region = "noord"
"""


@pytest.fixture
def exported(school: CommandRunner) -> CommandRunner:
    """A school whose Untis exports to a folder."""
    school.add(SOURCE)
    school.file("export/GPU001.TXT", UNTIS)
    return school


def test_a_source_of_the_configuration_is_previewed_and_imported_by_its_name(
    exported: CommandRunner,
) -> None:
    shown = exported.run(timetable, "preview", "untis").stdout
    assert "Untis GPU001, ';' between cells, UTF-8" in shown
    assert "Applied." in exported.run(timetable, "import").stdout
    assert [state.name for state in source_states.list_source_states()] == ["untis"]
    again = exported.run(timetable, "preview").stdout
    assert "0 new, 0 changed, 0 gone" in again


def test_watch_takes_in_each_source_and_says_what_changed(exported: CommandRunner) -> None:
    first = exported.run(timetable, "watch", "--once")
    assert first.exit_code == 0
    assert "untis: " in first.stdout
    assert " new, 0 changed, 0 gone" in first.stdout
    assert exported.run(timetable, "watch", "--once").stdout == ""


def test_watch_says_what_it_cannot_read(exported: CommandRunner) -> None:
    exported.file("export/GPU001.TXT", "133;\n")
    result = exported.run(timetable, "watch", "--once")
    assert result.exit_code == 1
    assert "cannot be read (1 of 1)" in result.stderr


def test_watch_puts_a_new_configuration_in_force_and_a_wrong_one_not(tmp_path: Path) -> None:
    school = CommandRunner(tmp_path)
    school.file("rooster.csv", HEADER + DUTCH)
    school.add('[[timetable]]\nname = "rooster"\nformat = "csv"\npath = "rooster.csv"')
    command = [sys.executable, "-m", "monitor", "timetable", "watch"]
    here = {key: value for key, value in os.environ.items() if key != DATABASE_VARIABLE}
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        env=here,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as watching:
        try:
            assert watching.stdout is not None
            said = iter(watching.stdout)
            assert "rooster: 1 new" in next(said)
            school.add('[[timetable]]\nname = "toetsweek"\nformat = "csv"\npath = 7')
            watching.send_signal(signal.SIGHUP)
            assert "path" in next(said)
            school.replace("path = 7", 'path = "toetsweek.csv"')
            school.file("toetsweek.csv", HEADER + MATHS)
            watching.send_signal(signal.SIGHUP)
            assert next(said) == "lesrust timetable: the configuration was read again\n"
            assert "toetsweek: 1 new" in next(said)
        finally:
            watching.terminate()
    assert watching.returncode == 0


@pytest.mark.parametrize("words", [["watch", "portal"], ["preview", "portal"], ["link", "portal"]])
def test_a_source_that_is_not_there_is_told_with_those_that_are(
    exported: CommandRunner, words: list[str]
) -> None:
    result = exported.run(timetable, *words)
    assert result.exit_code == 2
    assert "untis" in result.stderr


def test_without_sources_a_target_is_needed(school: CommandRunner) -> None:
    for command in ("preview", "import", "watch"):
        result = school.run(timetable, command)
        assert (result.exit_code, "none is given" in result.stderr) == (2, True)


def test_a_portal_is_linked_by_its_koppelcode(school: CommandRunner) -> None:
    now = int(time.time())
    with standing_in() as server:
        server.rows = [appointment(start=now, end=now + 3000)]
        school.add(
            f'[[timetable]]\nname = "portal"\nformat = "zermelo"\n'
            f'address = "{server.address}"\nsecret = "zermelo.token"'
        )
        linked = school.run(timetable, "link", typed=f"{CODE}\n")
        assert linked.exit_code == 0
        assert TOKEN not in linked.output
        assert CODE not in linked.output
        assert "1 new" in school.run(timetable, "watch", "--once").stdout
        wrong = school.run(timetable, "link", typed="999\n")
        assert "koppelcode is not accepted" in wrong.stderr


def test_only_a_portal_is_linked(exported: CommandRunner) -> None:
    assert "format = 'zermelo'" in exported.run(timetable, "link", typed="999\n").stderr


def test_show_lists_the_lessons_of_a_day(school: CommandRunner) -> None:
    school.run(timetable, "import", school.file("rooster.csv", HEADER + DUTCH + MATHS))
    lines = school.run(timetable, "show", "--date", "6-10-2026").stdout.splitlines()
    assert [line.split() for line in lines[1:]] == [
        ["1", "08:30-09:20", "B204", "h3a", "vda", "planned", "dutch"],
        ["2", "09:20-10:10", "B205,", "Aula", "h3a", "bak", "planned", "maths"],
    ]


def test_show_lists_one_room_when_asked(school: CommandRunner) -> None:
    school.run(timetable, "import", school.file("rooster.csv", HEADER + DUTCH + MATHS))
    shown = school.run(timetable, "show", "--date", "2026-10-06", "--room", "Aula").stdout
    assert "maths" in shown
    assert "dutch" not in shown


def test_what_looks_like_markup_is_shown_as_it_is(school: CommandRunner) -> None:
    row = DUTCH.replace("B204", "[red]B204[/red]")
    school.run(timetable, "import", school.file("rooster.csv", HEADER + row))
    assert "[red]B204[/red]" in school.run(timetable, "show", "--date", "2026-10-06").stdout


def test_show_says_so_when_there_is_nothing(school: CommandRunner) -> None:
    result = school.run(timetable, "show", "--date", "2026-10-06", "--room", "B204")
    assert result.stdout == "No lesson is known on 2026-10-06 in B204.\n"


def test_show_refuses_what_is_no_date(school: CommandRunner) -> None:
    result = school.run(timetable, "show", "--date", "morgen")
    assert result.exit_code == 2
    assert "'--date': found 'morgen'" in result.stderr
