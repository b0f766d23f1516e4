"""The command `lesrust privacy attack`: what somebody can do with a school's own figures."""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.commands.localised import LocalisedCommand
from monitor.commands.options import config_option
from monitor.commands.store_failures import exit_on_store_failure
from monitor.runtime.refusals import exit_on_refusal
from schedules.language import gettext, ngettext

if TYPE_CHECKING:
    from datetime import date

    from monitor.attacks.copies import CopiedFigure
    from monitor.attacks.outcome import AttackOutcome
    from monitor.configuration import Configuration
    from monitor.release.figures import Figure

    type Attack = Callable[[], Iterator[AttackOutcome]]


@click.command(cls=LocalisedCommand)
@click.argument(
    "copies",
    metavar="[COPY]...",
    nargs=-1,
    type=click.Path(path_type=Path, dir_okay=False),
)
@config_option
def attack(copies: tuple[Path, ...], config: Path) -> None:
    """Attack what this school has released, and what it promises.

    The figures, the ledger, the timetable and the exemptions in the store are read, and nothing is
    written. Each attack is shown with what it gained, and with the gate that it has to stay within:
    looking for one device, for the habits of one pupil, for figures that can be drawn again, have
    too little noise or are of one class, and working out counts from sums.

    COPY is what somebody may have kept: CSV or JSON of the figures, what Prometheus reads at
    /metrics, or a backup of the store that is a file. A cell that has another figure there was
    drawn twice.

    The exit code is 0 when every gate holds, 1 when one is broken, and 2 when something could not
    be read.
    """
    try:
        import_module("highspy")  # of the extra
    except ImportError as error:
        raise click.ClickException(
            gettext(
                "The attacks need {name}, which is not installed: install lesrust[privacy].",
                name=error.name,
            )
        ) from error
    from rich.progress import Progress

    from monitor.attacks.copies import load_copy
    from monitor.configuration import load_configuration

    with exit_on_refusal(), exit_on_store_failure():
        settings = load_configuration(config)
        kept = {str(path): load_copy(path) for path in copies}
        figures = _load_figures(settings)
        attacks = list(_list_attacks(settings, figures, kept))
    outcomes: list[AttackOutcome] = []
    with exit_on_refusal(), exit_on_store_failure(), Progress(transient=True) as progress:
        for run in progress.track(attacks, description=gettext("attacking")):
            outcomes += run()
    _print_outcomes(outcomes)
    if not figures:
        click.echo(
            gettext(
                "No figure has been released yet, so only the promise was attacked. Attack again "
                "after the first weeks."
            )
        )
    if any(not outcome.is_held for outcome in outcomes):
        raise click.exceptions.Exit(1)


def _load_figures(settings: "Configuration") -> "list[Figure]":
    from datetime import date

    from monitor import store

    store.connect(settings.database)
    return store.load_figures(since=date.min, with_hidden=True)


def _list_attacks(
    settings: "Configuration", figures: "list[Figure]", kept: "dict[str, list[CopiedFigure]]"
) -> "Iterator[Attack]":
    import time
    from datetime import date, datetime
    from functools import partial

    from monitor import store
    from monitor.attacks import on_figures, on_promise
    from monitor.runtime.factories import make_installation_promise, make_layers

    promise = make_installation_promise(settings)
    today = datetime.fromtimestamp(time.time(), settings.school.zone).date()
    if make_layers(settings).has_figures:
        for days in on_promise.SPANS:
            yield partial(on_promise.attack_days, promise, days)
        for habits in on_promise.HABITS:
            yield partial(on_promise.attack_habits, promise, habits)
    yield partial(on_figures.attack_ledger, figures, store.released_keys(date.min))
    yield partial(on_figures.attack_margins, figures)
    yield partial(_attack_groups, settings, figures, today)
    yield partial(on_figures.attack_kept_weeks, figures, promise, today, settings.store.weeks_kept)
    yield partial(on_figures.attack_copies, figures, kept)


def _attack_groups(
    settings: "Configuration", figures: "list[Figure]", today: "date"
) -> "Iterator[AttackOutcome]":
    from monitor.attacks.groups import first_day_of
    from monitor.attacks.on_figures import attack_groups
    from monitor.runtime.factories import LoadedSchedules, snapshot_factory
    from schedules import store as schedule_store

    first = first_day_of(figures, today)
    timetable = schedule_store.load_timetable(settings.school.zone, first, today)
    exemptions = schedule_store.load_exemptions(timetable)
    held = snapshot_factory(settings)(LoadedSchedules(timetable, exemptions))
    hours = {
        (hour.day, hour.period): held.measure(hour)
        for day in timetable.days
        for hour in timetable.periods_on(day)
    }
    return attack_groups(figures, hours, held.layers)


def _print_outcomes(outcomes: "list[AttackOutcome]") -> None:
    from monitor.commands.tables import print_table

    print_table(
        (gettext("attack"), gettext("gained"), gettext("gate"), gettext("holds")),
        [
            (*outcome[:3], gettext("yes") if outcome.is_held else gettext("NO"))
            for outcome in outcomes
        ],
    )
    broken = sum(not outcome.is_held for outcome in outcomes)
    click.echo()
    click.echo(
        ngettext("{count} gate is broken.", "{count} gates are broken.", broken)
        if broken
        else gettext("Every gate holds.")
    )
