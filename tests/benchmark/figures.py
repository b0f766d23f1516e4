"""How far figures are off, how often intervals hold the truth, and what a difference is worth.

`make bench ARGS=figures` is a look at a school of 1,500 pupils in a minute.
`python -m tests.benchmark.figures --all` measures four sizes of school, three amounts of use and
two kinds of pupils, in a quarter of an hour; `--beyond 0.02` with another loss for what caps cut
away. The seed is fixed.
"""

from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track
from rich.table import Table

from dashboards.figures.differences import compare_weeks
from dashboards.figures.trend import WEEKS_A_YEAR, estimate_trend
from monitor.release.tables import HOURS_A_DAY, R1, R2, SCHOOL_DAYS
from tests.benchmark.one_cell import SeenFigure, judge_weeks
from tests.benchmark.released_weeks import Budget, JudgedFigure, draw_weeks, judge
from tests.benchmark.school_weeks import Scenario, simulate_weeks

SEED = 20261201
HISTORY = 15
"""Weeks before the one that is judged, where something happens in it."""
STABLE = 30
LEARNED = 10
"""Weeks after which a school in stable use is judged."""
SIZES = (640, 1200, 1500, 3000)
SHARES = (0.06, 0.12, 0.2)
SHOCK = 0.7
TABLES = ("R1", "R2", "R3", "R4", "W1", "W2")
TREND_YEARS = (1, 2, 3)
WANDERINGS = (0.0, 0.005, 0.01)

console = Console(width=None if Console().is_terminal else 110)


def measure(scenario: Scenario, budget: Budget, schools: int) -> Mapping[str, list[JudgedFigure]]:
    """Judge the figures of some schools: the last week where something happens in it, else most."""
    chance = np.random.default_rng(SEED)
    judged: dict[str, list[JudgedFigure]] = defaultdict(list)
    is_calm = scenario.shock == 1 and scenario.shocked_platform == 1
    scenario = replace(scenario, weeks=STABLE if is_calm else HISTORY + 1)
    for _ in range(schools):
        weeks = simulate_weeks(scenario, chance)
        drawn = draw_weeks(weeks, budget, chance)
        for name, figures in judge(
            weeks, drawn, budget, first=LEARNED if is_calm else HISTORY
        ).items():
            judged[name] += figures
    return judged


def summarise(figures: Sequence[JudgedFigure]) -> list[str]:
    """Write errors in percent of what is true, coverage in percent, and how much wider it is."""
    values = np.array(figures)
    true = values[:, 0]

    def error(column: int) -> str:
        return f"{100 * np.abs(values[:, column] - true).sum() / true.sum():.1f}"

    def coverage(low: int) -> str:
        return f"{100 * np.mean((values[:, low] <= true) & (true <= values[:, low + 1])):.0f}"

    def width(low: int) -> str:
        old = (values[:, 3] - values[:, 2]).mean()
        return f"{(values[:, low + 1] - values[:, low]).mean() / old:.2f}"

    shown = [error(1), coverage(2), coverage(4), width(4)]
    if np.array_equal(values[:, 4:6], values[:, 7:9]):
        return [*shown, error(6), "", ""]
    return [*shown, error(6), coverage(7), width(7)]


def scenarios(*, everything: bool) -> Iterator[tuple[str, Scenario]]:
    """Give what is measured, with its name."""
    sizes = SIZES if everything else (1500,)
    shares = SHARES if everything else (0.12, 0.2)
    for lognormal, pupils, active, shock in product(
        (False, True) if everything else (False,), sizes, shares, (1.0, SHOCK)
    ):
        name = f"{pupils:,} pupils, {100 * active:.0f} %"
        name += ", lognormal" if lognormal else ""
        yield (
            name + (", -30 %" if shock < 1 else ""),
            Scenario(pupils, active, shock=shock, lognormal=lognormal),
        )
    if everything:
        yield "1,500, 20 %, +30 %", Scenario(active=0.2, shock=1.3)
        yield "1,500, 20 %, free hours", Scenario(active=0.2, free_hours=True)
        yield "1,500, 12 %, one platform -30 %", Scenario(shocked_platform=0.6)
        yield "1,500, 12 %, platforms wander 5 % a week", Scenario(hype=0.05)


def figures_table(budget: Budget, *, everything: bool) -> Table:
    """Measure errors and coverage."""
    table = Table(
        "school",
        "table",
        "error %",
        "coverage before",
        "coverage",
        "width ×",
        "estimate %",
        "coverage",
        "width ×",
        title=f"Figures beside the truth ({budget})",
    )
    for name, scenario in track([*scenarios(everything=everything)], "Schools", console=console):
        is_calm = scenario.shock == 1 and scenario.shocked_platform == 1
        judged = measure(scenario, budget, (4 if is_calm else 40) if everything else 6)
        for row, of_table in enumerate(TABLES):
            table.add_row("" if row else name, of_table, *summarise(judged[of_table]))
    return table


def one_cell_table(*, everything: bool) -> Table:
    """Measure what the tables of one cell, and visibility, are worth."""
    table = Table(
        "school",
        "table",
        "true",
        "error %",
        "coverage, as it is counted",
        "coverage, without the cap",
        title="Tables of one cell; of V1 the recognised share, its error in points",
    )
    for name, scenario in scenarios(everything=everything):
        if not is_plain(scenario):
            continue
        chance = np.random.default_rng(SEED)
        judged: dict[str, list[SeenFigure]] = defaultdict(list)
        for of_table, figure in judge_weeks(scenario, 400 if everything else 100, chance):
            judged[of_table].append(figure)
        for row, (of_table, figures) in enumerate(sorted(judged.items())):
            true, within, drawn, low, high = np.array(figures).T
            error = np.abs(drawn - true).mean() / (1 if of_table == "V1" else true.mean() / 100)
            held = (100 * np.mean((low <= count) & (count <= high)) for count in (within, true))
            cells = (f"{true.mean():,.0f}", f"{error:.1f}", *(f"{share:.0f}" for share in held))
            table.add_row("" if row else name, of_table, *cells)
    return table


