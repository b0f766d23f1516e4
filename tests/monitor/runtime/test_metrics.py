"""What Prometheus reads."""

from dataclasses import replace
from datetime import UTC, datetime
from math import isnan

from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from monitor.release.figures import CountEstimate, CountInterval, Figure
from monitor.release.tables import R1, R2, R4, TABLES, Cell
from monitor.runtime.metrics import BOUNDS, EPSILON, RELEASED_AT, Gauges
from tests.cast import MONDAY

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
ALL_TYPES = {"gauge"}


def gauges() -> Gauges:
    return Gauges(["1", "2"], ["3 havo"], ["instagram", "x"])


def values(of: Gauges) -> dict[frozenset[str], float]:
    text = generate_latest(of.registry).decode()
    return {
        frozenset({sample.name, *sample.labels.values()}): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_every_series_is_there_before_the_first_figure() -> None:
    before = gauges()
    known = values(before).keys()
    before.update([Figure(Cell(R1.name, MONDAY, "1"), 85, NOW)])
    assert values(before).keys() == known
    loss = frozenset({EPSILON})
    assert all(isnan(value) for name, value in values(gauges()).items() if name != loss)


def test_what_the_figures_lose_together_is_shown() -> None:
    assert values(gauges())[frozenset({EPSILON})] == 1
    assert values(Gauges([], [], [], epsilon=0.5))[frozenset({EPSILON})] == 0.5


def test_a_released_figure_is_shown_with_its_interval() -> None:
    shown = gauges()
    shown.update([Figure(Cell(R1.name, MONDAY, "1"), 83, NOW)])
    read = values(shown)
    name = "lesrust_lesson_hour_devices"
    assert [read[frozenset({name, "1", bound})] for bound in ("value", "low", "high")] == [
        85,
        35,
        135,
    ]
    assert read[frozenset({"lesrust_released_timestamp_seconds", "R1"})] == NOW.timestamp()


def test_an_estimate_is_a_number_of_its_own_and_at_least_has_no_upper_end() -> None:
    shown = gauges()
    estimate = CountEstimate(104, CountInterval(84, 124))
    figure = Figure(Cell(R1.name, MONDAY, "1"), 96, NOW, interval=CountInterval(72, None))
    shown.update([replace(figure, estimate=estimate)])
    read = values(shown)
    found = {
        bound: read[frozenset({"lesrust_lesson_hour_devices", "1", bound})] for bound in BOUNDS
    }
    assert isnan(found.pop("high"))
    assert found == {
        "value": 95,
        "low": 70,
        "estimate": 105,
        "estimate_low": 80,
        "estimate_high": 125,
    }


def test_a_small_figure_has_an_interval_and_no_value() -> None:
    shown = gauges()
    shown.update([Figure(Cell(R2.name, MONDAY, platform="x"), 9, NOW)])
    read = values(shown)
    name = "lesrust_day_platform_devices"
    assert isnan(read[frozenset({name, "x", "value"})])
    assert read[frozenset({name, "x", "low"})] == 0


def test_no_figure_takes_the_place_of_the_figure_before_it() -> None:
    shown = gauges()
    cell = Cell(R4.name, MONDAY, layer="3 havo", platform="x")
    for drawn in (100, None):
        shown.update([Figure(cell, drawn, NOW)])
    name = "lesrust_week_layer_platform_device_days"
    assert isnan(values(shown)[frozenset({name, "3 havo", "x", "value"})])


def test_a_cell_that_was_not_declared_makes_no_series() -> None:
    shown = gauges()
    known = values(shown).keys()
    shown.update([Figure(Cell(R1.name, MONDAY, "9"), 85, NOW)])
    assert values(shown).keys() == known


def test_there_are_only_gauges_of_declared_tables() -> None:
    text = generate_latest(gauges().registry).decode()
    families = list(text_string_to_metric_families(text))
    assert {family.type for family in families} == ALL_TYPES
    names = {table.metric.name for table in TABLES.values()}
    assert {family.name for family in families} == names | {RELEASED_AT, EPSILON}
