"""`lesrust timetable`: all of a file, or nothing of it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from monitor.commands.timetable import timetable
from monitor.settings import DATABASE_VARIABLE
from schedules import store
from schedules.models import AuditEntry
from tests.monitor.commands.school import School
from tests.schedules.cast import AMSTERDAM, TUESDAY, lesson

pytestmark = pytest.mark.store

HEADER = "id,date,start,end,period,rooms,groups,teachers,status\n"
DUTCH = "dutch,2026-10-06,08:30,09:20,1,B204,h3a,vda,\n"
MATHS = "maths,2026-10-06,09:20,10:10,2,B205|Aula,h3a,bak,\n"


def stored() -> list[str]:
    loaded = store.load_timetable(AMSTERDAM, TUESDAY, TUESDAY)
    return sorted(each.instance for each in loaded.lessons)


def test_import_says_what_it_reads_and_changes(school: School) -> None:
    file = school.file("rooster.csv", HEADER + DUTCH + MATHS)
    result = school.run(timetable, "import", file, "--by", "beheer")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"{file}: 2 lessons in 3 rooms on 1 days, 2026-10-06 to 2026-10-06",
        "2 new, 0 changed, 0 gone, 0 the same",
        "Note: 1 rooms have no [[place]], so nothing is counted there: Aula",
        "Applied.",
    ]
    assert stored() == ["dutch", "maths"]
    assert [entry.by for entry in AuditEntry.objects.all()] == ["beheer"]


def test_what_one_process_imports_another_shows(tmp_path: Path) -> None:
    School(tmp_path)
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


def test_a_later_import_says_what_is_different(school: School) -> None:
    school.run(timetable, "import", school.file("1.csv", HEADER + DUTCH + MATHS))
    moved = DUTCH.replace("B204", "B205")
    new = MATHS.replace("maths", "art")
    result = school.run(timetable, "import", school.file("2.csv", HEADER + moved + new))
    assert "1 new, 1 changed, 1 gone, 0 the same" in result.stdout
    assert stored() == ["art", "dutch"]


def test_a_dry_run_changes_nothing(school: School) -> None:
    file = school.file("rooster.csv", HEADER + DUTCH)
    result = school.run(timetable, "import", file, "--dry-run")
    assert result.exit_code == 0
    assert "1 new" in result.stdout
    assert "dry run" in result.stdout
    assert stored() == []


def test_of_a_file_with_a_mistake_nothing_is_applied(school: School) -> None:
    school.run(timetable, "import", school.file("1.csv", HEADER + DUTCH))
    wrong = MATHS.replace("09:20", "25:00")
    file = school.file("2.csv", HEADER + DUTCH.replace("B204", "B205") + wrong)
    result = school.run(timetable, "import", file)
    assert result.exit_code == 2
    assert result.stderr == (
        f"lesrust: {file}, line 3, column start: found '25:00'; allowed: a time such as 08:30\n"
    )
    assert store.lesson("dutch") == lesson()


def test_a_name_of_another_source_is_refused(school: School) -> None:
    file = school.file("rooster.csv", HEADER + DUTCH)
    school.run(timetable, "import", file, "--source", "main building")
    result = school.run(timetable, "import", file, "--source", "annexe")
    assert result.exit_code == 2
    assert "main building" in result.stderr


def test_a_file_that_is_not_there_is_an_error(school: School) -> None:
    assert school.run(timetable, "import", "nothing.csv").exit_code == 2


def test_show_lists_the_lessons_of_a_day(school: School) -> None:
    school.run(timetable, "import", school.file("rooster.csv", HEADER + DUTCH + MATHS))
    lines = school.run(timetable, "show", "--date", "6-10-2026").stdout.splitlines()
    assert [line.split() for line in lines[1:]] == [
        ["1", "08:30-09:20", "B204", "h3a", "vda", "planned", "dutch"],
        ["2", "09:20-10:10", "B205,", "Aula", "h3a", "bak", "planned", "maths"],
    ]


def test_show_lists_one_room_when_asked(school: School) -> None:
    school.run(timetable, "import", school.file("rooster.csv", HEADER + DUTCH + MATHS))
    shown = school.run(timetable, "show", "--date", "2026-10-06", "--room", "Aula").stdout
    assert "maths" in shown
    assert "dutch" not in shown


def test_what_looks_like_markup_is_shown_as_it_is(school: School) -> None:
    row = DUTCH.replace("B204", "[red]B204[/red]")
    school.run(timetable, "import", school.file("rooster.csv", HEADER + row))
    assert "[red]B204[/red]" in school.run(timetable, "show", "--date", "2026-10-06").stdout


def test_show_says_so_when_there_is_nothing(school: School) -> None:
    result = school.run(timetable, "show", "--date", "2026-10-06", "--room", "B204")
    assert result.stdout == "No lesson is known on 2026-10-06 in B204.\n"


def test_show_refuses_what_is_no_date(school: School) -> None:
    result = school.run(timetable, "show", "--date", "morgen")
    assert result.exit_code == 2
    assert "--date: found 'morgen'" in result.stderr
