"""Prints what somebody gains from the figures, and which choices leave less to gain."""

from collections.abc import Iterator

from monitor.commands.privacy.words import format_epsilon, format_percent, say
from monitor.commands.tables import print_table
from monitor.configuration import Configuration
from monitor.release import longitudinal
from monitor.release.layers import Layers
from monitor.release.longitudinal import HEAVIEST, MODERATE, TERM, YEAR, Habits
from monitor.release.promise import Promise, expected_error
from monitor.release.retention import MAX_WEEKS_KEPT
from monitor.runtime.factories import make_installation_promise
from schedules.language import gettext, writing

KEPT_SHORTER = (8, 13, 20, YEAR)
"""Weeks of which the effect is shown."""
LOWER = (1.0, 0.5, 0.25)
"""Privacy losses of a day of which the effect is shown."""


def print_gains(promise: Promise, layers: Layers) -> None:
    """Print what somebody gains over a day, a term and a year."""
    say(
        gettext(
            "He knows what all others did, and asks whether one pupil is in the figures. 0 % is a "
            "blind guess, 100 % is certainty."
        )
    )
    say(
        gettext(
            "Of any one day: at most {share}.",
            share=format_percent(longitudinal.advantage_of_a_day(promise.epsilon)),
        )
    )
    say(gettext("Who does the same every day is protected by coarse groups and short keeping:"))
    print_table(
        (
            gettext("who keeps every figure"),
            gettext("{count} weeks", count=TERM),
            gettext("{count} weeks", count=YEAR),
        ),
        [
            (str(title), *(_gain(promise, layers, habits, weeks) for weeks in (TERM, YEAR)))
            for title, habits in (
                (gettext("the heaviest use, all day on every platform"), HEAVIEST),
                (gettext("two lesson hours a day, one platform"), MODERATE),
            )
        ],
    )


def print_choices(settings: Configuration, promise: Promise, layers: Layers) -> None:
    """Print what each choice of the school does."""
    _print_lower_losses(settings, layers)
    say(
        gettext(
            "Another ε, and a change of what counts once, of year layers or of places, counts once "
            "directie or leadership has confirmed it."
        )
    )
    _print_kept(settings, promise)
    if any(table.is_weekly for table in promise.drawn):
        month = longitudinal.advantage_of_months(promise.drawn, HEAVIEST, YEAR)
        say(
            gettext(
                "Figures of months instead of weeks, with four times the noise, would leave "
                "{share} after a school year. With the same noise they would say more than weeks "
                "do.",
                share=format_percent(month),
            )
        )


def _print_lower_losses(settings: Configuration, layers: Layers) -> None:
    """Print what a lower privacy loss does, also to the figures."""
    chosen = settings.privacy.epsilon
    say(
        gettext(
            "A lower ε ([privacy] epsilon), with more noise in every figure; here it is {chosen}. "
            "The gain is of the heaviest use, the error of the week's total:",
            chosen=format_epsilon(chosen),
        )
    )
    print_table(
        (
            "epsilon",
            gettext("a day"),
            gettext("{count} weeks", count=TERM),
            gettext("{count} weeks", count=YEAR),
            gettext("error"),
            gettext("without figures"),
        ),
        [_describe_loss(settings, layers, epsilon) for epsilon in sorted({*LOWER, chosen})[::-1]],
    )


def _describe_loss(settings: Configuration, layers: Layers, epsilon: float) -> tuple[str, ...]:
    privacy = settings.privacy.model_copy(update={"epsilon": epsilon})
    promise = make_installation_promise(settings.model_copy(update={"privacy": privacy}))
    error = next((expected_error(total, layers) for total in promise.totals), None)
    return (
        f"{epsilon:g}",  # as it is typed, in every language
        format_percent(longitudinal.advantage_of_a_day(promise.epsilon)),
        _gain(promise, layers, HEAVIEST, TERM),
        _gain(promise, layers, HEAVIEST, YEAR),
        "" if error is None else f"± {format_percent(error)}",
        ", ".join(promise.withheld),
    )


def _print_kept(settings: Configuration, promise: Promise) -> None:
    """Print what shorter keeping does."""
    kept = settings.store.weeks_kept
    say(
        gettext("Weekly figures are kept for {weeks} weeks here ([store] weeks_kept).", weeks=kept)
        if kept
        else gettext("Weekly figures are kept until the end of the next school year here.")
    )
    say(gettext("Who comes later and finds only those, of the heaviest use:"))
    print_table(
        ("weeks_kept", gettext("gains")),
        [
            (writing.number(weeks), format_percent(share))
            for weeks, share in _shares_of_kept(promise, kept or MAX_WEEKS_KEPT)
        ],
    )


def _shares_of_kept(promise: Promise, kept: int) -> Iterator[tuple[int, float]]:
    weeks = sorted({*(choice for choice in KEPT_SHORTER if choice < kept), min(kept, YEAR)})
    for choice in weeks:
        yield choice, longitudinal.advantage_of_kept(promise.drawn, HEAVIEST, choice)


def _gain(promise: Promise, layers: Layers, habits: Habits, weeks: int) -> str:
    """Write what somebody gains who keeps every figure that the school shows."""
    gain = longitudinal.advantage if layers.has_daily_figures else longitudinal.advantage_of_kept
    return format_percent(gain(promise.drawn, habits, weeks))
