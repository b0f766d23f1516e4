"""Attacks on what was drawn, by someone who knows all other devices' counts."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from math import tanh
from random import Random

from monitor.attacks.outcome import AttackOutcome
from monitor.identity import DayKey
from monitor.release.noise import draw_figures
from monitor.release.tables import DRAWN, EPSILON_A_DAY, R1, R2, TableSpec
from tests.cast import MONDAY
from tests.privacy.test_sampler import STRAYS, strays

DRAWS = 4_000
TRIALS, MIN_TRIALS = 20_000, 1_000
SCHOOL_DAYS = 5
"""Of a week."""
OTHERS = 80
"""In each cell; what it is does not matter to the attacker, who knows it."""
SCHOOL_YEAR = 190
"""Days."""
SPAN_DAYS = (1, 5, 20, SCHOOL_YEAR)
DEVICES = 10_000
SCRAPES = 48
ERROR = 0.03
"""Of an advantage that is estimated by so many trials."""


def outcomes() -> Iterator[AttackOutcome]:
    """Run every attack."""
    yield from membership()
    yield linkability()
    yield from sampler()
    yield fresh_noise()


def membership() -> Iterator[AttackOutcome]:
    """Ask whether the device that adds the most it can was there, over more and more school days.

    The likelihood ratio is the strongest test there is; its evidence of real draws is added up.
    """
    for days in SPAN_DAYS:
        found = advantage(DRAWN, days)
        most = tanh(days * EPSILON_A_DAY / 2)
        yield AttackOutcome(
            f"membership of the heaviest device over {days} {'day' if days == 1 else 'days'}",
            f"{found:.2f}",
            f"≤ {most:.3g}",
            found <= most + ERROR,
        )
    little = [replace(table, epsilon=table.sensitivity / 1.0, scale=1.0) for table in DRAWN]
    found = advantage(little, 1)
    most = tanh(EPSILON_A_DAY / 2)
    yield AttackOutcome(
        "mutant: hardly any noise", f"{found:.2f}", f"found: > {most:.2f}", found > most
    )


def advantage(tables: Sequence[TableSpec], days: int) -> float:
    """Return true positives less false positives, with the evidence of some days in a row.

    A weekly table is drawn once for all days of its week, so they add up under one noise.
    """
    weeks, in_week = -(-days // SCHOOL_DAYS), min(days, SCHOOL_DAYS)
    daily = [table for table in tables if not table.is_weekly]
    weekly = [table for table in tables if table.is_weekly]
    random = Random(days)
    trials = max(TRIALS // days, MIN_TRIALS)
    rates = []
    for is_present in (True, False):
        of_days = evidence(daily, 1, is_present=is_present)
        of_weeks = evidence(weekly, in_week, is_present=is_present)
        told = sum(
            sum(random.choices(of_days, k=days)) + sum(random.choices(of_weeks, k=weeks)) > 0
            for _ in range(trials)
        )
        rates.append(told / trials)
    return rates[0] - rates[1]


def evidence(tables: Sequence[TableSpec], days: int, *, is_present: bool) -> list[float]:
    """Make draws of all cells that the device can add to, and say how much each tells of it."""
    told = [0.0] * DRAWS
    for table in tables:
        cells, added = (1, table.points) if table.points > 1 else (table.cap, 1)
        added *= days
        drawn = draw_figures(table, [OTHERS + added * is_present] * (cells * DRAWS))
        for draw in range(DRAWS):
            told[draw] += (
                sum(
                    abs(count - OTHERS) - abs(count - OTHERS - added)
                    for count in drawn[draw * cells : (draw + 1) * cells]
                )
                / table.scale
            )
    return told


def linkability() -> AttackOutcome:
    """Look for one device's pseudonym of a day on the next."""
    names = [Random(number).randbytes(16) for number in range(DEVICES)]
    today, tomorrow = (DayKey(MONDAY + timedelta(days=day)) for day in range(2))
    same = {today.pseudonym(name) for name in names} & {tomorrow.pseudonym(name) for name in names}
    return AttackOutcome(
        f"{DEVICES:,} devices followed to the next day", f"{len(same)} matches", "0", not same
    )


def sampler() -> Iterator[AttackOutcome]:
    """Hold real draws against the distribution that the guarantee is computed for."""
    for table in DRAWN:
        found = min(strays(table), strays(table))
        yield AttackOutcome(
            f"the sampler of {table.name}", f"{found:.1f} sd", f"< {STRAYS}", found < STRAYS
        )
    half = strays(R1, drawn_from=replace(R1, epsilon=2 * R1.epsilon, scale=R1.scale / 2))
    yield AttackOutcome(
        "mutant: half the scale", f"{half:.0f} sd", f"found: > {STRAYS}", half > STRAYS
    )


def fresh_noise() -> AttackOutcome:
    """Average a cell over scrapes, as one could if each had noise of its own."""
    exact = 123
    means = [sum(draw_figures(R2, [exact] * SCRAPES)) / SCRAPES for _ in range(1_000)]
    near = sum(abs(mean - exact) < R2.scale / 2 for mean in means) / len(means)
    once = draw_figures(R2, [exact] * 1_000)
    near_once = sum(abs(drawn - exact) < R2.scale / 2 for drawn in once) / len(once)
    return AttackOutcome(
        f"mutant: fresh noise in each of {SCRAPES} scrapes",
        f"within half a scale {near:.0%}; of one draw {near_once:.0%}",
        "found: twice as often",
        near > 2 * near_once,
    )
