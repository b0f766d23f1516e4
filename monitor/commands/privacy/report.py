"""Prints what an installation would release, and of what."""

from collections.abc import Mapping

import click

from monitor.commands.privacy.floors import print_floors
from monitor.commands.privacy.gains import print_choices, print_gains
from monitor.commands.privacy.words import UNITS, format_epsilon, format_percent, say
from monitor.commands.tables import print_table
from monitor.configuration import Configuration
from monitor.identity import Unit
from monitor.release.layers import Layers
from monitor.release.promise import Promise, WithheldReason, expected_error
from monitor.release.tables import (
    MIN_LAYER_PUPILS,
    SCHOOL_DAYS,
    Counted,
    TableSpec,
    TotalSpec,
)
from monitor.runtime.factories import make_installation_promise, make_layers
from schedules.language import Message, gettext, gettext_lazy, ngettext, writing

SCHOOL_DAYS_A_YEAR = 190
"""About: forty weeks of five days, less holidays and days without lessons."""
REASONS: Mapping[WithheldReason, Message] = {
    WithheldReason.NO_IDENTITY: gettext_lazy("nothing here names what counts once"),
    WithheldReason.COUNTS_ADDRESSES: gettext_lazy("a device would count once an address"),
    WithheldReason.TOO_NOISY: gettext_lazy("it would be noise"),
    WithheldReason.ONLY_IN_TOTAL: gettext_lazy("it would be noise; the week's total is not"),
}


def print_report(settings: Configuration) -> None:
    """Print all of it, by the configuration alone."""
    promise, layers = make_installation_promise(settings), make_layers(settings)
    has_figures = bool(promise.drawn) and layers.has_figures
    if settings.is_on_trial:
        click.echo()
        say(
            gettext(
                "On trial: nothing of this is counted or released until [approval] names the DPIA "
                "and the decision of the medezeggenschapsraad."
            )
        )
    _print_title(gettext("What counts once"))
    _print_unit(promise, has_figures=has_figures)
    _print_title(gettext("What is released"))
    _print_tables(promise, layers)
    _print_title(gettext("Year layers"))
    _print_layers(layers, has_figures=has_figures)
    _print_title(gettext("Below what nothing is released"))
    print_floors(settings)
    _print_title(gettext("What somebody gains who knows everything else"))
    if not has_figures:
        say(gettext("Nothing: there are no figures."))
        return
    print_gains(promise, layers)
    _print_title(gettext("What would say less"))
    print_choices(settings, promise, layers)


def _print_title(title: str) -> None:
    click.secho(f"\n{title}", bold=True)


def _print_unit(promise: Promise, *, has_figures: bool) -> None:
    say(gettext("What counts once is {unit}.", unit=UNITS[promise.unit]))
    if not promise.drawn:
        say(gettext("No figure is released: every cell is 'no figure'. `lesrust check` says why."))
    if not has_figures:
        return
    say(
        gettext(
            "All figures together lose at most ε = {day} of it in a day, {week} in a week and "
            "about {year} in a school year.",
            day=format_epsilon(promise.epsilon),
            week=format_epsilon(SCHOOL_DAYS * promise.epsilon),
            year=writing.number(SCHOOL_DAYS_A_YEAR * promise.epsilon),
        )
    )
    match promise.unit:
        case Unit.PERSON:
            return
        case Unit.DEVICE:
            say(gettext("A device that changes its MAC address within a day counts as two."))
        case Unit.ADDRESS:
            say(
                ngettext(
                    "That holds for a device that has {count} address in a day; the network "
                    "cannot see whether it has more.",
                    "That holds for a device that has at most {count} addresses in a day; the "
                    "network cannot see whether it has more.",
                    promise.addresses,
                )
            )
    say(gettext("Who has two devices loses twice as much."))


def _print_tables(promise: Promise, layers: Layers) -> None:
    if not layers.has_figures:
        say(gettext("The school is too small for any figure."))
        return
    shown = [table for table in promise.released if layers.has_daily_figures or table.is_weekly]
    rows = [_describe(table, layers, promise.addresses) for table in shown]
    rows += [_describe(total, layers) for total in promise.totals]
    if rows:
        print_table(
            (
                gettext("table"),
                gettext("what"),
                gettext("most of one"),
                gettext("ε a day"),
                gettext("noise"),
                gettext("error"),
            ),
            rows,
        )
    for table in shown:
        if table.counted is Counted.STAFF_USE:
            say(
                gettext(
                    "{table} is not added to the rest: a device that is in it is in no table by "
                    "year layer, nor in that of what could be seen.",
                    table=table.name,
                )
            )
    if not layers.has_daily_figures:
        say(gettext("The school is too small for figures of a lesson hour or a day."))
    for name, reason in promise.withheld.items():
        say(gettext("{table} is not released: {reason}.", table=name, reason=REASONS[reason]))
    if rows:
        say(
            gettext(
                "The error is what to expect of a figure of a school of {count} pupils.",
                count=writing.number(layers.pupils),
            )
        )


def _describe(table: TableSpec | TotalSpec, layers: Layers, addresses: int = 1) -> tuple[str, ...]:
    """Describe a table; what one device adds at most is with all of its addresses."""
    error = f"± {format_percent(expected_error(table, layers))}"
    if isinstance(table, TableSpec) and table.beyond:
        error = gettext("for intervals")
    if isinstance(table, TotalSpec):
        source = gettext("in {table}", table=table.of.name)
        return table.name, str(table.words.line), "", source, "", error
    return (
        table.name,
        str(table.plain),
        writing.decimal(table.devices * addresses, 0),
        format_epsilon(table.epsilon),
        f"± {writing.decimal(table.noise)}",
        error,
    )


def _print_layers(layers: Layers, *, has_figures: bool) -> None:
    if not has_figures:
        say(gettext("None has figures."))
        return
    released = layers.released
    for layer in released:
        click.echo(f"  {layer}")
    missing = [
        layer.name for layer in layers.roster if layers.released_layer(layer.name) not in released
    ]
    if missing or not released:
        say(
            gettext(
                "No figures of their own, with fewer than {count} pupils: {names}.",
                count=MIN_LAYER_PUPILS,
                names=writing.listing(missing) or gettext("the whole school"),
            )
        )
