"""Rules as nftables lists them, held against the first packet of a connection."""

from ipaddress import ip_address

import pytest

from monitor.steering.condition import NewConnection
from monitor.steering.verdicts import decide
from tests.monitor.steering.cast import ruleset

pytestmark = pytest.mark.network

TABLE = """
table inet school {{
    set servers {{ type ipv4_addr; flags interval; elements = {{ 198.51.100.0/24 }}; }}
    set pairs {{ type ipv4_addr . inet_service; elements = {{ 198.51.100.7 . 443 }}; }}
    map verdicts {{ type ipv4_addr : verdict; elements = {{ 198.51.100.7 : drop }}; }}
    chain passed_over {{
        return
    }}
    chain stopped {{
        drop
    }}
    chain forward {{
        type filter hook forward priority filter; policy accept;
        {rule}
    }}
}}
"""


def connection(destination: str, port: int = 443) -> NewConnection:
    address = ip_address(destination)
    source = ip_address("10.30.1.1" if address.version == 4 else "2001:db8:30::1")
    return NewConnection(
        address.version, int(source), int(address), port, "pupils", "internet", None
    )


def decided(rule: str, passing: NewConnection) -> str:
    rules = ruleset(TABLE.format(rule=rule))
    decision = decide(rules, rules.hooked("forward"), passing)
    if decision.incomparable:
        return "unknown"
    return "accepted" if decision.is_accepted else "dropped"


STOPPED = [
    "drop",
    "reject with tcp reset",
    'counter log drop comment "all"',
    "ip daddr 198.51.100.7 drop",
    "ip daddr 198.51.100.0/24 tcp dport 443 drop",
    "ip daddr 198.51.100.1-198.51.100.9 drop",
    "ip daddr { 192.0.2.1, 198.51.100.7 } drop",
    "ip daddr @servers drop",
    "ip daddr != 192.0.2.0/24 drop",
    "ip daddr . tcp dport @pairs drop",
    "ip daddr . tcp dport { 198.51.100.7 . 443 } drop",
    'meta iifname . ip daddr { "pupils" . 198.51.100.7 } drop',
    "ip daddr vmap @verdicts",
    "tcp dport vmap { 443 : jump stopped, 80 : accept }",
    "ip saddr 10.30.0.0/16 drop",
    "tcp dport { 80, 400-500 } drop",
    "tcp dport https drop",
    "tcp dport >= 443 drop",
    "th dport 443 meta l4proto { tcp, udp } drop",
    'iifname "pup*" oifname "internet" drop',
    'iifname != "staff" drop',
    'oifname { "internet", "wan" } drop',
    "ct state new drop",
    "ct state { new, untracked } drop",
    "ct direction original drop",
    "ct status != dnat drop",
    "tcp flags syn / fin,syn,rst,ack drop",
    "meta nfproto ipv4 drop",
    "ip protocol tcp drop",
    "fib daddr type unicast drop",
    "meta mark set 0x1 drop",
    "jump passed_over\n drop",
    "goto stopped",
]
PASSED = [
    "accept\n drop",
    "ip daddr 192.0.2.1 drop",
    "ip6 daddr != 2001:db8::1 drop",
    "ip daddr != @servers drop",
    "udp dport 443 drop",
    "icmp type echo-request drop",
    "tcp dport < 443 drop",
    "tcp dport != 443 drop",
    'iifname "staff" drop',
    "ct state established,related drop",
    "ct state vmap { established : drop, invalid : drop }",
    "tcp flags & (fin | syn | rst | ack) != syn drop",
    "fib daddr type local drop",
    'meta skuid "root" drop',
    'meta skuid != "root" drop',
    "goto passed_over\n drop",
    "limit rate 1/second log",
    "ip daddr 192.0.2.1 meta mark 7 drop",
    "meta mark set 0x7",
]
UNKNOWN = [
    'meta hour "08:00"-"12:00" drop',
    "limit rate 10/second accept",
    "meta mark 7 drop",
    "ip daddr & 255.0.0.255 == 10.0.0.1 drop",
    "ether saddr 02:00:00:00:00:01 drop",
    "iifgroup 5 drop",
    "tcp sport 1024-2048 drop",
]


@pytest.mark.parametrize("rule", STOPPED, ids=range(len(STOPPED)))
def test_what_a_rule_forbids_is_dropped(rule: str) -> None:
    assert decided(rule, connection("198.51.100.7")) == "dropped"


@pytest.mark.parametrize("rule", PASSED, ids=range(len(PASSED)))
def test_what_a_rule_is_not_about_is_accepted(rule: str) -> None:
    assert decided(rule, connection("198.51.100.7")) == "accepted"


@pytest.mark.parametrize("rule", UNKNOWN, ids=range(len(UNKNOWN)))
def test_what_cannot_be_told_is_said(rule: str) -> None:
    assert decided(rule, connection("198.51.100.7")) == "unknown"


@pytest.mark.parametrize(
    ("rule", "destination", "said"),
    [
        ("ip6 daddr 2001:db8:66::/48 drop", "2001:db8:66::1", "dropped"),
        ("ip6 nexthdr tcp drop", "2001:db8:66::1", "dropped"),
        ("ip daddr 0.0.0.0/0 drop", "2001:db8:66::1", "accepted"),
        ("meta nfproto ipv6 drop", "2001:db8:66::1", "dropped"),
        ("meta nfproto ipv6 drop", "192.0.2.1", "accepted"),
    ],
)
def test_each_version_of_the_internet_protocol_has_its_rules(
    rule: str, destination: str, said: str
) -> None:
    assert decided(rule, connection(destination)) == said


def test_a_fingerprint_is_of_what_a_rule_says_and_not_of_what_it_counted() -> None:
    def fingerprints(rule: str) -> set[str]:
        chains = ruleset(TABLE.format(rule=rule)).chains.values()
        return {
            rule.fingerprint for chain in chains if chain.hook == "forward" for rule in chain.rules
        }

    counted = fingerprints("counter packets 7 bytes 9 meta mark 7 drop")
    assert fingerprints("accept\n counter meta mark 7 drop") > counted
    assert fingerprints("counter meta mark 8 drop").isdisjoint(counted)
