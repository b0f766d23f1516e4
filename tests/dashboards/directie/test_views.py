"""The directie's page and its files, as a browser asks for them."""

import csv
import io
import json
import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from dashboards.figures.frame import CELL_COLUMNS, FIGURE_COLUMNS
from monitor import store
from monitor.release.figures import Figure
from monitor.release.tables import V1, TableName
from tests.dashboards.cast import FRIDAY, MONDAY, WEEK, figure

pytestmark = [pytest.mark.store, pytest.mark.django_db]
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
FILES = ("cijfers.csv", "cijfers.json")


def page(directie: Client, query: str = "") -> str:
    answer = directie.get(f"/cijfers/?{query}")
    assert answer.status_code == 200
    return TOKEN.sub("", unescape(answer.content.decode()))


def test_the_sentence_comes_first_and_then_what_could_be_seen(directie: Client) -> None:
    text = page(directie)
    parts = ["waren er per lesuur gemiddeld", "Wat zichtbaar was", 'id="hours"', 'id="layers"']
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_filters_live_in_the_address(directie: Client) -> None:
    text = page(directie, "periode=maand&van=2026-11-01&leerlaag=vwo&platform=x")
    assert "november 2026" in text
    assert '<option value="vwo" selected>' in text
    assert '<option value="x" selected>' in text
    assert "Per week: vwo, X" in text
    assert "Snapchat" not in re.sub(r"<option.*?</option>", "", text)


def test_it_reads_in_english_too(directie: Client) -> None:
    directie.cookies["taal"] = "en"
    text = page(directie)
    assert "devices on average were active" in text
    assert "Social media in lessons" in text


def test_what_was_asked_first_in_one_language_is_not_given_in_another(directie: Client) -> None:
    assert "lesuur" in page(directie)
    directie.cookies["taal"] = "en"
    assert "lesuur" not in page(directie)


def test_what_is_not_public_changes_no_byte(directie: Client) -> None:
    """Neither page nor file, nor the size of either, knows of what is not released."""
    before = [page(directie), *(directie.get(f"/cijfers/{name}").content for name in FILES)]
    hidden = [
        Figure(public_figure.cell, public_figure.drawn, public_figure.released_at, is_public=False)
        for public_figure in (
            figure(TableName.LESSON_HOURS, FRIDAY, 777, period="8"),
            figure(TableName.PLATFORMS, FRIDAY, 888, platform="tiktok"),
            figure(TableName.LESSON_HOURS, FRIDAY - timedelta(days=70), 999, period="1"),
        )
    ]
    store.record_release("hidden", FRIDAY, hidden)
    after = [page(directie), *(directie.get(f"/cijfers/{name}").content for name in FILES)]
    assert before == after


def test_a_new_release_is_on_the_page_at_once(directie: Client) -> None:
    assert "222" not in page(directie)
    later = [figure(TableName.LESSON_HOURS, FRIDAY, 222, period="2")]
    store.record_release("later", FRIDAY, later)
    assert "220" in page(directie)


def test_the_files_have_the_same_figures_as_the_page(directie: Client) -> None:
    text = page(directie)
    answer = directie.get("/cijfers/cijfers.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert list(rows[0]) == [*CELL_COLUMNS, *FIGURE_COLUMNS]
    assert answer["Content-Disposition"] == 'attachment; filename="lesrust-week-2026-11-16.csv"'
    for row in rows:
        if row["figure"].isdecimal() and row["table"] != V1.name:  # of which the page has shares
            assert f"{int(row['figure']):,}".replace(",", ".") in text
    found = json.loads(directie.get("/cijfers/cijfers.json").content)
    assert [row["figure"] for row in found["figures"]] == [row["figure"] for row in rows]
    assert found["period"] == {"kind": "week", "first": "2026-11-16", "last": "2026-11-22"}


def test_json_says_what_could_be_seen(directie: Client) -> None:
    found = json.loads(directie.get("/cijfers/cijfers.json").content)
    assert found["visibility"]["recognised"] == {"percent": 97, "low": 95, "high": 99}
    assert found["visibility"]["shares"]["vpn"] == {"percent": 3, "low": 2, "high": 5}
    assert "connections" not in json.dumps(found)
    assert "97 % (95–99 %) te herkennen" in page(directie)


def test_weeks_beside_this_one_are_a_link_away_when_they_have_figures(directie: Client) -> None:
    assert f"van={MONDAY}" in page(directie)
    assert 'rel="prev"' not in page(directie)
    assert f"van={WEEK}" in page(directie, f"van={MONDAY}")


def test_nonsense_in_the_address_is_no_error_and_breaks_out_of_nothing(directie: Client) -> None:
    answer = directie.get("/cijfers/", {"platform": "</script><script>x", "leerlaag": '"><b>'})
    assert answer.status_code == 200
    assert b"<script>x" not in answer.content
    assert b'"><b>' not in answer.content


def test_before_the_first_release_the_page_says_so(directie: Client) -> None:
    from monitor.models import ReleasedFigure

    ReleasedFigure.objects.all().delete()
    assert "Voor deze periode zijn geen cijfers vrijgegeven." in page(directie)
