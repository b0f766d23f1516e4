"""What a name is taken for, and that nobody who asked for it is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addons.runtime.match_counter import REPLACEMENT, MatchCounter, NameMatch, count_visibility
from monitor.evidence import Evidence, HidingMethod
from monitor.sighting import Sighting
from tests.addons.flows.wire import CLASSMATE, HIDING, NOON, PUPIL, SCHOOL, WEBLOG, WEBLOG_HOST
from tests.cast import CATALOGUE


def sighting(hostname: str = "", evidence: Evidence = Evidence.SNI, **more: object) -> Sighting:
    return Sighting(NOON, PUPIL, hostname, evidence, **more)  # type: ignore[arg-type]


@pytest.fixture
def recogniser() -> MatchCounter:
    return MatchCounter(CATALOGUE, HIDING)


@pytest.mark.parametrize(
    ("seen", "taken_for"),
    [
        (
            sighting("www.instagram.com"),
            NameMatch("www.instagram.com", Evidence.SNI, "instagram", "app"),
        ),
        (sighting(SCHOOL), NameMatch(SCHOOL, Evidence.SNI, None, None)),
        (
            sighting(WEBLOG, cname=WEBLOG_HOST),
            NameMatch(WEBLOG, Evidence.SNI, "weblogs", "app"),
        ),
        (
            sighting("dns.google", Evidence.QUIC),
            NameMatch("dns.google", Evidence.QUIC, None, "resolver"),
        ),
        (
            sighting("", Evidence.HIDDEN, hiding_method=HidingMethod.VPN),
            NameMatch("", Evidence.HIDDEN, None, "vpn"),
        ),
        (sighting("", Evidence.HIDDEN), NameMatch("", Evidence.HIDDEN, None, "nameless")),
        (
            sighting("www.instagram.com", Evidence.HIDDEN, hiding_method=HidingMethod.SPOOFED),
            NameMatch("www.instagram.com", Evidence.HIDDEN, None, "spoofed"),
        ),
        (
            sighting("www.instagram.com", Evidence.ADDRESS),
            NameMatch("www.instagram.com", Evidence.ADDRESS, "instagram", "app"),
        ),
    ],
    ids=["platform", "none", "alias", "resolver", "vpn", "nameless", "spoofed", "address"],
)
def test_what_a_name_is_taken_for(
    recogniser: MatchCounter, seen: Sighting, taken_for: NameMatch
) -> None:
    recogniser.receive_sighting(seen)
    assert recogniser.matches == {taken_for: 1}


def test_connections_are_counted_and_not_their_sightings(recogniser: MatchCounter) -> None:
    for opens in (True, False, False, True):
        recogniser.receive_sighting(sighting("www.instagram.com", opens_connection=opens))
    assert list(recogniser.matches.values()) == [2]


def test_clients_are_not_told_apart(recogniser: MatchCounter) -> None:
    for client in (PUPIL, CLASSMATE):
        recogniser.receive_sighting(sighting("www.instagram.com")._replace(client=client))
    assert list(recogniser.matches.values()) == [2]


def test_spellings_of_a_name_are_one(recogniser: MatchCounter) -> None:
    for spelling in ("www.instagram.com", "WWW.Instagram.com", "www.instagram.com."):
        recogniser.receive_sighting(sighting(spelling))
    assert len(recogniser.matches) == 1


@given(st.text(max_size=40))
def test_a_terminal_is_told_nothing_by_a_name(hostname: str) -> None:
    recogniser = MatchCounter(CATALOGUE, HIDING)
    recogniser.receive_sighting(sighting(hostname))
    ((shown, *_),) = recogniser.matches
    assert shown.isprintable()


def test_character_that_a_terminal_would_obey_is_replaced(recogniser: MatchCounter) -> None:
    recogniser.receive_sighting(sighting("a\x1b[31m\r\n.example"))
    ((shown, *_),) = recogniser.matches
    assert shown == f"a{REPLACEMENT}[31m{REPLACEMENT}{REPLACEMENT}.example"


def test_errors_of_the_sensor_are_counted(recogniser: MatchCounter) -> None:
    recogniser.health.count_addon_error()
    recogniser.tick()
    assert recogniser.errors == 1


def test_visibility_is_of_connections_and_not_of_answers(recogniser: MatchCounter) -> None:
    for seen in (
        sighting("www.instagram.com"),
        sighting(SCHOOL),
        sighting("dns.google"),
        sighting(SCHOOL, Evidence.DNS),
        sighting("dns.google", Evidence.DNS),
        sighting("", Evidence.HIDDEN, hiding_method=HidingMethod.VPN),
        sighting("", Evidence.HIDDEN),
        sighting("", Evidence.HIDDEN),
    ):
        recogniser.receive_sighting(seen)
    assert list(count_visibility(recogniser.matches)) == [
        ("hidden", 3),
        ("sni", 3),
        ("hidden: nameless", 2),
        ("hidden: resolver", 1),
        ("hidden: vpn", 1),
    ]
