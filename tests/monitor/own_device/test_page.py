"""The words of a line and of the overview, in both languages."""

from collections.abc import Iterator

import pytest

from monitor.catalogue import HostnameRole, Match
from monitor.evidence import Evidence, HidingMethod
from monitor.locate import DropReason
from monitor.own_device.look import Ending, Line, Overview
from monitor.own_device.page import Page
from monitor.own_device.texts import (
    ADDRESSES,
    COLUMNS,
    DROP_REASONS,
    ENDINGS,
    MEANINGS,
    ROLES,
)
from monitor.place import PersonRole, Place
from schedules.language import Language, override
from tests.cast import AMSTERDAM, CATALOGUE, at

PAGE = Page(AMSTERDAM, CATALOGUE)


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    with override(Language.DUTCH):
        yield


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
    told = PAGE.line(line())
    for part in ("08:40:00", "i.instagram.com", "Instagram", "de app of site zelf", "TLS"):
        assert f">{part}<" in told
    assert ">nieuw, 1,2 MB<" in told
    assert "\n" not in told
    with override(Language.ENGLISH):
        assert ">new, 1.2 MB<" in PAGE.line(line())


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
    assert f">{said}<" in PAGE.line(line(**changes))


def test_a_shared_hostname_may_be_of_either() -> None:
    shared = Match("instagram", HostnameRole.MEDIA, ("threads",))
    assert ">Instagram of Threads<" in PAGE.line(line(match=shared))


def test_while_measuring_is_interrupted_it_says_so_first() -> None:
    assert PAGE.state(overview(is_paused=True)).startswith("Het meten is onderbroken")
    with override(Language.ENGLISH):
        assert PAGE.state(overview(is_paused=True)).startswith("Measuring is interrupted")


def test_the_state() -> None:
    where = "Dit apparaat is in lokaal 101."
    assert PAGE.state(overview(active=("instagram", "x"))).endswith(
        "actief op: Instagram, X (Twitter)."
    )
    assert PAGE.state(overview()).startswith(f"{where} Daar is nu les: lesuur 1, tot 09:20.")
    assert PAGE.state(overview(period="")) == f"{where} Daar is nu geen les: er wordt niets geteld."
    staff = overview(place=Place("101", role=PersonRole.STAFF))
    assert "netwerk van het personeel" in PAGE.state(staff)
    assert PAGE.state(overview(place=None, period="")).startswith(
        "Van dit adres is niet bekend in welk lokaal het is"
    )


def test_the_counts() -> None:
    assert PAGE.counts(overview(), at(8, 40)) == (
        "Verbindingen van dit apparaat sinds 08:40:00: 5. Naar een platform: 3. "
        "Gezien aan: TLS 4, verborgen 1. Verborgen: VPN 1."
    )
    assert "7 regels zijn overgeslagen" in PAGE.counts(overview(missed=7), at(8, 40))
    assert "nog geen verbinding" in PAGE.counts(overview(connections=0), at(8, 40))


def test_there_is_a_word_for_everything() -> None:
    assert set(DROP_REASONS) == set(DropReason)
    assert set(ROLES) == set(HostnameRole)
    assert set(ENDINGS) == set(Ending)
    assert set(ADDRESSES) == {4, 16}
    explained = {str(meaning.term) for meaning in MEANINGS}
    assert explained == {str(title) for name, title in COLUMNS.items() if name != "when"}
