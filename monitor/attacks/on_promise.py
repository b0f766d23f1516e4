"""Attacks on what an installation promises, by draws of made-up counts with its own noise."""

from collections.abc import Iterator, Mapping

from monitor.attacks.habits import measure_gain_of_habits
from monitor.attacks.membership import MeasuredGain, largest_gain, measure_gain_of_days
from monitor.attacks.outcome import AttackOutcome
from monitor.release import longitudinal
from monitor.release.longitudinal import HEAVIEST, MODERATE, TERM, Habits
from monitor.release.promise import Promise
from monitor.release.tables import SCHOOL_DAYS
from schedules.language import Message, gettext, gettext_lazy, ngettext, writing

SPANS = (1, SCHOOL_DAYS, SCHOOL_DAYS * TERM)
"""School days over which a device is looked for."""
HABITS: Mapping[Habits, Message] = {
    HEAVIEST: gettext_lazy("heaviest use"),
    MODERATE: gettext_lazy("two lesson hours a day, one platform"),
}


def attack_days(promise: Promise, days: int) -> Iterator[AttackOutcome]:
    """Look for the heaviest device in the figures of some school days."""
    if not promise.drawn:
        return
    most = largest_gain(promise.epsilon, days)
    gain = measure_gain_of_days(promise.drawn, days)
    yield AttackOutcome(
        ngettext(
            "was the heaviest device there, on {count} day",
            "was the heaviest device there, on {count} days",
            days,
        ),
        format_gain(gain),
        f"≤ tanh(nε/2) = {format_share(most)}",
        gain.is_within(most),
    )


def attack_habits(promise: Promise, habits: Habits, weeks: int = TERM) -> Iterator[AttackOutcome]:
    """Look for one pupil in the figures of some weeks: is more gained than is said?"""
    if not promise.drawn:
        return
    said = longitudinal.advantage(promise.drawn, habits, weeks)
    gain = measure_gain_of_habits(promise.drawn, habits, weeks)
    yield AttackOutcome(
        gettext(
            "habits of one pupil, from all figures of {weeks} weeks: {habits}",
            weeks=weeks,
            habits=HABITS[habits],
        ),
        format_gain(gain),
        gettext("≤ {share}, as `lesrust privacy` says", share=format_share(said)),
        gain.is_within(said),
    )


def format_gain(gain: MeasuredGain) -> str:
    """Write a gain with how far it may be from the true one."""
    return f"{format_share(gain.share)} ± {format_share(gain.stray)}"


def format_share(share: float) -> str:
    """Write a share of one, with two decimals."""
    return writing.decimal(share, 2)
