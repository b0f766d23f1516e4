"""Prints what an installation would release, and what that says of one device."""

import shutil
from collections.abc import Iterator, Mapping

import click

from monitor.commands.tables import print_table
from monitor.configuration import Configuration
from monitor.identity import Unit
from monitor.release import longitudinal
from monitor.release.layers import Layers
from monitor.release.promise import Promise, WithheldReason, expected_error
from monitor.release.retention import MAX_WEEKS_KEPT
from monitor.release.tables import MIN_LAYER_PUPILS, ReleaseInterval, TableSpec
from monitor.runtime.factories import make_installation_promise, make_layers
from schedules.language import Message, gettext, gettext_lazy, ngettext, writing

SCHOOL_DAYS_A_YEAR = 190
"""About: forty weeks of five days, less holidays and days without lessons."""
UNITS: Mapping[Unit, Message] = {
    Unit.PERSON: gettext_lazy("a person, by the account that signs in to the wifi (802.1X)"),
    Unit.DEVICE: gettext_lazy("a device, by its MAC address"),
    Unit.ADDRESS: gettext_lazy("an address: the network says no more of a device"),
}
REASONS: Mapping[WithheldReason, Message] = {
    WithheldReason.NO_IDENTITY: gettext_lazy("nothing here names what counts once"),
    WithheldReason.COUNTS_ADDRESSES: gettext_lazy("a device would count once an address"),
    WithheldReason.TOO_NOISY: gettext_lazy("it would be noise"),
}
_INTERVALS: Mapping[ReleaseInterval, Message] = {
    ReleaseInterval.LESSON_HOUR: gettext_lazy("lesson hour"),
    ReleaseInterval.DAY: gettext_lazy("day"),
    ReleaseInterval.WEEK: gettext_lazy("week"),
}
MAX_WIDTH = 100
"""Columns of a sentence: longer lines are hard to read."""
KEPT_SHORTER = (8, 13, 20, 40)
"""Weeks of which the effect is shown."""


def print_report(settings: Configuration) -> None:
    """Print all of it, by the configuration alone."""
    promise, layers = make_installation_promise(settings), make_layers(settings)
    _print_title(gettext("What counts once"))
    _print_unit(promise)
    _print_title(gettext("What is released"))
    _print_tables(promise, layers)
    _print_title(gettext("Year layers"))
    _print_layers(layers)
    _print_title(gettext("What somebody gains who knows everything else"))
    _print_gains(promise)
    _print_title(gettext("What would say less"))
    _print_choices(promise, settings)


def _print_title(title: str) -> None:
    click.secho(f"\n{title}", bold=True)


def _print_unit(promise: Promise) -> None:
    _say(gettext("What counts once is {unit}.", unit=UNITS[promise.unit]))
    if not promise.released:
        _say(gettext("No figure is released: every cell is 'no figure'. `lesrust check` says why."))
        return
    _say(
        gettext(
            "All figures together lose at most ε = {day} of it in a day, {week} in a week and "
            "about {year} in a school year.",
            day=_epsilon(promise.epsilon),
            week=_epsilon(longitudinal.SCHOOL_DAYS * promise.epsilon),
            year=writing.number(SCHOOL_DAYS_A_YEAR * promise.epsilon),
        )
    )
    match promise.unit:
        case Unit.PERSON:
            return
        case Unit.DEVICE:
            _say(gettext("A device that changes its MAC address within a day counts as two."))
        case Unit.ADDRESS:
            _say(
                ngettext(
                    "That holds for a device that has {count} address in a day; the network "
                    "cannot see whether it has more.",
                    "That holds for a device that has at most {count} addresses in a day; the "
                    "network cannot see whether it has more.",
                    promise.addresses,
                )
            )
    _say(gettext("Who has two devices loses twice as much."))


def _print_tables(promise: Promise, layers: Layers) -> None:
    if not layers.has_figures:
        _say(gettext("The school is too small for any figure."))
        return
    released = [table for table in promise.released if layers.has_daily_figures or table.is_weekly]
    print_table(
        (
            gettext("table"),
            gettext("what"),
            gettext("each"),
            gettext("most of one"),
            gettext("ε a day"),
            gettext("noise"),
            gettext("expected error"),
        ),
        [_describe(table, layers) for table in released],
    )
    if not layers.has_daily_figures:
        _say(gettext("The school is too small for figures of a lesson hour or a day."))
    for name, reason in promise.withheld.items():
        _say(gettext("{table} is not released: {reason}.", table=name, reason=REASONS[reason]))


