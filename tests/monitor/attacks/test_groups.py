"""A figure of one class is found, however it came about."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from ipaddress import IPv4Network

import pytest

from monitor.attacks.groups import MeasuredHours, audit_groups, first_day_of
from monitor.place import Place
from monitor.places.prefix_map import PrefixMap
from monitor.release.figures import Figure
from monitor.release.layers import Layer, Layers
from monitor.release.tables import R1, R2, R3, R4, R5, W1
from monitor.snapshot import Snapshot
from schedules.exemption import Exemption, Exemptions, ExemptionScope
from schedules.timetable import Timetable
from tests.cast import AMSTERDAM, LAYERS, MONDAY, ROOMS, at, lessons, school_snapshot
from tests.monitor.attacks.school_week import RELEASED_AT

FIGURES = [
    Figure(R1.cell(MONDAY, ("1",)), 120, RELEASED_AT),
    Figure(R2.cell(MONDAY, ("instagram",)), 120, RELEASED_AT),
    Figure(R3.cell(MONDAY, ("3 havo",)), 120, RELEASED_AT),
    Figure(R4.cell(MONDAY, ("3 havo", "instagram")), 120, RELEASED_AT),
    Figure(W1.cell(MONDAY, ()), 120, RELEASED_AT),
]


def measured(held: Snapshot) -> MeasuredHours:
    return {
        (hour.day, hour.period): held.measure(hour) for hour in held.timetable.periods_on(MONDAY)
    }


def all_but(rooms: Iterable[str], platforms: frozenset[str] | None = None) -> Exemptions:
    exempted = [
        Exemption(
            scope=ExemptionScope.ROOM,
            target=room,
            platforms=platforms,
            granted_by="yil",
            granted_at=at(7),
            start=at(7),
            end=at(18),
        )
        for room in ROOMS
        if room not in rooms
    ]
    return Exemptions(exempted, Timetable(lessons(), AMSTERDAM))


def test_figures_of_a_whole_school_are_of_enough() -> None:
    audit = audit_groups(FIGURES, measured(school_snapshot()), LAYERS)
    assert audit == (len(FIGURES), (), len(ROOMS))


def test_figures_of_the_one_room_that_is_not_exempt_are_found() -> None:
    audit = audit_groups(FIGURES, measured(school_snapshot(exemptions=all_but("101"))), LAYERS)
    assert audit.small == tuple(figure.cell for figure in FIGURES)


def test_what_is_exempt_is_judged_by_the_rooms_that_have_a_place() -> None:
    exempt = [Figure(R5.cell(MONDAY, ()), 120, RELEASED_AT)]
    everywhere = school_snapshot(exemptions=all_but(()))
    assert audit_groups(exempt, measured(everywhere), LAYERS).small == ()
    two_rooms = [(IPv4Network(f"10.0.{room}.0/24"), Place(room)) for room in ROOMS[:2]]
    few = replace(everywhere, prefixes=PrefixMap(two_rooms))
    assert audit_groups(exempt, measured(few), LAYERS).small == (exempt[0].cell,)


def test_where_one_platform_is_exempt_its_figures_are_found() -> None:
    held = school_snapshot(exemptions=all_but((), frozenset({"instagram"})))
    small = audit_groups(FIGURES, measured(held), LAYERS).small
    assert {cell.platform for cell in small} == {"instagram", ""}
    tiktok = [Figure(R2.cell(MONDAY, ("tiktok",)), 120, RELEASED_AT)]
    assert audit_groups(tiktok, measured(held), LAYERS).small == ()


def test_a_layer_that_is_too_small_is_found() -> None:
    little = Layers((Layer("3 havo", 60, ("h3*",)), Layer("3 vwo", 440, ("v3*",))))
    held = school_snapshot(layers=little)
    small = audit_groups(FIGURES, measured(held), little).small
    assert {cell.layer for cell in small} == {"3 havo"}


def test_no_figure_is_of_nobody_and_what_the_timetable_has_lost_is_not_judged() -> None:
    none = [Figure(figure.cell, None, RELEASED_AT) for figure in FIGURES]
    assert audit_groups(none, measured(school_snapshot()), LAYERS) == (0, (), None)
    assert audit_groups(FIGURES, {}, LAYERS) == (0, (), None)


def test_a_layer_that_is_called_otherwise_since_is_not_judged() -> None:
    renamed = [Figure(R3.cell(MONDAY, ("3 havo/mavo",)), 120, RELEASED_AT)]
    assert audit_groups(renamed, measured(school_snapshot()), LAYERS).judged == 0


@pytest.mark.parametrize(("weeks", "first"), [(0, MONDAY), (12, MONDAY.replace(month=12, day=21))])
def test_days_are_looked_at_as_long_as_daily_figures_are_kept(weeks: int, first: date) -> None:
    assert first_day_of(FIGURES, MONDAY + timedelta(weeks=weeks)) == first
    assert first_day_of([], MONDAY) == MONDAY
