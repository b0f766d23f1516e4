from datetime import date

from dashboards.figures.wording import DUTCH, ENGLISH


def test_a_day_and_a_week_are_written_out() -> None:
    assert DUTCH.day(date(2026, 3, 2)) == "maandag 2 maart 2026"
    assert DUTCH.week(date(2026, 3, 2)) == "2 t/m 6 maart 2026"
    assert DUTCH.week(date(2026, 3, 30)) == "30 maart t/m 3 april 2026"
    assert ENGLISH.week(date(2026, 12, 28)) == "28 December to 1 January 2027"


def test_numbers_are_written_as_the_language_does() -> None:
    assert (DUTCH.number(12_345), ENGLISH.number(12_345)) == ("12.345", "12,345")
    assert DUTCH.span(950, 1_250) == "950\N{EN DASH}1.250"
