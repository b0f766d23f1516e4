"""The truth keeps to the tables' bounds; it is made by hand here, act by act."""

from collections import Counter
from datetime import timedelta

from monitor.release.tables import R5, S1, TABLES, V1, Cell, TableName
from simulation.school.school import SimulatedDevice, SimulatedSchool
from simulation.traffic.behaviour import SimulatedUse
from simulation.traffic.hostnames import PLATFORMS
from simulation.truth import HEADER, GroundTruth
from tests.simulation.cast import MONDAY

PUPIL, OTHER = SimulatedSchool(48).devices[:2]
NAMES = [hosts.platform for hosts in PLATFORMS]


def truth(*hours: list[SimulatedUse], layers: dict[str, str] | None = None) -> GroundTruth:
    counted = GroundTruth({"brugklas": "brugklas"} if layers is None else layers)
    counted.add_day(MONDAY, dict(enumerate(hours, start=1)))
    return counted


def used(*platforms: str, by: SimulatedDevice = PUPIL) -> list[SimulatedUse]:
    return [SimulatedUse(float(n), by, platform) for n, platform in enumerate(platforms)]


def total(counted: GroundTruth, table: TableName) -> int:
    return sum(count for cell, count in counted.cells.items() if cell.table is table)


def test_a_device_in_two_lessons_on_two_platforms() -> None:
    counted = truth(used("x", "tiktok"), used("x"))
    assert total(counted, TableName.LESSON_HOURS) == 2
    assert total(counted, TableName.PLATFORMS) == 2
    assert total(counted, TableName.LAYERS) == 1
    assert counted.cells[Cell(TableName.LAYER_PLATFORMS, MONDAY, "", "brugklas", "x")] == 1


def test_a_device_adds_six_lesson_hours_and_four_platforms_a_day() -> None:
    counted = truth(used(*NAMES), *[used("x")] * 8)
    assert total(counted, TableName.LESSON_HOURS) == 6
    assert counted.cells[Cell(TableName.LESSON_HOURS, MONDAY, period="7")] == 0
    assert total(counted, TableName.PLATFORMS) == 4
    assert counted.cells[Cell(TableName.PLATFORMS, MONDAY, platform=NAMES[4])] == 0
    assert total(counted, TableName.LAYER_PLATFORMS) == 4


def test_what_is_written_down_is_what_caps_cut_away_too() -> None:
    counted = truth(used(*NAMES), *[used("x")] * 8)
    assert counted.true_cells[Cell(TableName.LESSON_HOURS, MONDAY, period="9")] == 1
    assert counted.true_cells[Cell(TableName.PLATFORMS, MONDAY, platform=NAMES[4])] == 1
    assert counted.true_cells[Cell(TableName.WEEK, MONDAY)] == 9
    assert f"W1,{MONDAY},,,,,,9" in counted.format_csv().splitlines()


def test_it_knows_how_far_a_device_goes_beyond_the_caps() -> None:
    counted = truth(used(*NAMES), *[used("x")] * 7)
    assert counted.cells[Cell(TableName.HOURS_BEYOND, MONDAY, beyond="2")] == 1
    assert counted.cells[Cell(TableName.PLATFORMS_BEYOND, MONDAY, beyond="3")] == 1
    assert total(counted, TableName.HOURS_BEYOND) == total(counted, TableName.PLATFORMS_BEYOND) == 1


def test_a_week_adds_up_its_days() -> None:
    counted = truth(used("x"), used("x", by=OTHER))
    counted.add_day(MONDAY + timedelta(days=4), {1: used("x")})
    assert counted.cells[Cell(TableName.WEEK, MONDAY)] == 3
    assert counted.cells[Cell(TableName.WEEK_PLATFORMS, MONDAY, platform="x")] == 3
    assert counted.cells[Cell(TableName.LAYER_PLATFORMS, MONDAY, "", "brugklas", "x")] == 3


def test_a_layer_without_a_figure_counts_in_the_school_only() -> None:
    counted = truth(used("x"), layers={"brugklas": ""})
    assert total(counted, TableName.PLATFORMS) == 1
    assert total(counted, TableName.LAYERS) == total(counted, TableName.LAYER_PLATFORMS) == 0


def test_every_cell_is_written_also_when_it_is_empty() -> None:
    rows = truth(used("x")).format_csv().splitlines()
    assert rows[0] == HEADER
    assert f"R2,{MONDAY},,,linkedin,,,0" in rows
    assert f"R4,{MONDAY},,brugklas,x,,,1" in rows
    number = Counter(row.partition(",")[0] for row in rows[1:])
    assert number.keys() == {*TABLES} - {R5.name, S1.name, V1.name}, "of these it does not know it"
    assert [number[f"R{table}"] for table in range(1, 5)] == [1, 9, 1, 9]
    assert (number["W1"], number["W2"], number["B1"], number["B2"]) == (1, 9, 3, 3)
