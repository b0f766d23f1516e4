"""What one device sees of itself, on event time, beside a core that counts it."""

from dataclasses import replace

import pytest

from monitor.activity.device_use import MAX_CONNECTIONS
from monitor.catalogue import HostnameRole
from monitor.core import Core
from monitor.evidence import Evidence, HidingMethod
from monitor.health import Health
from monitor.identity import DeviceNames
from monitor.locate import DropReason
from monitor.own_device.device_session import (
    MAX_QUEUED,
    MAX_REPORT_INTERVAL,
    DeviceSession,
    EndReason,
)
from monitor.place import Place
from monitor.places.binding_table import BindingTable
from monitor.places.bindings import BindingSource, SessionEnd, SessionUpdate
from monitor.sighting import Sighting
from monitor.snapshot import Snapshot
from schedules.exemption import Exemption, Exemptions, ExemptionScope, TimeSpan
from schedules.timetable import Timetable
from tests.cast import AMSTERDAM, at, client, lesson, lessons, school_snapshot, sighting, use

OPENED = at(8, 40)
STAFF = bytes((10, 1, 0, 9))
NOWHERE = bytes((192, 0, 2, 9))


def looking(
    held: Snapshot | None = None, who: bytes | None = None, moment: float = OPENED
) -> DeviceSession:
    return DeviceSession(
        Core(held or school_snapshot(), Health(), at(7, 30)), who or client(), moment
    )


def given(look: DeviceSession, *sightings: Sighting) -> DeviceSession:
    for device_sighting in sightings:
        look.queue_sighting(device_sighting)
    return look


def allowed(**changes: object) -> Exemptions:
    fields = {
        "scope": ExemptionScope.LESSON,
        "target": lesson("101").instance,
        "platforms": None,
        "granted_by": "MUL",
        "granted_at": at(8, 30),
    }
    return Exemptions(
        [Exemption(**{**fields, **changes})],  # type: ignore[arg-type]
        Timetable(lessons(), AMSTERDAM),
    )


class TestALine:
    def test_says_what_a_sighting_was_taken_for(self) -> None:
        seen = sighting(OPENED + 5, up=500, down=2_000, evidence=Evidence.QUIC)
        (line,) = given(looking(), seen).new_lines(OPENED + 6)
        assert (line.timestamp, line.hostname) == (OPENED + 5, "i.instagram.com")
        assert (line.match.platform, line.match.role) == ("instagram", HostnameRole.APP)
        assert (line.evidence, line.opens_connection, line.bytes_carried) == (
            Evidence.QUIC,
            True,
            2_500,
        )
        assert line.drop_reason is None
        assert not line.is_active

    def test_says_when_the_device_is_active_by_the_rule_that_counts(self) -> None:
        look = looking()
        active = [
            line.is_active
            for device_sighting in use(OPENED + 5)
            for line in given(look, device_sighting).new_lines(device_sighting.timestamp + 1)
        ]
        assert active == [False, True, True, True]
        assert look.overview(at(8, 44)).active == ("instagram",)

    def test_is_judged_by_what_was_seen_once_however_often_it_is_asked(self) -> None:
        look = looking()
        for half in range(3):
            moment = OPENED + 30 * half
            given(look, sighting(moment, down=20_000))
            shared = "scontent-ams4-1.cdninstagram.com"
            given(look, sighting(moment, hostname=shared, down=8_000))
        for second in range(100):
            given(look, sighting(OPENED + 90 + second / 100)).new_lines(OPENED + 91)
        assert look.overview(OPENED + 92).active == ()

    def test_says_what_is_not_counted_and_why(self) -> None:
        away = looking(school_snapshot(timetable=[]))
        for look, seen, why in (
            (away, sighting(OPENED), DropReason.NO_LESSON),
            (looking(who=NOWHERE), sighting(OPENED, NOWHERE), DropReason.UNKNOWN_PLACE),
            (looking(who=STAFF), sighting(OPENED, STAFF), DropReason.STAFF),
            (looking(school_snapshot(exemptions=allowed())), sighting(OPENED), DropReason.EXEMPT),
            (looking(), sighting(OPENED, hostname="accounts.snapchat.com"), DropReason.SIGNING_IN),
        ):
            (line,) = given(look, seen).new_lines(OPENED + 1)
            assert line.drop_reason is why
            assert look.overview(OPENED + 1).active == ()

    def test_a_weblog_is_known_by_its_alias(self) -> None:
        seen = sighting(OPENED, hostname="www.voorbeeldschool.nl", cname="lb.wordpress.com")
        (line,) = given(looking(), seen).new_lines(OPENED)
        assert line.match.platform == "weblogs"

    def test_what_is_of_no_platform_or_hidden_has_none_and_is_counted(self) -> None:
        look = given(
            looking(),
            sighting(OPENED, hostname="www.magister.net"),
            sighting(
                OPENED,
                hostname="",
                evidence=Evidence.HIDDEN,
                hiding_method=HidingMethod.ENCRYPTED_HELLO,
            ),
            sighting(OPENED, hostname="i.instagram.com", evidence=Evidence.HIDDEN),
            sighting(OPENED),
        )
        assert [line.hostname for line in look.new_lines(OPENED)] == ["i.instagram.com"]
        overview = look.overview(OPENED)
        assert (overview.connections, overview.to_platforms) == (3, 1)
        assert overview.evidence == {Evidence.SNI: 2, Evidence.HIDDEN: 1}
        assert overview.hidden == {HidingMethod.ENCRYPTED_HELLO: 1}


