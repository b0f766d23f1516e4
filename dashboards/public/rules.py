"""The rules that are applied, in their own numbers.

Each number is read where it is applied, when somebody asks: what everyone reads
cannot say something else than what runs.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta
from math import exp

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from monitor.identity import Unit
from monitor.release import figures, retention, tables
from monitor.release.measured.measured_day import SMALL_HOUR
from monitor.release.measured.pupils import SMALLEST_CLASS
from monitor.release.promise import Promise, WithheldReason
from monitor.release.tables import TableName
from schedules.calendar import school_year, school_year_start

AS_DECLARED = Promise(Unit.DEVICE, 1, tables.DRAWN, {})
"""Where the network tells every device."""
REASONS: dict[WithheldReason, StrOrPromise] = {
    WithheldReason.NO_IDENTITY: _("nothing on the network tells one device from another"),
    WithheldReason.COUNTS_ADDRESSES: _("a device with several addresses would count several times"),
    WithheldReason.TOO_NOISY: _("with the noise that is needed here it would say nothing"),
    WithheldReason.ONLY_IN_TOTAL: _(
        "with the noise that is needed here it would say nothing; the week's total does"
    ),
}


@dataclass(frozen=True, slots=True)
class WithheldTable:
    """A table that has no figures here."""

    table: tables.TableSpec
    reason: StrOrPromise


@dataclass(frozen=True, slots=True)
class ReleaseRules:
    """The numbers of what is released, and of how long it is kept."""

    smallest_layer: int
    """Pupils, as the next four are."""
    smallest_layer_hour: int
    """In each lesson hour that counts."""
    smallest_class: int
    """What a class counts for whose size is not known."""
    smallest_school: int
    smallest_daily_school: int
    fewest_rooms: int
    rounded_to: int
    smallest_shown: int
    certainty: int
    """How many of a hundred intervals hold the exact count."""
    wait: int
    """Minutes from the bell to the release of a lesson hour."""
    day_closes: time
    week_closes: time
    tables: tuple[tables.TableSpec, ...]
    """Those that are drawn, with the caps and the noise that hold here."""
    withheld: tuple[WithheldTable, ...]
    is_named: bool
    """Whether anything names what counts once."""
    unit: Unit
    addresses: int
    """How many addresses one device may have in a day, where the unit is an address."""
    epsilon: float
    """Of one unit on one day, over all tables."""
    chosen_epsilon: float | None
    """What the school chose to lose at most, where that is less than what is declared."""
    guess: int
    """How many of a hundred guesses can be right of whoever knows all the other devices."""
    daily_kept: int
    """Weeks."""
    weekly_kept_until: date
    """When the figures of this week are deleted."""
    weeks_kept: int | None
    """As the school chose; None: until the end of the next school year."""


def release_rules(
    today: date,
    weeks_kept: int | None = None,
    promise: Promise = AS_DECLARED,
) -> ReleaseRules:
    """Read the rules that are applied on a day.

    Args:
        today: the day at school.
        weeks_kept: for how many weeks the school keeps weekly figures; None: as long as it may.
        promise: what the installation can promise.
    """
    # The shares of the tables need not add up to the very number that was typed.
    chosen = round(sum(table.epsilon for table in promise.tables), 6)
    return ReleaseRules(
        smallest_layer=tables.MIN_LAYER_PUPILS,
        smallest_layer_hour=tables.MIN_LAYER_PUPILS // SMALL_HOUR,
        smallest_class=SMALLEST_CLASS,
        smallest_school=tables.MIN_SCHOOL_PUPILS,
        smallest_daily_school=tables.MIN_DAILY_SCHOOL_PUPILS,
        fewest_rooms=tables.MIN_ROOMS,
        rounded_to=figures.ROUNDING_STEP,
        smallest_shown=figures.MIN_SHOWN,
        certainty=figures.CONFIDENCE,
        wait=round(tables.RELEASE_DELAY / 60),
        day_closes=tables.DAY_CLOSES,
        week_closes=tables.WEEK_CLOSES,
        tables=promise.drawn,
        withheld=tuple(
            WithheldTable(table, REASONS[promise.withheld[table.name]])
            for table in promise.tables
            if table.name in promise.withheld
        ),
        is_named=WithheldReason.NO_IDENTITY not in promise.withheld.values(),
        unit=promise.unit,
        addresses=promise.addresses,
        epsilon=promise.epsilon,
        chosen_epsilon=chosen if chosen < tables.EPSILON_A_DAY else None,
        # Blind, half of the guesses are right; with a loss of epsilon at most this share.
        guess=round(100 / (1 + exp(-promise.epsilon))),
        daily_kept=_daily_kept(today) // timedelta(weeks=1),
        weekly_kept_until=_weekly_kept_until(today, weeks_kept),
        weeks_kept=weeks_kept,
    )


def _daily_kept(today: date) -> timedelta:
    return today - retention.first_days_kept(today)[TableName.LESSON_HOURS]


def _weekly_kept_until(today: date, weeks_kept: int | None) -> date:
    """Return the first day on which what is of today is kept no longer."""
    at_last = _end_of_next_school_year(today)
    if weeks_kept is None:
        return at_last
    return min(at_last, today + timedelta(weeks=weeks_kept, days=1))


def _end_of_next_school_year(today: date) -> date:
    start = school_year_start(today)
    while retention.first_days_kept(start)[TableName.WEEK] <= today:
        start = school_year(start).last + timedelta(days=1)
    return start
