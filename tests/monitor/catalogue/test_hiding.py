"""What hides where somebody goes, by hostname and by address."""

import json
from datetime import date
from ipaddress import ip_address
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.catalogue.hiding import load_hiding_list
from monitor.evidence import HidingMethod
from schedules.problem import Refused

HIDING = load_hiding_list()
TRUTH = Path(__file__).parents[3] / ".." / "shared" / "traffic" / "truth.jsonl"
SMALL = """
checked = 2026-11-23

[[group]]
hides = "vpn"
why = "A VPN."
sources = ["a list of 2026"]
hostnames = ["vpn.example", "=alleen.example"]
addresses = ["192.0.2.0/24", "192.0.2.7", "2001:db8::/32"]

[[group]]
hides = "relay"
why = "A relay within that network."
sources = ["a list of 2026"]
hostnames = ["relay.vpn.example"]
addresses = ["192.0.2.128/25"]

[[shown]]
why = "Its maker's site."
sources = ["a list of 2026"]
hostnames = ["=www.vpn.example"]
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "hiding.toml"
    path.write_text(SMALL)
    return path


@pytest.mark.parametrize(
    ("hostname", "hides"),
    [
        ("dns.google", HidingMethod.RESOLVER),
        ("mozilla.cloudflare-dns.com", HidingMethod.RESOLVER),
        ("chrome.cloudflare-dns.com", HidingMethod.RESOLVER),
        ("dns.quad9.net", HidingMethod.RESOLVER),
        ("abc123.dns.nextdns.io", HidingMethod.RESOLVER),
        ("DNS.AdGuard.com.", HidingMethod.RESOLVER),
        ("doh.opendns.com", HidingMethod.RESOLVER),
        ("base.dns.mullvad.net", HidingMethod.RESOLVER),
        ("zero.dns0.eu", HidingMethod.RESOLVER),
        ("freedns.controld.com", HidingMethod.RESOLVER),
        ("doh.cleanbrowsing.org", HidingMethod.RESOLVER),
        ("doh.libredns.gr", HidingMethod.RESOLVER),
        ("doh.dns.apple.com", HidingMethod.RESOLVER),
        ("api.nordvpn.com", HidingMethod.VPN),
        ("node-nl-01.protonvpn.net", HidingMethod.VPN),
        ("vpn-api.proton.me", HidingMethod.VPN),
        ("engage.cloudflareclient.com", HidingMethod.VPN),
        ("eu0.sec-tunnel.com", HidingMethod.VPN),
        ("snowflake-broker.torproject.net", HidingMethod.VPN),
        ("mask.icloud.com", HidingMethod.RELAY),
        ("mask-h2.icloud.com", HidingMethod.RELAY),
        ("tunnel.googlezip.net", HidingMethod.RELAY),
        ("cloudflare-ech.com", HidingMethod.ENCRYPTED_HELLO),
    ],
)
def test_what_hides_is_known_by_its_hostname(hostname: str, hides: HidingMethod) -> None:
    assert HIDING.method_of_hostname(hostname) is hides


@pytest.mark.parametrize(
    "hostname",
    [
        "www.google.com",
        "cloudflare.com",
        "www.cloudflare.com",
        "notdns.google.example",
        "mydns.googlex.com",
        "icloud.com",
        "mail.proton.me",
        "www.cloudflare-ech.com",
        "",
        "\0",
    ],
)
def test_what_only_looks_alike_hides_nothing(hostname: str) -> None:
    assert HIDING.method_of_hostname(hostname) is None


@pytest.mark.parametrize(
    "hostname", ["mask-api.icloud.com", "mask-canary.icloud.com", "check.googlezip.net"]
)
def test_asking_whether_a_relay_may_be_used_is_not_using_it(hostname: str) -> None:
    assert HIDING.method_of_hostname(hostname) is None


@pytest.mark.parametrize("hostname", ["nordvpn.com", "www.surfshark.com", "www.torproject.org"])
def test_reading_about_a_vpn_is_not_using_it(hostname: str) -> None:
    assert HIDING.method_of_hostname(hostname) is None


def test_only_the_outer_name_of_an_encrypted_hello_is_one() -> None:
    assert HIDING.is_outer_name("cloudflare-ech.com")
    assert not HIDING.is_outer_name("dns.google")
    assert not HIDING.is_outer_name("www.cloudflare.com")


@pytest.mark.parametrize(
    ("address", "hides"),
    [
        ("8.8.8.8", HidingMethod.RESOLVER),
        ("1.1.1.1", HidingMethod.RESOLVER),
        ("2606:4700:4700::1111", HidingMethod.RESOLVER),
        ("9.9.9.9", HidingMethod.RESOLVER),
        ("45.90.28.201", HidingMethod.RESOLVER),
        ("162.159.192.1", HidingMethod.VPN),
        ("2606:4700:d0::a29f:c001", HidingMethod.VPN),
        ("8.8.8.9", None),
        ("162.159.200.1", None),
        ("2606:4700::6812:1", None),
        ("::", None),
    ],
)
def test_a_server_with_a_published_address_is_known_by_it(
    address: str, hides: HidingMethod | None
) -> None:
    assert HIDING.method_of_address(ip_address(address).packed) is hides


def test_an_address_is_what_the_longest_prefix_says(small: Path) -> None:
    hiding = load_hiding_list(small)
    assert hiding.method_of_address(bytes([192, 0, 2, 1])) is HidingMethod.VPN
    assert hiding.method_of_address(bytes([192, 0, 2, 200])) is HidingMethod.RELAY
    assert hiding.method_of_address(bytes([192, 0, 3, 0])) is None


def test_a_hostname_is_what_the_most_specific_entry_says(small: Path) -> None:
    hiding = load_hiding_list(small)
    assert hiding.method_of_hostname("nl1.vpn.example") is HidingMethod.VPN
    assert hiding.method_of_hostname("a.relay.vpn.example") is HidingMethod.RELAY
    assert hiding.method_of_hostname("www.vpn.example") is None
    assert hiding.method_of_hostname("alleen.example") is HidingMethod.VPN
    assert hiding.method_of_hostname("niet.alleen.example") is None
    assert hiding.checked == date(2026, 11, 23)


@given(st.binary(max_size=20))
def test_no_address_raises(address: bytes) -> None:
    assert HIDING.method_of_address(address) in {None, *HidingMethod}


@given(st.text() | st.text().map(lambda text: f"{text}.cloudflare-dns.com"))
def test_no_hostname_raises(hostname: str) -> None:
    assert HIDING.method_of_hostname(hostname) in {None, *HidingMethod}
    assert HIDING.is_outer_name(hostname) in {True, False}


@pytest.mark.parametrize(
    ("right", "wrong", "problem"),
    [
        ('"vpn"', '"spoofed"', "hiding.toml, group 1 hides: found 'spoofed'; allowed: one o"),
        ('"192.0.2.7"', '"192.0.2.7/24"', "hiding.toml, group 1 addresses 2"),
        ('"=alleen.example"', '"example"', "hiding.toml, group 1 hostnames 2: found 'example'"),
        ('"=alleen.example"', '"vpn.example"', "hiding.toml: found 'vpn.example'; allowed: a h"),
        ("checked = 2026-11-23", "", "hiding.toml, checked: found 'nothing'"),
        ("checked =", "checked ==", "hiding.toml: found 'Invalid value"),
    ],
)
def test_a_wrong_list_is_refused_with_its_key(
    small: Path, right: str, wrong: str, problem: str
) -> None:
    small.write_text(SMALL.replace(right, wrong, 1))
    with pytest.raises(Refused) as refused:
        load_hiding_list(small)
    assert str(refused.value).startswith(problem)


def test_every_group_has_a_reason_and_a_dated_source() -> None:
    undated = [g.why for g in HIDING.groups if not all(map(has_digit, g.sources)) or not g.sources]
    assert undated == []


def has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def test_what_hides_in_real_traffic_is_known() -> None:
    if not TRUTH.exists():
        pytest.skip("the shared captures are not here")
    with TRUTH.open() as lines:
        rows = [row for row in map(json.loads, lines) if "hostname" in row]
    found = {row["hostname"]: HIDING.method_of_hostname(row["hostname"]) for row in rows}
    expected = {
        "dns.google": HidingMethod.RESOLVER,
        "mozilla.cloudflare-dns.com": HidingMethod.RESOLVER,
        "dns.adguard.com": HidingMethod.RESOLVER,
        "eu0.sec-tunnel.com": HidingMethod.VPN,
        "api.cloudflareclient.com": HidingMethod.VPN,
        "api.surfshark.com": HidingMethod.VPN,
        "mask.icloud.com": HidingMethod.RELAY,
    }
    assert {name: found[name] for name in expected} == expected
    assert not [row for row in rows if "platform" in row and found[row["hostname"]]]
