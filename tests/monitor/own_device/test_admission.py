"""Who may see itself: whoever is not known to share its address."""

from ipaddress import IPv4Network, ip_address

import pytest

from monitor.configuration import DeviceSettings
from monitor.own_device.admission import (
    PROXY_HEADERS,
    Caller,
    is_own_host,
    parse_address,
    refusal_reason,
)
from monitor.own_device.device_session import EndReason
from monitor.place import Place
from monitor.places.prefix_map import PrefixMap

HERE = "10.0.0.1"
PHONE = "10.0.101.7"
ROOM = PrefixMap([(IPv4Network("10.0.101.0/24"), Place("101"))])


def asked(
    who: str = PHONE,
    *headers: str,
    own: str = HERE,
    places: PrefixMap = ROOM,
    shared: tuple[str, ...] = (),
) -> EndReason | None:
    caller = Caller(ip_address(who), ip_address(own))
    device = DeviceSettings.model_validate({"shared": shared})
    return refusal_reason(caller, dict.fromkeys(headers, ""), device, places)


def test_a_device_may() -> None:
    assert asked(PHONE, "host", "user-agent", "accept-language") is None


def test_one_of_which_the_place_is_not_known_may_too() -> None:
    assert asked("192.0.2.7") is None
    assert asked("2001:db8::7") is None


@pytest.mark.parametrize("header", sorted(PROXY_HEADERS))
def test_a_proxy_may_not_and_what_it_says_is_not_believed(header: str) -> None:
    assert asked(PHONE, header) is EndReason.PROXIED


def test_an_address_that_the_school_knows_to_be_shared_may_not() -> None:
    assert asked(shared=("10.0.101.7/32",)) is EndReason.SHARED
    assert asked("2001:db8::7", shared=("10.0.101.7/32",)) is None


@pytest.mark.parametrize(("who", "own"), [("127.0.0.1", "127.0.0.1"), (HERE, HERE), ("::1", "::1")])
def test_the_sensor_s_own_machine_may_not_since_a_proxy_of_ours_may_run_there(
    who: str, own: str
) -> None:
    assert asked(who, own=own) is EndReason.HERE


def test_unless_a_place_knows_it() -> None:
    loopback = PrefixMap([(IPv4Network("127.0.0.0/8"), Place("101"))])
    assert asked("127.0.0.77", own="127.0.0.1", places=loopback) is None


def test_an_address_as_a_socket_gives_it() -> None:
    assert parse_address("::ffff:10.0.101.7") == ip_address(PHONE)
    assert parse_address("fe80::1%eth0") == ip_address("fe80::1")
    assert parse_address("2001:db8::7") == ip_address("2001:db8::7")


@pytest.mark.parametrize(
    "host",
    [
        "10.0.0.1:9466",
        "10.0.0.1",
        "[2001:db8::1]:9466",
        "[::1]",
        "localhost:9466",
        "Mijn-Apparaat.School.nl:9466",
        "mijn-apparaat.school.nl.",
    ],
)
def test_a_name_of_ours(host: str) -> None:
    assert is_own_host(host, ("mijn-apparaat.school.nl",))


@pytest.mark.parametrize(
    "host", ["", "evil.example:9466", "10.0.0.1.evil.example", "[evil]", "school.nl"]
)
def test_under_another_name_a_site_elsewhere_could_read_the_page(host: str) -> None:
    assert not is_own_host(host, ("mijn-apparaat.school.nl",))
