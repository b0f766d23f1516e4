"""When a catalogue is old."""

from datetime import date

from monitor.catalogue.age import age_warnings

TODAY = date(2027, 11, 24)


def test_what_was_checked_within_a_year_is_not_old() -> None:
    assert list(age_warnings({"Instagram": date(2026, 11, 24)}, TODAY)) == []


def test_what_was_checked_over_a_year_ago_is_old() -> None:
    checked = {"Instagram": date(2026, 11, 24), "X": date(2026, 11, 23)}
    (warning,) = age_warnings(checked, TODAY)
    assert warning.startswith("X was checked on 2026-11-23, over a year ago")