class TestOnlyFromThatMoment:
    def test_what_came_before_does_not_make_it_active(self) -> None:
        """Whoever had the address until now is nobody's business."""
        core = Core(school_snapshot(), Health(), at(7, 30))
        for device_sighting in use(OPENED - 200):
            core.receive_sighting(device_sighting)
        look = DeviceSession(core, client(), OPENED)
        (line,) = given(look, sighting(OPENED + 40)).new_lines(OPENED + 41)
        assert not line.is_active

    def test_a_connection_that_is_open_is_not_shown_while_it_tells_of_before(self) -> None:
        look, open_one = looking(), sighting(OPENED + 10, opens_connection=False, down=900_000)
        assert given(look, open_one).new_lines(OPENED + 11) == []
        later = open_one._replace(timestamp=OPENED + MAX_REPORT_INTERVAL)
        assert [line.opens_connection for line in given(look, later).new_lines(OPENED + 40)] == [
            False
        ]

    def test_a_name_that_did_not_come_is_not_counted_while_it_tells_of_before(self) -> None:
        look = looking()
        nameless = sighting(OPENED + 10, hostname="", evidence=Evidence.HIDDEN)
        given(look, nameless).new_lines(OPENED + 11)
        assert look.overview(OPENED + 11).connections == 0
        given(look, nameless._replace(timestamp=OPENED + MAX_REPORT_INTERVAL)).new_lines(
            OPENED + 40
        )
        assert look.overview(OPENED + 40).hidden == {HidingMethod.NAMELESS: 1}


class TestAnExemption:
    def test_that_looks_back_takes_away_that_it_was_active(self) -> None:
        core = Core(school_snapshot(), Health(), at(7, 30))
        look = DeviceSession(core, client(), OPENED)
        given(look, *use(OPENED + 1)).new_lines(at(8, 44))
        core.snapshot = school_snapshot(exemptions=allowed(granted_at=at(8, 45)))
        look.new_lines(at(8, 45))
        assert look.overview(at(8, 45)).active == ()

    def test_in_a_double_booking_is_held_under_the_lesson_of_record(self) -> None:
        other = lesson("102", instance="other", rooms=("101", "102"))
        core = Core(school_snapshot([*lessons(), other]), Health(), at(7, 30))
        look = DeviceSession(core, client(), OPENED)
        given(look, *use(OPENED + 1)).new_lines(at(8, 44))
        assert look.overview(at(8, 44)).active == ("instagram",)
        core.snapshot = school_snapshot(
            [*lessons(), other],
            Exemptions(
                [
                    Exemption(
                        scope=ExemptionScope.LESSON,
                        target="other",
                        platforms=None,
                        granted_by="MUL",
                        granted_at=at(8, 45),
                    )
                ],
                Timetable([*lessons(), other], AMSTERDAM),
            ),
        )
        look.new_lines(at(8, 45))
        assert look.overview(at(8, 45)).active == ()


