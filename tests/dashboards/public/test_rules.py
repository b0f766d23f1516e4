"""What everyone reads of the rules is what the code applies: another constant, another page."""

from collections.abc import Callable
from datetime import date, time, timedelta
from math import tanh

import pytest

from dashboards.public import example, rules
from dashboards.public.rules import release_rules
from monitor.release import figures, retention, tables
from monitor.release.tables import TableName
from schedules import calendar
from tests.dashboards.cast import CONFIGURATION
from tests.dashboards.public.conftest import Ask

CHANGES = [
    (
        tables,
        "MIN_LAYER_PUPILS",
        123,
        ["minstens 123 leerlingen", "Kleinste leerlaag 123 leer", "zijn het er minstens 61."],
    ),
    (rules, "SMALLEST_CLASS", 17, ["Elke klas telt voor 17 leerlingen"]),
    (tables, "MIN_SCHOOL_PUPILS", 234, ["Kleinste school 234 leerlingen"]),
    (tables, "MIN_DAILY_SCHOOL_PUPILS", 567, ["Onder 567 leerlingen zijn er alleen weekcijfers"]),
    (tables, "MIN_ROOMS", 27, ["27 klassen die tegelijk gemeten worden"]),
    (tables, "RELEASE_DELAY", 900.0, ["15 minuten na de bel"]),
    (tables, "DAY_CLOSES", time(16, 30), ["16:30, of na de laatste les"]),
    (tables, "WEEK_CLOSES", time(6, 15), ["Maandag 06:15", "Tot maandag 06:15"]),
    (figures, "ROUNDING_STEP", 10, ["afgerond op 10"]),
    (figures, "MIN_SHOWN", 30, ["<30 betekent: het cijfer is lager dan 30"]),
    (figures, "CONFIDENCE", 90, ["In 90 van de honderd gevallen"]),
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


def by_address(at_school: Callable[[str], None], more: str = "") -> None:
    at_school(f'{CONFIGURATION}[identity]\nunit = "address"\n{more}')


def test_where_the_network_tells_devices_the_promise_is_per_device(
    transparency: Ask, at_school: Callable[[str], None]
) -> None:
    assert "Zij geldt per apparaat en per dag." in transparency()
    assert "Zolang een apparaat" not in transparency()
    at_school(f'{CONFIGURATION}[identity]\nunit = "person"\n[radius]\ndetail = "detail"\n')
    assert "Zij geldt per persoon en per dag." in transparency()
    assert "Together, one person on one day" in transparency("en")
    assert "Eén persoon telt per dag hoogstens" in transparency()
    assert "Eén apparaat telt per dag hoogstens" not in transparency()


def test_where_addresses_count_it_says_for_how_many_and_with_which_noise(
    transparency: Ask, at_school: Callable[[str], None]
) -> None:
    by_address(at_school, "reused = false\n")
    assert "Zolang een apparaat op een dag hoogstens één adres heeft." in transparency()
    assert "per lesuur (R1) 10 minuten na de bel 6 0,3720 16,1" in transparency()
    by_address(at_school)
    assert "per lesuur (R1) 10 minuten na de bel 6 0,3720 32,3" in transparency()
    assert "hoogstens 73 van de honderd keer" in transparency()
    by_address(at_school, "rooms = 3\n")
    page = transparency()
    assert "hoogstens 3 adressen heeft" in page
    assert "hoogstens 59 van de honderd keer" in page, "only the lesson hours are left"
    assert "Een leerlaag, per dag (R3) een apparaat met meer adressen zou vaker meetellen" in page
    assert "A device with several addresses" not in page


def test_where_nothing_tells_devices_it_promises_nothing(
    transparency: Ask, at_school: Callable[[str], None]
) -> None:
    at_school(f"{CONFIGURATION}[gateway]\n")
    assert "Er is geen belofte, en er zijn geen cijfers." in transparency()
    assert "There is no promise, and there are no figures." in transparency("en")
    assert "van de honderd keer gelijk" not in transparency()
    assert "niet te zien welke verbindingen van hetzelfde apparaat zijn" in transparency()


def test_where_all_would_be_noise_it_says_that_and_nothing_else(
    transparency: Ask, at_school: Callable[[str], None]
) -> None:
    by_address(at_school, "rooms = 20\nfamilies = 2\n")
    page = transparency()
    assert "Er is geen belofte, en er zijn geen cijfers. Met de ruis die hier nodig is" in page
    assert "welke verbindingen van hetzelfde apparaat" not in page


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
