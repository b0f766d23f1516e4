"""What is read of the sources of a school."""

from pathlib import Path

from monitor.configuration import load_configuration
from monitor.timetables.reading import TimetableReader
from schedules.calendar import DateRange
from tests.schedules.cast import TUESDAY, at

BRANCHES = """
[school]
name = "Het Voorbeeld"

[[timetable]]
name = "untis"
format = "untis"
path = "main"

[[timetable]]
name = "dependance"
format = "untis"
path = "annexe"
branch = "dependance"

[[bells]]
hours = ["1 08:30-09:20"]

[[bells]]
branch = "dependance"
hours = ["1 08:45-09:35"]
"""


def test_two_branches_number_their_lessons_alike_and_have_bells_of_their_own(
    tmp_path: Path,
) -> None:
    (tmp_path / "lesrust.toml").write_text(BRANCHES)
    for folder in ("main", "annexe"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "GPU001.TXT").write_text('133;"h3a";"VDA";"NE";"B204";2;1;;\n')
    settings = load_configuration(tmp_path / "lesrust.toml")
    reader = TimetableReader(settings, DateRange(TUESDAY, TUESDAY))
    main, annexe = (reader.of_source(source).lessons[0] for source in settings.timetables)
    assert (main.instance, main.start.timestamp()) == ("untis-133-20261006-1", at("08:30"))
    assert annexe.instance == "dependance/untis-133-20261006-1"
    assert annexe.start.timestamp() == at("08:45")