def _describe(table: TableSpec, layers: Layers) -> tuple[str, ...]:
    error = expected_error(table, layers)
    return (
        table.name,
        str(table.plain),
        str(_INTERVALS[table.interval]),
        writing.decimal(table.devices, 0),
        _epsilon(table.epsilon),
        f"± {writing.decimal(table.noise)}",
        f"± {_percent(error)}",
    )


def _print_layers(layers: Layers) -> None:
    for layer in layers.released:
        click.echo(f"  {layer}")
    missing = [layer.name for layer in layers.roster if not layers.released_layer(layer.name)]
    if missing or not layers.released:
        _say(
            gettext(
                "No figures of their own, with fewer than {count} pupils: {names}.",
                count=MIN_LAYER_PUPILS,
                names=writing.listing(missing) or gettext("the whole school"),
            )
        )


def _print_gains(promise: Promise) -> None:
    tables = promise.released
    if not tables:
        _say(gettext("Nothing: there are no figures."))
        return
    _say(
        gettext(
            "He knows what all others did, and asks whether one pupil is in the figures. 0 % is a "
            "blind guess, 100 % is certainty."
        )
    )
    _say(
        gettext(
            "Of any one day: at most {share}.",
            share=_percent(longitudinal.advantage_of_a_day(promise.epsilon)),
        )
    )
    _say(gettext("Who does the same every day is protected by coarse groups and short keeping:"))
    print_table(
        (
            gettext("who keeps every figure"),
            gettext("{count} weeks", count=longitudinal.TERM),
            gettext("{count} weeks", count=longitudinal.YEAR),
        ),
        [
            (
                str(title),
                *(
                    _percent(longitudinal.advantage(tables, habits, weeks))
                    for weeks in (longitudinal.TERM, longitudinal.YEAR)
                ),
            )
            for title, habits in (
                (gettext("the heaviest use, all day on every platform"), longitudinal.HEAVIEST),
                (gettext("two lesson hours a day, one platform"), longitudinal.MODERATE),
            )
        ],
    )


def _print_choices(promise: Promise, settings: Configuration) -> None:
    tables = promise.released
    if not tables:
        return
    kept = settings.store.weeks_kept
    _say(
        gettext("Weekly figures are kept for {weeks} weeks here ([store] weeks_kept).", weeks=kept)
        if kept
        else gettext("Weekly figures are kept until the end of the next school year here.")
    )
    _say(gettext("Who comes later and finds only those, of the heaviest use:"))
    print_table(
        ("weeks_kept", gettext("gains")),
        [
            (writing.number(weeks), _percent(share))
            for weeks, share in _shares_of_kept(tables, kept or MAX_WEEKS_KEPT)
        ],
    )
    if any(table.is_weekly for table in tables):
        month = longitudinal.advantage_of_months(tables, longitudinal.HEAVIEST, longitudinal.YEAR)
        _say(
            gettext(
                "Figures of months instead of weeks, with four times the noise, would leave "
                "{share} after a school year. With the same noise they would say more than weeks "
                "do.",
                share=_percent(month),
            )
        )


def _shares_of_kept(tables: tuple[TableSpec, ...], kept: int) -> Iterator[tuple[int, float]]:
    weeks = sorted({*(choice for choice in KEPT_SHORTER if choice < kept), min(kept, 40)})
    for choice in weeks:
        yield choice, longitudinal.advantage_of_kept(tables, longitudinal.HEAVIEST, choice)


def _epsilon(value: float) -> str:
    return writing.decimal(value, 3 if value < 1 else 1).rstrip("0").rstrip(",.")


def _percent(share: float) -> str:
    return f"{writing.number(100 * share)} %"


def _say(text: str) -> None:
    """Print a sentence, in lines that fit."""
    click.echo(click.wrap_text(text, width=min(MAX_WIDTH, shutil.get_terminal_size().columns)))
