"""Whose a session is: no more than the unit needs, and never as it came."""

from collections.abc import Mapping

import pytest

from monitor.identity import NO_NAMES, DeviceNames, NamingKey, Unit
from monitor.places.feeds.radius.message import (
    AccountingMessage,
    AccountingStatus,
    RadiusAttribute,
    parse_accounting,
)
from monitor.places.feeds.radius.session_namer import SessionNamer

NAMING = NamingKey()
MAC = bytes.fromhex("020000aabbcc")
PHONE = NAMING.name_hardware(MAC)
KEYED = "5c3f0a2b9d1e4f6071829304a5b6c7d8e9f00112"
ATTRIBUTES: Mapping[int, list[bytes]] = {
    RadiusAttribute.ACCT_STATUS_TYPE: [AccountingStatus.START.to_bytes(4)],
    RadiusAttribute.USER_NAME: [b"J.Jansen@school.example"],
    RadiusAttribute.CALLING_STATION_ID: [b"02-00-00-AA-BB-CC"],
}


def message(**changes: bytes) -> AccountingMessage:
    named: dict[int, list[bytes]] = {
        RadiusAttribute[name]: [value] for name, value in changes.items()
    }
    parsed = parse_accounting({**ATTRIBUTES, **named})
    assert parsed is not None
    return parsed


def namer(unit: Unit, *, takes_keyed: bool = False) -> SessionNamer:
    return SessionNamer(NAMING, unit, takes_keyed=takes_keyed)


def test_a_person_is_named_with_the_device_that_it_authenticated_on() -> None:
    user = NAMING.name_person("j.jansen@school.example")
    assert namer(Unit.PERSON).name_session(message()) == DeviceNames(user, PHONE)


def test_the_chargeable_user_identity_comes_before_the_user_s_name() -> None:
    said = namer(Unit.PERSON).name_session(message(CHARGEABLE_USER_IDENTITY=b"abc123"))
    assert said.person == NAMING.name_person("abc123")


@pytest.mark.parametrize("asked", [b"", b"\0"])
def test_an_identity_that_was_only_asked_for_names_nobody(asked: bytes) -> None:
    said = message(CHARGEABLE_USER_IDENTITY=asked, USER_NAME=b"anonymous@school.example")
    assert namer(Unit.PERSON).name_session(said).person == b""


def test_a_device_is_named_without_its_user() -> None:
    assert namer(Unit.DEVICE).name_session(message()) == DeviceNames(hardware=PHONE)


@pytest.mark.parametrize(
    "written", [b"020000aabbcc", b"02:00:00:aa:bb:cc", b"0200.00aa.bbcc", b"02-00-00-AA-BB-CC"]
)
def test_a_mac_address_has_one_name_however_it_is_written(written: bytes) -> None:
    assert namer(Unit.DEVICE).name_session(message(CALLING_STATION_ID=written)).hardware == PHONE


def test_nobody_is_named_where_the_unit_is_an_address() -> None:
    assert namer(Unit.ADDRESS).name_session(message()) is NO_NAMES


def test_what_a_server_made_of_a_mac_address_is_taken_where_nothing_else_tells_them() -> None:
    said = message(CALLING_STATION_ID=KEYED.encode())
    alone = namer(Unit.DEVICE, takes_keyed=True).name_session(said).hardware
    assert alone == NAMING.name_station(KEYED)
    assert namer(Unit.DEVICE).name_session(said).hardware == b"", "a device has one name"


@pytest.mark.parametrize(
    ("unit", "changes", "is_too_much"),
    [
        (Unit.PERSON, {}, False),
        (Unit.DEVICE, {}, True),
        (Unit.DEVICE, {"USER_NAME": b"anonymous@school.example"}, False),
        (Unit.DEVICE, {"USER_NAME": KEYED.encode()}, False),
        (Unit.ADDRESS, {"USER_NAME": b""}, True),
        (Unit.ADDRESS, {"USER_NAME": b"", "CALLING_STATION_ID": b""}, False),
    ],
)
def test_a_message_says_too_much_when_it_names_what_the_unit_does_not_need(
    unit: Unit, changes: dict[str, bytes], is_too_much: bool
) -> None:
    assert namer(unit).is_told_too_much(message(**changes)) is is_too_much
