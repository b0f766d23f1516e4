"""No figure is released of a group that is too small, whatever the roster, the timetable, the
settings and the exemptions, and nothing else decides it: never traffic.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.core import ClosedSlot, Core
from monitor.health import Health
from monitor.release.layers import Layer, Layers
from monitor.release.tables import (
    MIN_LAYER_PUPILS,
    MIN_ROOMS,
    MIN_SCHOOL_PUPILS,
    Cell,
    TableName,
)
from monitor.snapshot import Snapshot
from tests.cast import ROOMS, at, client, lesson, school_snapshot, use
from tests.privacy.attacks import by_difference, by_settings, isolating

rosters = st.lists(st.integers(0, 300), max_size=6).map(
    lambda sizes: Layers(tuple(Layer(f"L{n}", size, (f"g{n}*",)) for n, size in enumerate(sizes)))
)
rooms = st.integers(1, len(ROOMS))
active = st.lists(st.tuples(st.sampled_from(ROOMS), st.integers(1, 30)), max_size=20)


def school(layers: Layers, held: int) -> Snapshot:
    names = [layer.name[1:] for layer in layers.roster] or ["0"]
    timetable = [
        lesson(room, groups=(f"g{names[n % len(names)]}-{room}",))
        for n, room in enumerate(ROOMS[:held])
    ]
    return school_snapshot(timetable, layers=layers)


def closed(held: Snapshot, devices: list[tuple[str, int]]) -> list[ClosedSlot]:
    core = Core(held, Health(), at(8))
    sightings = sorted(s for room, number in devices for s in use(at(8, 40), client(room, number)))
    for sighting in sightings:
        core.receive_sighting(sighting)
    return core.tick(at(8, 1)) + core.tick(at(8, 31)) + core.tick(at(18))


def cells(released: list[ClosedSlot]) -> Iterator[Cell]:
    for slot in released:
        for counts in slot.counts.values():
            yield from counts


@settings(max_examples=50)
@given(rosters, rooms, active)
def test_no_release_is_below_a_floor(
    layers: Layers, held: int, devices: list[tuple[str, int]]
) -> None:
    for cell in cells(closed(school(layers, held), devices)):
        assert layers.pupils >= MIN_SCHOOL_PUPILS
        if cell.table is TableName.LESSON_HOURS:
            assert held >= MIN_ROOMS
        if cell.layer:
            inside = [
                layer.pupils
                for layer in layers.roster
                if layers.released_layer(layer.name) == cell.layer
            ]
            assert sum(inside) >= MIN_LAYER_PUPILS


@settings(max_examples=50)
@given(rosters, rooms, active)
def test_which_cells_there_are_does_not_depend_on_traffic(
    layers: Layers, held: int, devices: list[tuple[str, int]]
) -> None:
    busy, silent = (closed(school(layers, held), who) for who in (devices, []))
    assert list(cells(busy)) == list(cells(silent))


@pytest.mark.parametrize("way", isolating.WAYS)
def test_a_class_that_is_isolated_has_no_figure(way: str) -> None:
    assert by_settings.count_told(isolating.WAYS[way]()) == 0


def test_among_all_others_it_is_counted() -> None:
    whole = isolating.Isolation(isolating.school())
    assert by_settings.count_told(whole) > 0


def test_what_a_class_left_out_for_weeks_tells_is_what_is_said() -> None:
    """No floor holds against that: each figure is of all others, or of all."""
    weeks = min(by_difference.SAID)
    said = by_difference.SAID[weeks]
    assert by_difference.advantage(weeks) == pytest.approx(said, abs=by_difference.ERROR)
    document = (Path(__file__).parents[2] / "docs" / "privacy.md").read_text("utf-8")
    assert f"{said}".replace(".", ",") in document


@pytest.mark.parametrize(
    ("mutant", "way"),
    [(mutant, way) for _, mutant, way in by_settings.MUTANTS],
    ids=[f"{floor}: {way}" for floor, _, way in by_settings.MUTANTS],
)
def test_a_floor_of_anything_else_tells_it(
    mutant: Callable[[], AbstractContextManager[None]], way: str
) -> None:
    with mutant():
        assert by_settings.count_told(isolating.WAYS[way]()) > 0
