"""What everyone reads of how much could be seen."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from dashboards.public import views
from dashboards.public.visibility import Way, seen
from monitor.sighting import Evidence
from tests.dashboards.public.conftest import Ask


@dataclass
class Shares:
    shares: Mapping[str, int]
    hidden: int


WEEK = Shares({"hidden": 12, "quic": 31, "sni": 52, "dns": 5, "http": 0}, hidden=15)


def test_ways_come_in_their_own_order_without_those_that_were_not_used() -> None:
    found = seen(WEEK)
    assert found is not None
    assert (found.named, found.hidden) == (85, 15)
    assert found.ways == (
        Way(Evidence.SNI, 52),
        Way(Evidence.QUIC, 31),
        Way(Evidence.DNS, 5),
        Way(Evidence.HIDDEN, 12),
    )


def test_the_page_says_how_much_was_seen(
    transparency: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "_visibility", lambda: WEEK)
    assert "bij 85 van de honderd verbindingen te zien" in transparency()
    assert "Bij 15 van de honderd was het verborgen" in transparency()
    assert "Er was geen naam te zien 12" in transparency()
    assert "85 of a hundred connections showed" in transparency("en")


def test_the_page_says_when_it_is_not_known(
    transparency: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "_visibility", lambda: None)
    assert "Over deze week is dat nog niet bekend." in transparency()
    assert "Of this week that is not known yet." in transparency("en")