def is_plain(scenario: Scenario) -> bool:
    """Say whether it differs from others in size, use and shock alone."""
    plain = Scenario(scenario.pupils, scenario.active, shock=scenario.shock)
    return scenario == plain and scenario.shock <= 1


def differences_table(budget: Budget, schools: int) -> Table:
    """Measure how often the last week is called different, where nothing or something changed."""
    table = Table(
        "1,500 pupils, 12 %, week after 15",
        "the week",
        "any of 9 platforms",
        "that platform",
        "the week, noise alone",
        title="Called clearly different, in percent",
    )
    noise = _deviations(budget)
    for name, scenario in (
        ("nothing changed", Scenario()),
        ("-10 %", Scenario(shock=0.9)),
        ("-20 %", Scenario(shock=0.8)),
        ("-30 %", Scenario(shock=SHOCK)),
        ("one platform about -30 %", Scenario(shocked_platform=0.6)),
    ):
        chance = np.random.default_rng(SEED)
        calls = []
        for _ in range(schools):
            weeks = simulate_weeks(replace(scenario, weeks=HISTORY + 1), chance)
            drawn = draw_weeks(weeks, budget, chance)
            whole = drawn.hours.sum(axis=(1, 2))[:, None]
            platforms = drawn.platforms.sum(axis=1)
            of_noise = abs(whole[-1, 0] - whole[-2, 0]) > 1.96 * sqrt(2) * noise[0]
            of_platforms = _call(platforms, noise[1])
            calls.append((*_call(whole, noise[0]), any(of_platforms), of_platforms[0], of_noise))
        table.add_row(name, *(f"{100 * share:.0f}" for share in np.mean(calls, axis=0)))
    return table


def _call(figures: NDArray[np.float64], noise: float) -> list[bool]:
    *before, now = figures.tolist()
    differences = compare_weeks(now, before, [noise] * len(now)) or []
    return [difference.is_clear for difference in differences]


def _deviations(budget: Budget) -> tuple[float, float]:
    return (
        sqrt(2 * SCHOOL_DAYS * HOURS_A_DAY) * budget.scale(R1),
        sqrt(2 * SCHOOL_DAYS) * budget.scale(R2),
    )


def trend_table(budget: Budget, schools: int) -> Table:
    """Measure how often a trend is called where there is none, and where there is one."""
    table = Table(
        "years, wandering a week",
        "called without one",
        "by a straight line",
        "called at -10 % a year",
        "interval holds it",
        title="A trend of the week's device-lessons, in percent",
    )
    noise = _deviations(budget)[0]
    for years, wandering in product(TREND_YEARS, WANDERINGS):
        chance = np.random.default_rng(SEED)
        of_none = [_try_trend(chance, years, wandering, 0.0, noise) for _ in range(schools)]
        of_one = [_try_trend(chance, years, wandering, -0.1, noise) for _ in range(schools)]
        called, line, _ = np.mean(of_none, axis=0)
        power, _, held = np.mean(of_one, axis=0)
        shares = (f"{100 * share:.0f}" for share in (called, line, power, held))
        table.add_row(f"{years}, {100 * wandering:.1f} %", *shares)
    return table


def _try_trend(
    chance: np.random.Generator, years: int, wandering: float, slope: float, noise: float
) -> tuple[bool, bool, bool]:
    """Say whether a trend is called, whether a straight line calls one, and is the truth held."""
    weeks = [week for week in range(52 * years) if week % 52 < 46 and week % 14 != 9]
    time = np.array(weeks)
    level = 1 + slope * time / WEEKS_A_YEAR
    season = 0.06 * np.sin(2 * np.pi * time / WEEKS_A_YEAR)
    wandered = chance.normal(0, wandering, time[-1] + 1).cumsum()[time]
    true = 8000 * (level + season + wandered) * chance.lognormal(0, 0.05, len(time))
    figures = true + chance.normal(0, noise, len(time))
    trend = estimate_trend(weeks, figures.tolist(), noise)
    assert trend
    design = np.column_stack([np.ones(len(time)), time])
    line, squares, *_ = np.linalg.lstsq(design, figures, rcond=None)
    error = sqrt(squares[0] / (len(time) - 2) * np.linalg.inv(design.T @ design)[1, 1])
    is_held = abs(trend.a_year - slope / level.mean()) <= trend.half_width
    return trend.is_clear, bool(abs(line[1]) > 1.96 * error), bool(is_held)


def main(arguments: Sequence[str]) -> None:
    """Measure, and print tables."""
    parser = ArgumentParser(prog="tests.benchmark.figures", description=__doc__)
    parser.add_argument("--all", action="store_true", dest="everything")
    parser.add_argument("--beyond", type=float, default=Budget().hours_beyond)
    asked = parser.parse_args(arguments)
    budget = Budget(hours_beyond=asked.beyond, platforms_beyond=asked.beyond)
    schools = 300 if asked.everything else 40
    measured: Iterable[Callable[[], Table]] = (
        lambda: figures_table(budget, everything=asked.everything),
        lambda: one_cell_table(everything=asked.everything),
        lambda: differences_table(budget, schools),
        lambda: trend_table(budget, schools // 2),
    )
    for make_table in measured:
        console.print(make_table())


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
