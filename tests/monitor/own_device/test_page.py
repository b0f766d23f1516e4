"""The words of a line and of the overview, in both languages."""

import pytest

from monitor.catalogue import HostnameRole, Match
from monitor.locate import DropReason
from monitor.own_device.look import Ending, Line, Overview
from monitor.own_device.page import Page
from monitor.own_device.wording import DUTCH, ENGLISH, LANGUAGES, Wording
from monitor.place import PersonRole, Place
from monitor.sighting import Evidence, HidingMethod
from tests.cast import AMSTERDAM, CATALOGUE, at

NL, EN = (Page(words, AMSTERDAM, CATALOGUE) for words in (DUTCH, ENGLISH))


def line(**changes: object) -> Line:
    fields = {
        "moment": at(8, 40),
        "hostname": "i.instagram.com",
        "match": Match("instagram", HostnameRole.APP),
        "evidence": Evidence.SNI,
        "opens": True,
        "carried": 1_234_567,
        "dropped": None,
        "is_active": False,
    }
    return Line(**{**fields, **changes})  # type: ignore[arg-type]


def overview(**changes: object) -> Overview:
    fields = {
        "place": Place("101"),
        "period": "1",
        "lesson_ends": at(9, 20),
        "active": (),
        "connections": 5,
        "to_platforms": 3,
        "evidence": {Evidence.SNI: 4, Evidence.HIDDEN: 1},
        "hidden": {HidingMethod.VPN: 1},
        "missed": 0,
    }
    return Overview(**{**fields, **changes})  # type: ignore[arg-type]


def test_a_line() -> None:
    told = NL.line(line())
    for part in ("08:40:00", "i.instagram.com", "Instagram", "de app of site zelf", "TLS"):
        assert f">{part}<" in told
    assert ">nieuw, 1,2 MB<" in told
    assert ">new, 1.2 MB<" in EN.line(line())
    assert "\n" not in told


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "les; nog niet actief"),
        ({"is_active": True}, "actief in deze les"),
        ({"match": Match("facebook", HostnameRole.EMBED)}, "les; op zichzelf geen gebruik"),
        ({"dropped": DropReason.EXEMPT}, "toegestaan: telt niet"),
        ({"dropped": DropReason.NO_LESSON}, "geen les: telt niet"),
        ({"dropped": DropReason.UNKNOWN_PLACE}, "plaats onbekend: telt niet"),
        ({"opens": False, "carried": 12_001}, "loopt door, 13 kB"),
        ({"carried": 0}, "nieuw, 0 kB"),
    ],
)
def test_what_becomes_of_it(changes: dict[str, object], said: str) -> None:
    assert f">{said}<" in NL.line(line(**changes))


def test_a_shared_hostname_may_be_of_either() -> None:
    shared = Match("instagram", HostnameRole.MEDIA, ("threads",))
    assert ">Instagram of Threads<" in NL.line(line(match=shared))


def test_while_measuring_is_interrupted_it_says_so_first() -> None:
    assert NL.state(overview(is_paused=True)).startswith("Het meten is onderbroken")
    assert EN.state(overview(is_paused=True)).startswith("Measuring is interrupted")


def test_the_state() -> None:
    where = "Dit apparaat is in lokaal 101."
    assert NL.state(overview(active=("instagram", "x"))).endswith(
        "actief op: Instagram, X (Twitter)."
    )
    assert NL.state(overview()).startswith(f"{where} Daar is nu les: lesuur 1, tot 09:20.")
    assert NL.state(overview(period="")) == f"{where} {DUTCH.no_lesson}"
    staff = overview(place=Place("101", role=PersonRole.STAFF))
    assert "netwerk van het personeel" in NL.state(staff)
    assert NL.state(overview(place=None, period="")) == DUTCH.no_place


def test_the_counts() -> None:
    assert NL.counts(overview(), at(8, 40)) == (
        "Verbindingen van dit apparaat sinds 08:40:00: 5. Naar een platform: 3. "
        "Gezien aan: TLS 4, verborgen 1. Verborgen: VPN 1."
    )
    assert "7 regels zijn overgeslagen" in NL.counts(overview(missed=7), at(8, 40))
    assert "nog geen verbinding" in NL.counts(overview(connections=0), at(8, 40))


@pytest.mark.parametrize("words", LANGUAGES.values(), ids=LANGUAGES)
def test_each_language_has_a_word_for_everything(words: Wording) -> None:
    assert set(words.dropped) == set(DropReason)
    assert set(words.roles) == set(HostnameRole)
    assert set(words.evidence) == set(Evidence)
    assert set(words.hides) == set(HidingMethod)
    assert set(words.endings) == set(Ending)
    assert set(words.address) == {4, 16}
    explained = {term for term, _ in words.meanings}
    assert explained == set(words.columns.values()) - {words.columns["when"]}
