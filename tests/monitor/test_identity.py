"""What names a person or a device, and what names it for a day."""

from datetime import date, timedelta

import pytest

from monitor.identity import NAME_BYTES, DayKey, NamingKey, is_client_hardware

DAY = date(2026, 11, 23)
PHONE = bytes.fromhex("02000a006501")


def test_a_device_keeps_its_pseudonym_for_the_day() -> None:
    key = DayKey(DAY)
    assert key.pseudonym(b"\x0a\x00\x00\x01") == key.pseudonym(b"\x0a\x00\x00\x01")
    assert key.pseudonym(b"\x0a\x00\x00\x01") != key.pseudonym(b"\x0a\x00\x00\x02")


def test_no_device_can_be_followed_to_the_next_day() -> None:
    clients = [number.to_bytes(4) for number in range(1_000)]
    today, tomorrow = DayKey(DAY), DayKey(DAY + timedelta(days=1))
    assert not {today.pseudonym(c) for c in clients} & {tomorrow.pseudonym(c) for c in clients}


def test_a_mac_address_has_one_name_in_a_process_and_another_in_the_next() -> None:
    naming = NamingKey()
    name = naming.name_hardware(PHONE)
    assert len(name) == NAME_BYTES
    assert name == naming.name_hardware(PHONE)
    assert name != NamingKey().name_hardware(PHONE)
    assert PHONE not in name


@pytest.mark.parametrize(
    "mac",
    [
        "000000000000",
        "ffffffffffff",
        "01005e0000fb",
        "333300000001",
        "00005e000105",
        "00005e000205",
        "00000c07ac01",
        "00000c9ff001",
        "000573a00001",
        "0007b4000101",
        "0200",
        "",
    ],
)
def test_what_is_no_clients_mac_address_names_nothing(mac: str) -> None:
    assert not is_client_hardware(bytes.fromhex(mac))
    assert NamingKey().name_hardware(bytes.fromhex(mac)) == b""


def test_the_machines_own_mac_address_names_nothing() -> None:
    assert NamingKey([PHONE]).name_hardware(PHONE) == b""


@pytest.mark.parametrize(
    "spelling", ["j.vries@school.nl", "J.Vries@School.NL", r"LES\j.vries@school.nl"]
)
def test_a_user_has_one_name_however_it_is_written(spelling: str) -> None:
    naming = NamingKey()
    assert naming.name_person(spelling) == naming.name_person("j.vries@school.nl") != b""


def test_users_of_two_realms_are_two() -> None:
    naming = NamingKey()
    assert naming.name_person("j@school.nl") != naming.name_person("j@other.nl")


@pytest.mark.parametrize("user", ["", "  ", "anonymous", "Anonymous@school.nl", "@school.nl"])
def test_a_user_who_is_not_named_has_no_name(user: str) -> None:
    assert NamingKey().name_person(user) == b""


def test_a_user_who_is_called_like_a_mac_address_is_no_device() -> None:
    naming = NamingKey()
    assert naming.name_person(PHONE.decode("latin-1")) != naming.name_hardware(PHONE)
