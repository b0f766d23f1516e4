"""What could be seen of what devices do: one vote a device a day."""

from typing import Any

import pytest

from monitor.evidence import Evidence, HidingMethod
from monitor.release.tables import DRAWN, R1, R2, R3, R4, R5, V1
from monitor.sighting import Sighting
from tests.cast import at, client, school_snapshot, sighting, use
from tests.monitor.core.living import NEXT_MONDAY, Day, allowed


@pytest.mark.parametrize(
    ("seen", "how"),
    [
        ({"evidence": Evidence.HIDDEN, "hostname": ""}, HidingMethod.NAMELESS),
        (
            {"evidence": Evidence.HIDDEN, "hiding_method": HidingMethod.SPOOFED},
            HidingMethod.SPOOFED,
        ),
        ({"hostname": "dns.google"}, HidingMethod.RESOLVER),
        ({"hostname": "mask.icloud.com"}, HidingMethod.RELAY),
    ],
)
def test_what_hides_is_counted_under_visibility_and_nowhere_else(
    seen: dict[str, Any], how: HidingMethod
) -> None:
    day = Day().until(NEXT_MONDAY, *use(at(8, 40), **seen))
    assert day.core.health.hidden == {**dict.fromkeys(HidingMethod, 0), how: 4}
    assert seen_in(day) == {how: V1.points}
    assert not any(day.counts(table) for table in DRAWN if table not in {R5, V1})


def seen_in(day: Day) -> dict[str, int | None]:
    """Give the votes of the week, by kind of connection."""
    return {
        cell.evidence: count
        for closed in day.closed
        for cell, count in (closed.counts.get(V1) or {}).items()
        if count != 0
    }


def test_each_device_has_one_vote_a_day_on_what_could_be_seen() -> None:
    busy = [sighting(at(8, 40) + number, hostname="www.netflix.com") for number in range(90)]
    hidden = [sighting(at(9, 30) + n, hostname="", evidence=Evidence.HIDDEN) for n in range(10)]
    quiet = [sighting(at(8, 40), client("102"), evidence=Evidence.QUIC)]
    day = Day().until(NEXT_MONDAY, *busy, *hidden, *quiet)
    assert seen_in(day) == {"sni": 90, "nameless": 10, "quic": 100}


@pytest.mark.parametrize(
    ("what", "sightings"),
    [
        ("an unknown place", use(at(8, 40), b"\xc0\x00\x02\x01")),
        ("before the first bell", use(at(8, 20))),
        ("staff", use(at(8, 40), bytes((10, 1, 0, 1)))),
        ("bytes of an open connection", [sighting(at(8, 40), opens_connection=False)]),
        ("an answer of DNS", [sighting(at(8, 40), evidence=Evidence.DNS)]),
    ],
)
def test_of_some_nothing_is_seen(what: str, sightings: list[Sighting]) -> None:
    assert seen_in(Day().until(NEXT_MONDAY, *sightings)) == {}, what


def test_staff_are_not_in_the_visibility_whatever_they_consented_to() -> None:
    day = Day(school_snapshot(counts_staff=True))
    day.until(NEXT_MONDAY, *use(at(8, 40), bytes((10, 1, 0, 1))))
    assert day.counts(R1) == {("1", "", ""): 1}
    assert seen_in(day) == {}


@pytest.mark.parametrize(
    ("platforms", "found"),
    [
        (None, {}),
        (frozenset({"instagram"}), {"sni": 100}),
        (frozenset({"x"}), {"sni": 50, "quic": 50}),
    ],
)
def test_what_is_exempted_is_not_in_the_visibility(
    platforms: frozenset[str] | None, found: dict[str, int]
) -> None:
    held = school_snapshot(exemptions=allowed(platforms=platforms))
    contacts = [sighting(at(8, 40), evidence=Evidence.QUIC), sighting(at(8, 41), hostname="nos.nl")]
    assert seen_in(Day(held).until(NEXT_MONDAY, *contacts)) == found


@pytest.mark.parametrize("platforms", [None, {"instagram"}])
def test_what_is_allowed_later_is_taken_back_from_the_visibility(
    platforms: set[str] | None,
) -> None:
    day = Day().until(at(9), sighting(at(8, 40)), sighting(at(8, 41), hostname="nos.nl"))
    day.core.forget_exempted("2026-11-23/1/101", platforms)
    assert seen_in(day.until(NEXT_MONDAY)) == ({"sni": 100} if platforms else {})


def test_signing_in_counts_for_visibility_alone() -> None:
    day = Day().until(NEXT_MONDAY, *use(at(8, 40), hostname="accounts.snapchat.com"))
    assert seen_in(day) == {"sni": 100}
    assert not any(day.counts(table) for table in DRAWN if table not in {R5, V1})


def test_a_device_that_is_only_seen_is_active_nowhere() -> None:
    day = Day().until(NEXT_MONDAY, *use(at(8, 40), hostname="nos.nl"))
    assert not any(day.counts(table) for table in (R1, R2, R3, R4))


def test_a_connection_that_is_seen_again_is_hidden_once() -> None:
    hidden: dict[str, Any] = {"evidence": Evidence.HIDDEN, "hostname": ""}
    again = sighting(at(8, 41), opens_connection=False, **hidden)
    day = Day().until(at(9, 0), sighting(at(8, 40), **hidden), again)
    assert day.core.health.hidden[HidingMethod.NAMELESS] == 1
