"""What everyone reads of the rules is what the code applies: another constant, another page."""

from dataclasses import replace
from datetime import date, time, timedelta
from math import tanh

import pytest

from dashboards.public import example
from dashboards.public.rules import release_rules
from monitor.release import figures, retention, tables
from monitor.release.tables import DRAWN, TableName
from schedules import calendar
from tests.dashboards.public.conftest import Ask

OTHER = (replace(DRAWN[0], cap=7, epsilon=0.35, scale=22.0), *DRAWN[1:])
CHANGES = [
    (tables, "MIN_LAYER_PUPILS", 123, ["minstens 123 leerlingen", "Kleinste leerlaag 123 leer"]),
    (tables, "MIN_SCHOOL_PUPILS", 234, ["Kleinste school 234 leerlingen"]),
    (tables, "MIN_DAILY_SCHOOL_PUPILS", 567, ["Onder 567 leerlingen zijn er alleen weekcijfers"]),
    (tables, "MIN_ROOMS", 27, ["Les in 27 lokalen"]),
    (tables, "RELEASE_DELAY", 900.0, ["15 minuten na de bel"]),
    (tables, "DAY_CLOSES", time(16, 30), ["16:30, of na de laatste les"]),
    (tables, "WEEK_CLOSES", time(6, 15), ["Maandag 06:15", "Tot maandag 06:15"]),
    (tables, "DRAWN", OTHER, ["na de bel 7 0,3500 22"]),
    (tables, "EPSILON_A_DAY", 2.0, ["hoogstens 88 van de honderd keer", "één dag 2,00"]),
    (figures, "ROUNDING_STEP", 10, ["afgerond op 10"]),
    (figures, "MIN_SHOWN", 30, ["<30 betekent: het cijfer is lager dan 30"]),
    (figures, "CONFIDENCE", 90, ["In 90 van de honderd gevallen"]),
    (figures, "SCALES", {**figures.SCALES, TableName.LAYERS: 2.0}, ["Een leerlaag, per dag 75 95"]),
    (retention, "DAILY_RETENTION", timedelta(weeks=3), ["lesuur of een dag 3 weken"]),
    (calendar, "SCHOOL_YEAR_BEGINS", (9, 1), ["tot 1 september 2028"]),
    (example, "FIGURE", 140, ["Een voorbeeld: er staat 140"]),
]


@pytest.mark.parametrize(
    ("place", "value", "sentences"),
    [pytest.param(change[:2], *change[2:], id=change[1]) for change in CHANGES],
)
def test_the_page_follows_what_is_applied(
    place: tuple[object, str],
    value: object,
    sentences: list[str],
    transparency: Ask,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = transparency()
    monkeypatch.setattr(*place, value)
    after = transparency()
    for sentence in sentences:
        assert sentence not in before
        assert sentence in after


def test_nobody_guesses_better_than_the_privacy_loss_allows() -> None:
    found = release_rules(date(2026, 11, 23))
    advantage = tanh(found.epsilon / 2)
    assert found.guess == round(100 * (1 + advantage) / 2) == 73


@pytest.mark.parametrize(
    ("today", "until"),
    [
        (date(2026, 11, 23), date(2028, 8, 1)),
        (date(2027, 7, 31), date(2028, 8, 1)),
        (date(2027, 8, 1), date(2029, 8, 1)),
    ],
)
def test_a_week_is_kept_until_the_day_on_which_it_is_deleted(today: date, until: date) -> None:
    assert release_rules(today).weekly_kept_until == until
    eve = until - timedelta(days=1)
    assert retention.first_days_kept(eve)[TableName.WEEK] <= today
    assert retention.first_days_kept(until)[TableName.WEEK] > today


def test_a_school_that_keeps_weeks_shorter_says_so() -> None:
    today, kept = date(2026, 11, 23), 20
    until = release_rules(today, kept).weekly_kept_until
    assert until == date(2027, 4, 13)
    assert retention.first_days_kept(until - timedelta(days=1), kept)[TableName.WEEK] <= today
    assert retention.first_days_kept(until, kept)[TableName.WEEK] > today
