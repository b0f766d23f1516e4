"""What everyone reads of how much could be seen."""

from datetime import timedelta

from dashboards.public.visibility import load_public_visibility
from monitor import store
from monitor.release.tables import V1
from monitor.release.visibility import KINDS
from tests.dashboards.cast import MONDAY, WEEK, figure, visibility_figures
from tests.dashboards.public.conftest import Ask


def test_the_page_says_how_much_was_seen_in_the_last_week(transparency: Ask) -> None:
    before = WEEK - timedelta(weeks=1)
    for week in (before, WEEK):
        store.record_release(f"R4/{week}", week, list(visibility_figures(week)))
    page = transparency()
    assert "in de week van 16 t/m 20 november 2026" in page
    assert "naar schatting 97 procent te herkennen (van 95 tot 99 procent)" in page
    assert "Het liep via een VPN 3 2–5" in page
    assert "Er was geen naam te zien" not in page.partition("Hoe het te zien was")[2], "none was"
    assert "about 97 percent could be recognised" in transparency("en")


def test_the_page_says_when_it_is_not_known(transparency: Ask) -> None:
    store.record_release("R4", WEEK, [figure(V1.name, WEEK, None, evidence=kind) for kind in KINDS])
    assert "Dat is nog niet bekend" in transparency()
    assert "That is not known yet" in transparency("en")


def test_a_week_without_figures_gives_way_to_the_one_before(db: None) -> None:
    before = WEEK - timedelta(weeks=1)
    store.record_release("R4/1", before, list(visibility_figures(before)))
    store.record_release("R4/2", WEEK, [figure(V1.name, WEEK, None, evidence="sni")])
    seen = load_public_visibility(MONDAY)
    assert seen is not None
    assert seen.week == "9 t/m 13 november 2026"
    assert load_public_visibility(MONDAY + timedelta(weeks=20)) is None, "too long ago"
