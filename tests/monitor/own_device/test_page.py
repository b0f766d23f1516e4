"""The words of a line and of the overview, in both languages."""

from collections.abc import Iterator

import pytest

from monitor.catalogue import HostnameRole, Match
from monitor.evidence import Evidence, HidingMethod
from monitor.locate import DropReason
from monitor.own_device.device_session import DeviceOverview, EndReason, SightingLine
from monitor.own_device.page import OwnDevicePage
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

PAGE = OwnDevicePage(AMSTERDAM, CATALOGUE)


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    with override(Language.DUTCH):
        yield


def line(**changes: object) -> SightingLine:
    fields = {
        "timestamp": at(8, 40),
        "hostname": "i.instagram.com",
        "match": Match("instagram", HostnameRole.APP),
        "evidence": Evidence.SNI,
        "opens_connection": True,
        "bytes_carried": 1_234_567,
        "drop_reason": None,
        "is_active": False,
    }
    return SightingLine(**{**fields, **changes})  # type: ignore[arg-type]


def overview(**changes: object) -> DeviceOverview:
    fields = {
        "place": Place("101"),
        "period": "1",
        "lesson_end": at(9, 20),
        "active": (),
        "connections": 5,
        "to_platforms": 3,
        "evidence": {Evidence.SNI: 4, Evidence.HIDDEN: 1},
        "hidden": {HidingMethod.VPN: 1},
        "missed": 0,
    }
    return DeviceOverview(**{**fields, **changes})  # type: ignore[arg-type]


def test_a_line() -> None:
    told = PAGE.line_item(line())
    for part in ("08:40:00", "i.instagram.com", "Instagram", "de app of site zelf", "TLS"):
        assert f">{part}<" in told
    assert ">nieuw, 1,2 MB<" in told
    assert "\n" not in told
    with override(Language.ENGLISH):
        assert ">new, 1.2 MB<" in PAGE.line_item(line())


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "les; nog niet actief"),
        ({"is_active": True}, "actief in deze les"),
        ({"match": Match("facebook", HostnameRole.EMBED)}, "les; op zichzelf geen gebruik"),
        ({"drop_reason": DropReason.EXEMPT}, "toegestaan: alleen in één weekcijfer van de school"),
        ({"drop_reason": DropReason.NO_LESSON}, "geen les: telt niet"),
        ({"drop_reason": DropReason.UNKNOWN_PLACE}, "plaats onbekend: telt niet"),
        ({"opens_connection": False, "bytes_carried": 12_001}, "loopt door, 13 kB"),
        ({"bytes_carried": 0}, "nieuw, 0 kB"),
    ],
)
def test_what_becomes_of_it(changes: dict[str, object], said: str) -> None:
    assert f">{said}<" in PAGE.line_item(line(**changes))


def test_a_shared_hostname_may_be_of_either() -> None:
    shared = Match("instagram", HostnameRole.MEDIA, ("threads",))
    assert ">Instagram of Threads<" in PAGE.line_item(line(match=shared))


def test_while_measuring_is_interrupted_it_says_so_first() -> None:
    assert PAGE.state_text(overview(is_paused=True)).startswith("Het meten is onderbroken")
    with override(Language.ENGLISH):
        assert PAGE.state_text(overview(is_paused=True)).startswith("Measuring is interrupted")


def test_the_state() -> None:
    where = "Dit apparaat is in lokaal 101."
    assert PAGE.state_text(overview(active=("instagram", "x"))).endswith(
        "actief op: Instagram, X (Twitter)."
    )
    assert PAGE.state_text(overview()).startswith(f"{where} Daar is nu les: lesuur 1, tot 09:20.")
    assert (
        PAGE.state_text(overview(period=""))
        == f"{where} Daar is nu geen les: er wordt niets geteld."
    )
    staff = overview(place=Place("101", role=PersonRole.STAFF))
    assert "netwerk van het personeel" in PAGE.state_text(staff)
    assert PAGE.state_text(overview(place=None, period="")).startswith(
        "Van dit adres is niet bekend in welk lokaal het is"
    )


def test_the_counts() -> None:
    assert PAGE.counts_text(overview(), at(8, 40)) == (
        "Verbindingen van dit apparaat sinds 08:40:00: 5. Naar een platform: 3. "
        "Gezien aan: TLS 4, verborgen 1. Verborgen: VPN 1."
    )
    assert "7 regels zijn overgeslagen" in PAGE.counts_text(overview(missed=7), at(8, 40))
    assert "nog geen verbinding" in PAGE.counts_text(overview(connections=0), at(8, 40))


def test_there_is_a_word_for_everything() -> None:
    assert set(DROP_REASONS) == set(DropReason)
    assert set(ROLES) == set(HostnameRole)
    assert set(ENDINGS) == set(EndReason)
    assert set(ADDRESSES) == {4, 16}
    explained = {str(meaning.term) for meaning in MEANINGS}
    assert explained == {str(title) for name, title in COLUMNS.items() if name != "when"}


def test_on_trial_it_says_that_nothing_counts_and_goes_on_showing() -> None:
    shown = PAGE.state_text(overview(is_on_trial=True))
    assert "Lesrust is op proef: er wordt nog niets geteld, van niemand." in shown
    assert "actief" not in shown
