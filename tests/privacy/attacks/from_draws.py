"""Attacks on what was drawn, by someone who knows all other devices' counts."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from random import Random

from monitor.attacks.habits import measure_gain_of_habits
from monitor.attacks.membership import largest_gain, measure_gain_of_days
from monitor.attacks.on_promise import format_gain
from monitor.attacks.outcome import AttackOutcome
from monitor.identity import DayKey
from monitor.release import longitudinal
from monitor.release.longitudinal import HEAVIEST, MODERATE, TERM, YEAR, Habits
from monitor.release.noise import draw_figures
from monitor.release.tables import DRAWN, EPSILON_A_DAY, R1, R2, TableSpec
from tests.cast import MONDAY
from tests.privacy.attacks.running import Attack
from tests.privacy.test_sampler import STRAYS, strays

SCHOOL_YEAR = 190
"""Days."""
SPAN_DAYS = (1, 5, 20, SCHOOL_YEAR)
DEVICES = 10_000
SCRAPES = 8 * 3_600 // 15
"""In eight hours, as a Prometheus makes them."""
CELLS = 300
MUTANT_SCALE = 1.0


def attacks() -> Iterator[Attack]:
    """Give every attack."""
    for days in SPAN_DAYS:
        yield partial(membership, days)
    yield hardly_any_noise
    for habits, name in ((HEAVIEST, "heaviest"), (MODERATE, "moderate")):
        for weeks in (TERM, YEAR):
            yield partial(habits_of_weeks, habits, name, weeks)
        yield partial(habits_of_kept, habits, name)
    yield linkability
    for table in DRAWN:
        yield partial(sampler, table)
    yield half_the_scale
    yield fresh_noise


def membership(days: int) -> Iterator[AttackOutcome]:
    """Ask whether the device that adds the most it can was there, on some school days."""
    gain = measure_gain_of_days(DRAWN, days)
    most = largest_gain(EPSILON_A_DAY, days)
    yield AttackOutcome(
        f"membership of the heaviest device over {days} {'day' if days == 1 else 'days'}",
        format_gain(gain),
        f"≤ tanh(nε/2) = {most:.3g}",
        gain.is_within(most),
    )


def hardly_any_noise() -> Iterator[AttackOutcome]:
    little = [replace(table, epsilon=table.sensitivity, scale=MUTANT_SCALE) for table in DRAWN]
    gain = measure_gain_of_days(little, 1)
    most = largest_gain(EPSILON_A_DAY, 1)
    yield AttackOutcome(
        "mutant: hardly any noise",
        format_gain(gain),
        f"found: > {most:.2f}",
        not gain.is_within(most),
    )


def habits_of_weeks(habits: Habits, name: str, weeks: int) -> Iterator[AttackOutcome]:
    """Ask whether a pupil with given habits is in all figures of some weeks."""
    said = longitudinal.advantage(DRAWN, habits, weeks)
    gain = measure_gain_of_habits(DRAWN, habits, weeks)
    yield AttackOutcome(
        f"habits of the {name} pupil, all figures of {weeks} weeks",
        format_gain(gain),
        f"≤ {said:.2f}, as is said",
        gain.is_within(said),
    )


def habits_of_kept(habits: Habits, name: str) -> Iterator[AttackOutcome]:
    """Ask the same of who comes after a school year and finds the weekly tables that are drawn."""
    weekly = [table for table in DRAWN if table.is_weekly]
    said = longitudinal.advantage_of_kept(DRAWN, habits, YEAR)
    gain = measure_gain_of_habits(weekly, habits, YEAR)
    yield AttackOutcome(
        f"habits of the {name} pupil, the weekly tables kept of {YEAR} weeks",
        format_gain(gain),
        f"≤ {said:.2f}, as is said",
        gain.is_within(said),
    )


def linkability() -> Iterator[AttackOutcome]:
    """Look for one device's pseudonym of a day on the next."""
    names = [Random(number).randbytes(16) for number in range(DEVICES)]
    today, tomorrow = (DayKey(MONDAY + timedelta(days=day)) for day in range(2))
    same = {today.pseudonym(name) for name in names} & {tomorrow.pseudonym(name) for name in names}
    yield AttackOutcome(
        f"{DEVICES:,} devices followed to the next day", f"{len(same)} matches", "0", not same
    )


def sampler(table: TableSpec) -> Iterator[AttackOutcome]:
    """Hold real draws against the distribution that the guarantee is computed for."""
    apart = min(strays(table), strays(table))
    yield AttackOutcome(
        f"the sampler of {table.name} against the exact distribution",
        f"{apart:.1f} sd",
        f"< {STRAYS} (p > 0.001)",
        apart < STRAYS,
    )


def half_the_scale() -> Iterator[AttackOutcome]:
    apart = strays(R1, drawn_from=replace(R1, epsilon=2 * R1.epsilon, scale=R1.scale / 2))
    yield AttackOutcome(
        "mutant: half the scale", f"{apart:.0f} sd", f"found: > {STRAYS}", apart > STRAYS
    )


def fresh_noise() -> Iterator[AttackOutcome]:
    """Average a cell over the scrapes of a day, as one could if each had noise of its own."""
    exact = 123
    again = sum(
        round(sum(draw_figures(R2, [exact] * SCRAPES)) / SCRAPES) == exact for _ in range(CELLS)
    )
    once = draw_figures(R2, [exact] * (10 * CELLS)).count(exact)
    yield AttackOutcome(
        "exact counts from all scrapes of eight hours: one draw a cell",
        f"{once / (10 * CELLS):.0%}",
        "≤ 5 %",
        once <= 0.05 * 10 * CELLS,
    )
    yield AttackOutcome(
        f"mutant: fresh noise in each of {SCRAPES:,} scrapes",
        f"{again / CELLS:.0%} of the exact counts came back",
        "found: > 50 %",
        again > 0.5 * CELLS,
    )
