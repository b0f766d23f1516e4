"""Who looks at itself: each only at itself, once, and without a count that changes by it."""

import pytest

from monitor.activity.device_use import MAX_CONNECTIONS
from monitor.core import ClosedSlot, Core
from monitor.health import Health
from monitor.identity import DeviceNames
from monitor.own_device.device_session import EndReason
from monitor.own_device.session_registry import MAX_SESSIONS, SessionRegistry
from monitor.place import Place
from monitor.places.binding_table import BindingTable
from monitor.places.bindings import BindingSource, SessionUpdate
from tests.cast import at, client, school_snapshot, sighting, use

OPENED = at(8, 40)
PHONE, OTHER = client("101", 1), client("101", 2)


@pytest.fixture
def core() -> Core:
    return Core(school_snapshot(), Health(), at(7, 30))


def test_a_device_sees_itself_and_nobody_else(core: Core) -> None:
    looks = SessionRegistry()
    own, others = looks.open_session(core, PHONE, OPENED), looks.open_session(core, OTHER, OPENED)
    looks.receive_sighting(sighting(OPENED, PHONE, hostname="www.tiktok.com"), core)
    looks.receive_sighting(sighting(OPENED, OTHER, hostname="x.com"), core)
    looks.receive_sighting(sighting(OPENED, client("102", 1)), core)
    assert [line.hostname for line in own.new_lines(OPENED)] == ["www.tiktok.com"]
    assert [line.hostname for line in others.new_lines(OPENED)] == ["x.com"]


def test_nothing_is_left_when_it_closes(core: Core) -> None:
    looks = SessionRegistry()
    look = looks.open_session(core, PHONE, OPENED)
    looks.close_session(look)
    assert looks.by_device == {}
    looks.receive_sighting(sighting(OPENED, PHONE), core)
    assert look.new_lines(OPENED) == []


def test_opened_again_it_begins_anew(core: Core) -> None:
    looks = SessionRegistry()
    before = looks.open_session(core, PHONE, OPENED, "Firefox")
    now = looks.open_session(core, PHONE, OPENED + 5, "Firefox")
    assert (before.end_reason, now.end_reason) == (EndReason.REPLACED, None)
    looks.close_session(before)  # its connection ends after the new one has begun
    assert looks.by_device == {PHONE: now}


def test_a_device_is_known_by_its_mac_address_too(core: Core) -> None:
    """A phone that opens the page over IPv4 sees what it does over IPv6."""
    table, other = BindingTable(), bytes((32, 1)) + bytes(13) + b"\x09"
    named = DeviceNames(hardware=b"phone")
    table.record(
        SessionUpdate(
            BindingSource.RADIUS, b"a", (PHONE, other), Place("101"), at(8), at(18), names=named
        )
    )
    core.bindings = table.snapshot()
    looks = SessionRegistry()
    look = looks.open_session(core, PHONE, OPENED)
    looks.receive_sighting(sighting(OPENED, other), core)
    looks.receive_sighting(sighting(OPENED, client("101", 9), hardware=b"phone"), core)
    assert len(look.new_lines(OPENED)) == 2
    looks.close_session(look)
    assert looks.by_device == {}


def test_two_browsers_behind_one_address_may_be_two_people(core: Core) -> None:
    looks = SessionRegistry()
    before = looks.open_session(core, PHONE, OPENED, "Firefox")
    now = looks.open_session(core, PHONE, OPENED + 5, "Chromium")
    assert (before.end_reason, now.end_reason) == (EndReason.SHARED, EndReason.SHARED)
    assert looks.by_device == {}


def test_an_address_that_the_lesson_has_found_to_be_shared_is_refused(core: Core) -> None:
    for number in range(MAX_CONNECTIONS + 1):
        core.receive_sighting(sighting(at(8, 31) + number, PHONE))
    looks = SessionRegistry()
    assert looks.open_session(core, PHONE, OPENED).end_reason is EndReason.SHARED
    assert looks.open_session(core, OTHER, OPENED).end_reason is None


def test_there_is_room_for_so_many(core: Core) -> None:
    looks = SessionRegistry()
    for number in range(MAX_SESSIONS):
        assert looks.open_session(core, client("101", number + 1), OPENED).end_reason is None
    assert looks.open_session(core, client("102", 1), OPENED).end_reason is EndReason.FULL
    assert looks.open_session(core, client("101", 1), OPENED).end_reason is None, (
        "it gives its own up"
    )


def test_nothing_is_counted_more_or_less_for_looking() -> None:
    """The same day, with every device of a room looking at itself, and with nobody looking."""

    def lived(*, is_looked: bool) -> tuple[list[ClosedSlot], Health]:
        health = Health()
        core, looks = Core(school_snapshot(), health, at(7, 30)), SessionRegistry()
        own = [looks.open_session(core, client("101", n), OPENED) for n in range(1, 9) if is_looked]
        sightings = [s for n in range(1, 9) for s in use(OPENED + n, client("101", n))]
        for device_sighting in sorted(sightings):
            core.receive_sighting(device_sighting)
            looks.receive_sighting(device_sighting, core)
            for look in own:
                look.new_lines(device_sighting.timestamp)
        closed = [slot for m in range(2, 630) for slot in core.tick(at(7, 30) + 60 * m)]
        health.publish()
        return closed, health

    (seen, seen_health), (unseen, unseen_health) = lived(is_looked=True), lived(is_looked=False)
    assert seen == unseen
    assert any(
        count == 8 for slot in seen for cells in slot.counts.values() for count in cells.values()
    )
    assert seen_health.published == unseen_health.published
