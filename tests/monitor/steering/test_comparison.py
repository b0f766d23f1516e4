"""What `forward` says of pupils, held against what `output` says of the gateway."""

from pathlib import Path

import pytest

from monitor.steering import comparison
from monitor.steering.comparison import (
    DifferenceKind,
    RuleComparison,
    TooManyRules,
    compare_rules,
)
from monitor.steering.parsing import parse_ruleset
from tests.monitor.steering.cast import GATEWAY, ROUTES, list_steering, ruleset

pytestmark = pytest.mark.network

FORWARD = """
table inet school {{
    chain forward {{
        type filter hook forward priority filter; policy {policy};
        ct state established,related accept
        {rules}
    }}
    {more}
}}
"""


def compared(
    folder: Path,
    rules: str,
    pupils: str = "",
    policy: str = "accept",
    more: str = "",
    **choices: str,
) -> RuleComparison:
    """Compare a school's rules with those in the chain pupils."""
    added = "".join(f"add rule inet lesrust pupils {rule}\n" for rule in pupils.splitlines())
    steering = parse_ruleset(list_steering(folder, added, **choices)).steering
    school = ruleset(FORWARD.format(policy=policy, rules=rules, more=more))
    return compare_rules(school, steering, GATEWAY, ROUTES)


def kinds(found: RuleComparison) -> set[str]:
    return {str(difference.kind) for difference in found.differences}


def test_where_nothing_is_forbidden_nothing_differs(tmp_path: Path) -> None:
    found = compared(tmp_path, "")
    assert (found.differences, found.incomparable) == (frozenset(), frozenset())


@pytest.mark.parametrize(
    "rule", ["ip daddr 192.0.2.0/24 drop", "ip6 daddr 2001:db8:66::/48 drop", "tcp dport 80 drop"]
)
def test_what_is_forbidden_has_to_be_repeated(rule: str, tmp_path: Path) -> None:
    (difference,) = compared(tmp_path, rule).differences
    assert difference.kind is DifferenceKind.REACHED
    assert difference.forward.startswith("inet school forward ")
    assert compared(tmp_path, rule, pupils=rule).differences == frozenset()


def test_what_is_stopped_of_the_gateway_alone_differs(tmp_path: Path) -> None:
    found = compared(tmp_path, "", pupils="ip daddr 192.0.2.0/24 drop")
    assert kinds(found) == {DifferenceKind.STOPPED}


def test_a_prefix_that_is_a_little_larger_differs(tmp_path: Path) -> None:
    found = compared(tmp_path, "ip daddr 192.0.2.0/24 drop", pupils="ip daddr 192.0.2.0/25 drop")
    assert kinds(found) == {DifferenceKind.REACHED}


def test_the_same_in_other_words_is_the_same(tmp_path: Path) -> None:
    rules = """
        ip daddr 192.0.2.0/24 tcp dport { 80, 443 } drop
        ip6 daddr 2001:db8:66::/48 drop
    """
    pupils = """ip daddr { 192.0.2.0/25, 192.0.2.128-192.0.2.255 } reject
        ip6 daddr 2001:db8:66::/48 tcp dport != { 22 } reject with tcp reset"""
    assert compared(tmp_path, rules, pupils=pupils).differences == frozenset()


@pytest.mark.parametrize(
    "rule",
    [
        "ip daddr 10.20.0.0/16 tcp dport 22 drop",
        'iifname "staff" ip daddr 192.0.2.0/24 drop',
        "ip saddr 10.99.0.0/16 drop",
        "ip daddr 172.16.0.0/12 drop",
        "ip daddr 10.30.0.0/16 drop",
        "udp dport 443 drop",
        'iifname "staff" meta mark 7 accept',
    ],
)
def test_what_is_not_about_steered_connections_does_not_matter(rule: str, tmp_path: Path) -> None:
    found = compared(tmp_path, rule)
    assert (found.differences, found.incomparable) == (frozenset(), frozenset())


def test_by_which_interface_it_leaves_is_what_the_routes_say(tmp_path: Path) -> None:
    """The servers' network is closed to pupils: only the way to the internet is open."""
    rules = 'iifname "pupils" oifname "internet" accept'
    found = compared(tmp_path, rules, policy="drop")
    assert {difference.forward for difference in found.differences} == {
        "inet school forward policy"
    }
    pupils = "ip daddr 10.20.0.0/16 reject"
    assert compared(tmp_path, rules, pupils=pupils, policy="drop").differences == frozenset()


def test_pupils_who_differ_from_each_other_cannot_be_steered_alike(tmp_path: Path) -> None:
    rules = "ip saddr 10.30.5.0/24 ip daddr 192.0.2.0/24 drop"
    assert kinds(compared(tmp_path, rules)) == {DifferenceKind.REACHED}
    pupils = "ip daddr 192.0.2.0/24 drop"
    assert kinds(compared(tmp_path, rules, pupils=pupils)) == {DifferenceKind.STOPPED}
    steered = "{ 10.30.5.0/24 }"
    found = compared(tmp_path, rules, pupils=pupils, pupils_4=steered)
    assert found.differences == frozenset()


def test_what_is_listed_can_be_any_address(tmp_path: Path) -> None:
    found = compared(tmp_path, "ip daddr 192.0.2.0/24 drop", steered="listed")
    assert kinds(found) == {DifferenceKind.REACHED}


@pytest.mark.parametrize("hook", ["forward", "postrouting"])
def test_all_chains_count(hook: str, tmp_path: Path) -> None:
    more = f"""
        chain another {{
            type filter hook {hook} priority 10; policy accept;
            iifname "pupils" ip daddr 192.0.2.0/24 drop
        }}
    """
    assert kinds(compared(tmp_path, "", more=more)) == {DifferenceKind.REACHED}


def test_a_rule_of_output_that_asks_for_the_routers_address_cannot_be_compared(
    tmp_path: Path,
) -> None:
    more = """
        chain output {
            type filter hook output priority filter; policy accept;
            ip saddr 203.0.113.1 drop
        }
    """
    (rule,) = compared(tmp_path, "", more=more).incomparable
    assert rule.where.startswith("inet school output ")


def test_a_rule_that_cannot_be_compared_is_named(tmp_path: Path) -> None:
    (rule,) = compared(tmp_path, "meta mark 7 drop").incomparable
    assert rule.where.startswith("inet school forward ")


@pytest.mark.parametrize("rule", ["ether type ip drop", "ip daddr 192.0.2.1 drop"])
def test_what_a_bridge_holds_back_cannot_be_compared(rule: str, tmp_path: Path) -> None:
    bridge = ruleset(f"""
        table bridge frames {{
            chain forward {{
                type filter hook forward priority filter; policy accept;
                {rule}
            }}
        }}
    """)
    steering = parse_ruleset(list_steering(tmp_path)).steering
    (named,) = compare_rules(bridge, steering, GATEWAY, ROUTES).incomparable
    assert named.where == "bridge frames forward"


def test_there_is_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparison, "MAX_COMPARED", 10)
    with pytest.raises(TooManyRules):
        compared(tmp_path, "ip daddr 192.0.2.0/24 drop")