class TestTheOverview:
    def test_says_where_the_device_is_and_which_lesson_is_held_there(self) -> None:
        overview = looking().overview(OPENED)
        assert overview.place == Place("101")
        assert (overview.period, overview.lesson_end) == ("1", at(9, 20))

    def test_says_that_the_place_is_not_known(self) -> None:
        overview = looking(who=NOWHERE).overview(OPENED)
        assert (overview.place, overview.period) == (None, "")

    def test_says_how_many_came_too_fast(self) -> None:
        look = given(looking(), *(sighting(OPENED + 1) for _ in range(MAX_QUEUED + 3)))
        assert look.overview(OPENED + 1).missed == 3


class TestItEnds:
    def test_when_more_is_opened_than_one_device_can(self) -> None:
        look = looking(school_snapshot(timetable=[]))
        for number in range(MAX_CONNECTIONS + 1):
            lines = given(look, sighting(OPENED + number)).new_lines(OPENED + number)
        assert look.end_reason is EndReason.SHARED
        assert lines == []

    def test_when_the_address_becomes_another_session_s(self) -> None:
        phone, later = bytes((10, 99, 0, 1)), at(8, 50)
        table, core = BindingTable(), Core(school_snapshot(), Health(), at(7, 30))
        table.record(
            SessionUpdate(BindingSource.RADIUS, b"a", (phone,), Place("101"), at(8), at(18))
        )
        core.bindings = table.snapshot()
        look = DeviceSession(core, phone, OPENED)
        assert given(look, sighting(OPENED, phone)).new_lines(OPENED)
        table.record(SessionEnd(BindingSource.RADIUS, b"a", later))
        table.record(
            SessionUpdate(BindingSource.RADIUS, b"b", (phone,), Place("102"), later, at(18))
        )
        core.bindings = table.snapshot()
        assert given(look, sighting(later, phone)).new_lines(later) == []
        assert look.end_reason is EndReason.MOVED


PHONE, PREFIX = bytes((10, 99, 0, 1)), bytes((32, 1, 13, 184, 0, 0, 0, 9))
OWN, TEMPORARY = PREFIX + bytes(8), PREFIX + bytes((7,) * 8)
ITSELF, ANOTHER = DeviceNames(hardware=b"phone"), DeviceNames(hardware=b"laptop")


def told(
    session: bytes,
    *addresses: bytes,
    names: DeviceNames = ITSELF,
    since: float = at(8),
    source: BindingSource = BindingSource.RADIUS,
) -> SessionUpdate:
    return SessionUpdate(source, session, addresses, Place("101"), since, at(18), names=names)


