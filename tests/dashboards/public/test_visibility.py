"""What everyone reads of how much could be seen."""

from datetime import timedelta

from dashboards.public.visibility import EvidenceShare, public_visibility
from monitor import store
from monitor.evidence import Evidence
from monitor.release.visibility import Visibility
from tests.dashboards.cast import MONDAY
from tests.dashboards.public.conftest import Ask

SHARES = {"hidden": 12, "quic": 31, "sni": 52, "dns": 5, "http": 0}
DAY = Visibility(connections=4_800, shares=SHARES, ways={"hidden": 12, "vpn": 3}, hidden=15)


def test_ways_come_in_their_own_order_without_those_that_were_not_used() -> None:
    found = public_visibility(DAY)
    assert found is not None
    assert (found.named, found.hidden) == (85, 15)
    assert found.shares == (
        EvidenceShare(Evidence.SNI, 52),
        EvidenceShare(Evidence.QUIC, 31),
        EvidenceShare(Evidence.DNS, 5),
        EvidenceShare(Evidence.HIDDEN, 12),
    )


def test_the_page_says_how_much_was_seen_this_week(transparency: Ask) -> None:
    store.record_release("R3", MONDAY, [], DAY)
    assert "bij 85 van de honderd verbindingen te zien" in transparency()
    assert "Bij 15 van de honderd was het verborgen" in transparency()
    assert "Er was geen naam te zien 12" in transparency()
    assert "85 of a hundred connections showed" in transparency("en")


def test_the_page_says_when_it_is_not_known(transparency: Ask) -> None:
    store.record_release("R3", MONDAY - timedelta(days=1), [], DAY)
    assert "Over deze week is dat nog niet bekend." in transparency()
    assert "Of this week that is not known yet." in transparency("en")
