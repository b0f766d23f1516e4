from dashboards.figures.row import figure_rows
from dashboards.figures.summary import summarise_latest_week
from monitor.release.figures import Figure
from monitor.release.tables import TableName
from tests.dashboards.cast import MONDAY, WEEK, figure


def said(*figures: Figure) -> str:
    return summarise_latest_week(figure_rows(figures), pupils=1_200, titles={"x": "X"})


def test_the_mean_is_over_the_lesson_hours_that_have_a_figure() -> None:
    text = said(figure(TableName.WEEK, WEEK, 400, parts=4, missing=1))
    assert "gemiddeld ongeveer 100 apparaten" in text
    assert "op 1.200 leerlingen" in text


def test_the_platforms_that_were_used_most_are_named_and_small_ones_are_not() -> None:
    week = figure(TableName.WEEK, WEEK, 400)
    likings = {"x": 90, "tiktok": 400, "youtube": 30, "weblogs": 25, "linkedin": 3}
    platforms = [
        figure(TableName.WEEK_PLATFORMS, WEEK, drawn, platform=name)
        for name, drawn in likings.items()
    ]
    assert said(week, *platforms).endswith("Het meest gebruikt: tiktok, daarna X, daarna youtube.")
    assert "Het meest" not in said(week, platforms[-1])


def test_before_the_first_week_and_before_anything() -> None:
    hour = figure(TableName.LESSON_HOURS, MONDAY, 90, period="1")
    assert said(hour) == "Er is nog geen hele week vrijgegeven."
    assert said() == "Er is nog geen cijfer vrijgegeven."


def test_a_week_without_a_figure_or_with_a_small_one_says_so() -> None:
    without = figure(TableName.WEEK, WEEK, None)
    assert said(without) == "De hele week van 16 t/m 20 november 2026: geen cijfer."
    assert said(figure(TableName.WEEK, WEEK, 7)).endswith(": <20.")