class TestOneDevice:
    @pytest.fixture
    def table(self) -> BindingTable:
        return BindingTable()

    @pytest.fixture
    def core(self) -> Core:
        return Core(school_snapshot(), Health(), at(7, 30))

    def look(self, core: Core, table: BindingTable, who: bytes = PHONE) -> DeviceSession:
        core.bindings = table.snapshot()
        return DeviceSession(core, who, OPENED)

    def test_sees_every_address_that_its_own_mac_address_was_told_with(
        self, core: Core, table: BindingTable
    ) -> None:
        table.record(told(b"a", PHONE, OWN))
        table.record(told(b"b", TEMPORARY, source=BindingSource.NEIGHBOUR))
        look = self.look(core, table, OWN)
        seen = [sighting(OPENED, address) for address in (PHONE, OWN, TEMPORARY)]
        assert len(given(look, *seen).new_lines(OPENED)) == 3
        assert look.end_reason is None

    def test_in_a_prefix_that_another_session_has_sees_nothing_of_that_session(
        self, core: Core, table: BindingTable
    ) -> None:
        table.record(told(b"a", PHONE, PREFIX))
        neighbour = self.look(core, table, TEMPORARY)
        assert neighbour.names == (TEMPORARY,)
        assert given(neighbour, sighting(OPENED, PHONE)).new_lines(OPENED) == []

    def test_that_told_dhcp_another_s_mac_address_sees_nothing_of_the_other(
        self, core: Core, table: BindingTable
    ) -> None:
        """Anybody can ask for a lease in another's name."""
        table.record(told(b"victim", OWN, source=BindingSource.DHCP))
        table.record(told(b"thief", PHONE, source=BindingSource.DHCP))
        look = self.look(core, table)
        assert look.names == (PHONE,)
        assert given(look, sighting(OPENED, OWN)).new_lines(OPENED) == []

    def test_ends_when_dhcp_has_given_its_address_to_another(
        self, core: Core, table: BindingTable
    ) -> None:
        table.record(told(b"a", PHONE, source=BindingSource.DHCP))
        look = self.look(core, table)
        table.record(told(b"a", PHONE, names=ANOTHER, since=at(8, 50), source=BindingSource.DHCP))
        core.bindings = table.snapshot()
        assert given(look, sighting(at(8, 50), PHONE)).new_lines(at(8, 50)) == []
        assert look.end_reason is EndReason.MOVED

    def test_does_not_see_the_other_device_of_the_same_person(
        self, core: Core, table: BindingTable
    ) -> None:
        table.record(told(b"a", PHONE, names=ITSELF._replace(person=b"pupil")))
        table.record(told(b"b", OWN, names=ANOTHER._replace(person=b"pupil")))
        look = self.look(core, table)
        assert given(look, sighting(OPENED, OWN)).new_lines(OPENED) == []

    def test_ends_when_its_address_is_another_device_s(
        self, core: Core, table: BindingTable
    ) -> None:
        table.record(told(b"a", PHONE, source=BindingSource.NEIGHBOUR))
        look = self.look(core, table)
        table.record(
            told(b"a", PHONE, names=ANOTHER, since=at(8, 50), source=BindingSource.NEIGHBOUR)
        )
        core.bindings = table.snapshot()
        assert given(look, sighting(at(8, 50), PHONE)).new_lines(at(8, 50)) == []
        assert look.end_reason is EndReason.MOVED

    def test_ends_when_a_frame_shows_that_its_address_is_another_device_s(
        self, core: Core, table: BindingTable
    ) -> None:
        look = self.look(core, table)
        own = sighting(OPENED, PHONE, hardware=b"phone")
        assert len(given(look, own).new_lines(OPENED)) == 1
        assert given(look, own._replace(hardware=b"laptop")).new_lines(OPENED) == []
        assert look.end_reason is EndReason.MOVED

    def test_goes_on_when_its_mac_address_is_told_after_it_began(
        self, core: Core, table: BindingTable
    ) -> None:
        look = self.look(core, table)
        table.record(told(b"a", PHONE, source=BindingSource.NEIGHBOUR))
        core.bindings = table.snapshot()
        assert len(given(look, sighting(OPENED, PHONE)).new_lines(OPENED)) == 1


def test_while_measuring_is_interrupted_it_sees_nothing_either() -> None:
    paused = replace(school_snapshot(), pauses=(TimeSpan(OPENED + 60, OPENED + 120),))
    look = looking(paused)
    for moment in (OPENED + 59, OPENED + 60, OPENED + 119, OPENED + 120):
        look.queue_sighting(sighting(moment))
    assert [line.timestamp for line in look.new_lines(OPENED + 121)] == [OPENED + 59, OPENED + 120]
    assert look.overview(OPENED + 90).is_paused
    assert not look.overview(OPENED + 120).is_paused
