"""What is said of a period, and that nothing is said that was not released."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils.translation import override

from dashboards.figures.frame import figures_frame
from dashboards.figures.period import PeriodKind, ReportingPeriod
from dashboards.figures.row import figure_rows
from dashboards.overview.by_day import chart_name
from dashboards.overview.filters import FigureFilters
from dashboards.overview.overview import WEEKLY_CHARTS, PeriodOverview, make_overview
from dashboards.overview.selection import trend_weeks
from dashboards.school.profile import SchoolProfile
from dashboards.templatetags.lesrust import compact_json
from monitor.release.figures import CountEstimate, CountInterval, Figure
from monitor.release.tables import TABLES, WEEKLY, Face, TableName
from monitor.release.visibility import Visibility, estimate_visibility
from tests.dashboards.cast import WEEK, figure, figures, visibility_figures

SCHOOL = SchoolProfile(
    "Het Voorbeeld", 1_200, ("brugklas", "vwo"), {"x": "X", "snapchat": "Snapchat"}
)
SEEN = estimate_visibility(visibility_figures())
BEFORE = WEEK - timedelta(days=7)


def said(
    found: Iterable[Figure] | None = None,
    kind: PeriodKind = PeriodKind.WEEK,
    *,
    seen: Visibility | None = SEEN,
    layer: str = "",
    platform: str = "",
    language: str = "nl",
) -> PeriodOverview:
    filters = FigureFilters(ReportingPeriod.containing(kind, WEEK), layer, platform)
    with override(language):
        return make_overview(
            figure_rows(figures() if found is None else found), filters, SCHOOL, seen
        )


def week(drawn: int | None, monday: date = WEEK, parts: int = 45) -> Figure:
    return figure(TableName.WEEK, monday, drawn, parts=parts)


def test_the_sentence_says_how_much_of_how_many() -> None:
    first, *_ = said().sentences
    assert first == (
        "In de week van 16 t/m 20 november 2026 waren er per lesuur gemiddeld ongeveer 111 "
        "apparaten actief op sociale media (tussen 104 en 118), op 1.200 leerlingen."
    )
    assert said(language="en").sentences[0].startswith("In the week of 16 to 20 November 2026")


def weeks_before(drawn: int, count: int = 12) -> list[Figure]:
    return [week(drawn, WEEK - timedelta(weeks=number)) for number in range(1, count + 1)]


@pytest.mark.parametrize(
    ("now", "before", "text"),
    [
        (4_950, 4_905, "De aantallen verschillen niet duidelijk van die in de weken ervoor."),
        (2_700, 4_950, "duidelijk lager dan in de weken ervoor: per lesuur ongeveer 50 minder"),
        (6_750, 4_950, "duidelijk hoger dan in de weken ervoor: per lesuur ongeveer 40 meer"),
        (None, 4_950, "Deze week is nog niet compleet."),
        (-20, 4_950, "was er te weinig om een getal te noemen."),
    ],
)
def test_a_difference_is_told_only_when_it_is_clear(
    now: int | None, before: int, text: str
) -> None:
    sentences = said([week(now), *weeks_before(before)]).sentences
    assert text in " ".join(sentences)


def test_with_too_few_weeks_before_it_no_difference_is_told() -> None:
    told = " ".join(said([week(2_700), *weeks_before(4_950, 5)]).sentences)
    assert "daar zijn 6 hele weken ervoor voor nodig" in told


def test_a_difference_is_of_counts_and_not_of_what_pupils_do() -> None:
    told = " ".join(said([week(2_700), *weeks_before(4_950)]).sentences)
    assert told.startswith("In de week van") or "De aantallen zijn duidelijk lager" in told
    assert "Waardoor, zeggen zij niet." in told
    assert "gedrag" not in told


def test_where_it_is_not_known_how_much_more_there_was_it_says_at_least() -> None:
    at_least = replace(week(4_950), interval=CountInterval(4_600, None))
    first, *_ = said([at_least]).sentences
    assert "per lesuur gemiddeld ten minste 10" in first
    assert cells(said([at_least]), "weeks")[-1][2] == "ten minste 4.600"


def test_an_estimate_is_called_that_in_each_cell() -> None:
    of_week = figure(TableName.LESSON_HOURS, WEEK, 96, period="1")
    estimated = replace(of_week, estimate=CountEstimate(104, CountInterval(84, 124)))
    assert cells(said([estimated]), "hours")[0][1].splitlines()[1] == "schatting 105 (80–125)"
    assert "schatting" not in str(cells(said([of_week]), "hours"))
    (chart,) = (chart for chart in said().charts if chart.name == "layers")
    assert list(chart.table.heads)[4:6] == ["schatting", "het 95%-interval ervan"]


def weeks_chart_notes(slope: int, count: int) -> str:
    """Say what stands above the weeks of a school year, of so many weeks up to its June."""
    june = date(2027, 6, 7)
    weeks = [
        week(6_000 + slope * number + 60 * (number % 5), june - timedelta(weeks=count - number))
        for number in range(count)
    ]
    filters = FigureFilters(ReportingPeriod.containing(PeriodKind.SCHOOL_YEAR, june))
    with override("nl"):
        found = make_overview(figure_rows(weeks), filters, SCHOOL, SEEN)
    (chart,) = (chart for chart in found.charts if chart.name == "weeks")
    return " ".join(chart.notes)


@pytest.mark.parametrize(
    ("slope", "text"), [(0, "geen duidelijke trend"), (-25, "gaan de aantallen omlaag")]
)
def test_two_school_years_say_whether_there_is_a_trend(slope: int, text: str) -> None:
    assert text in weeks_chart_notes(slope, 90)


def test_of_one_school_year_no_trend_is_told() -> None:
    """Its seasons would be taken for one."""
    assert "trend" not in weeks_chart_notes(-25, 44)


def test_what_was_used_most_is_named_with_what_does_not_differ_from_it() -> None:
    def used(snapchat: int, x: int) -> str:
        found = {"snapchat": snapchat, "x": x}
        of_week = [
            figure(TableName.WEEK_PLATFORMS, WEEK, drawn, parts=5, platform=name)
            for name, drawn in found.items()
        ]
        return said([week(4_950), *of_week]).sentences[-1]

    assert used(1_000, 200) == "Het meest gebruikt: Snapchat."
    assert used(1_000, 990) == "Het meest gebruikt: Snapchat en X."


def test_visibility_is_said_so_that_silence_is_not_success() -> None:
    assert " ".join(said().visibility_sentences) == (
        "Van wat apparaten van leerlingen in de les deden, was naar schatting "
        "97 % (95–99 %) te herkennen. Elk apparaat telt even zwaar."
    )
    assert ("verborgen: VPN", "3 %", "2–5 %") in said().visibility_shares
    assert "verborgen: zonder naam" not in [share.title for share in said().visibility_shares]
    assert "niet bekend" in said(seen=None).visibility_sentences[0]


def test_a_week_has_all_tables_and_a_longer_period_what_is_kept_by_week() -> None:
    shown = [table for table in TABLES.values() if Face.OVERVIEW in table.faces]
    daily = {chart_name(table) for table in shown if not table.is_weekly}
    assert {"hours", "platform-days", "layer-days"} <= daily
    weekly = {"weeks", "stacked", "platforms", "layers", "exempt", "staff"}
    assert {chart.name for chart in said().charts} == daily | weekly
    for kind in (PeriodKind.MONTH, PeriodKind.SCHOOL_YEAR):
        assert {chart.name for chart in said(kind=kind).charts} == weekly


def test_a_school_that_has_no_figure_of_staff_reads_nothing_of_them() -> None:
    without = [figure for figure in figures() if figure.cell.table is not TableName.STAFF]
    charts = {chart.name for chart in said().charts}
    assert {chart.name for chart in said(without).charts} == charts - {"staff"}


def cells(found: PeriodOverview, name: str) -> list[list[str]]:
    return [
        [str(cell) for cell in row]
        for chart in found.charts
        if chart.name == name
        for row in chart.table.rows
    ]


def test_small_figures_and_none_are_shown_as_such() -> None:
    found = said()
    by_day = {row[0]: row[1:] for row in cells(found, "platform-days")}
    assert by_day["X"][4].startswith("<20 (0–")
    assert by_day["Snapchat"][4].startswith("185 (")
    monday = said([figure(TableName.LESSON_HOURS, WEEK, None, period="1")])
    assert cells(monday, "hours")[0][1] == "geen cijfer"


def test_numbers_that_may_not_be_said_are_in_no_specification() -> None:
    found = said([figure(TableName.LESSON_HOURS, WEEK, 13, period="1"), week(-30)])
    for chart in found.charts:
        rows = chart.specification["data"]["values"] if chart.specification else []
        assert all("value" not in row for row in rows)
        assert "13" not in json.dumps(rows)


def test_a_specification_has_the_figures_of_its_table() -> None:
    for kind in PeriodKind:
        for chart in said(kind=kind).charts:
            told = " ".join(" ".join(map(str, row)) for row in chart.table.rows)
            rows = chart.specification["data"]["values"] if chart.specification else []
            for row in rows:
                if "value" in row:
                    assert f"{row['value']:,}".replace(",", ".") in told


def test_downloads_hold_what_is_shown_and_nothing_else() -> None:
    found = said([*figures(), week(4_000, WEEK - timedelta(weeks=30))])
    shown = figures_frame(found.selection.shown_rows)
    assert set(shown["day"]) == {"2026-11-16", "2026-11-20"}
    assert "drawn" not in shown
    assert {row.cell.layer for row in said(layer="vwo").selection.shown_rows} == {"", "vwo"}


def test_a_week_is_shown_among_those_before_it() -> None:
    weeks = trend_weeks(ReportingPeriod.containing(PeriodKind.WEEK, WEEK))
    assert len(weeks) == 12
    assert weeks[-1] == WEEK
    assert len(trend_weeks(ReportingPeriod.containing(PeriodKind.SCHOOL_YEAR, WEEK))) == 52


def test_a_period_without_figures_says_so() -> None:
    found = said([])
    assert found.is_empty
    assert all(chart.specification is None for chart in found.charts)
    assert "8 weken bewaard" in found.charts[0].notes[0]


def test_layers_stand_in_the_order_of_the_roster() -> None:
    rows = cells(said(), "layers")
    assert [row[1] for row in rows[:2]] == ["brugklas", "vwo"]


def test_incomplete_weeks_are_told() -> None:
    [chart] = [chart for chart in said().charts if chart.name == "weeks"]
    assert (
        "Week van 16 nov: 1 van de 45 delen hebben geen cijfer en tellen niet mee." in chart.notes
    )


def test_a_week_of_a_layer_without_one_of_its_days_is_told_and_not_compared() -> None:
    """Half as much because a day is not in it is no difference in what pupils do."""
    weeks = [WEEK - timedelta(weeks=number) for number in range(13)]
    whole, *before = (
        figure(
            TableName.LAYER_PLATFORMS,
            monday,
            200 if monday == WEEK else 400,
            layer="vwo",
            platform="x",
        )
        for monday in weeks
    )
    less = replace(whole, missing=2)
    (compared, *_), (told, *_) = (cells(said([now, *before]), "layers") for now in (whole, less))
    assert (compared[-1], told[-1]) == ("200 minder", "niet te vergelijken")
    charts = {c.name: c for c in said([less, *before], platform="x", layer="vwo").charts}
    assert any("en hoeveel: vwo (2)" in note for note in charts["layers"].notes)
    assert charts["weeks"].notes[-1].startswith("Week van 16 nov: dagen die er niet in zitten")


def test_a_school_that_publishes_by_the_week_has_no_charts_by_day() -> None:
    small = SchoolProfile("De Kleine", 400, ("alle",), {}, is_daily=False)
    found = make_overview(
        figure_rows([week(400)]),
        FigureFilters(ReportingPeriod.containing(PeriodKind.WEEK, WEEK)),
        small,
        None,
    )
    assert {chart.name for chart in found.charts} == {
        "weeks",
        "stacked",
        "platforms",
        "layers",
        "exempt",
    }


def test_words_of_a_school_break_out_of_no_page() -> None:
    """A layer's name is the school's own: in a specification it can end no element."""
    layer = "</script><b>3 havo"
    named = figure(TableName.LAYER_PLATFORMS, WEEK, 90, layer=layer, platform="x")
    [chart] = [chart for chart in said([named]).charts if chart.name == "layers"]
    text = compact_json(chart.specification, "layers")
    assert "</script><b>" not in text
    assert text.count("</script>") == 1
    assert json.loads(text.partition(">")[2].rpartition("<")[0]) == chart.specification


def test_a_platform_has_one_colour_whatever_is_asked_for() -> None:
    def colour(found: PeriodOverview) -> str:
        [chart] = [chart for chart in found.charts if chart.name == "stacked"]
        assert chart.specification
        scale = chart.specification["encoding"]["color"]["scale"]
        drawn: str = scale["range"][scale["domain"].index("X")]
        return drawn

    assert colour(said()) == colour(said(platform="x"))


@pytest.mark.parametrize("name", WEEKLY)
def test_a_released_table_of_weeks_has_a_chart(name: TableName) -> None:
    assert Face.OVERVIEW not in TABLES[name].faces or WEEKLY_CHARTS.get(name), (
        f"make a chart of {name} in dashboards/overview, and name it in WEEKLY_CHARTS of "
        "dashboards/overview/overview.py"
    )
