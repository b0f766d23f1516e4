"""What the papers say of the figures: tables, noise, floors, and what somebody can still gain."""

from collections.abc import Mapping
from dataclasses import dataclass

from monitor.configuration import Configuration
from monitor.identity import Unit
from monitor.release import figures, longitudinal, retention, tables
from monitor.release.layers import Layers
from monitor.release.longitudinal import HEAVIEST, MODERATE, TERM, YEAR, Habits
from monitor.release.measured.pupils import SMALLEST_CLASS
from monitor.release.promise import Promise, WithheldReason, expected_error
from monitor.release.tables import SCHOOL_DAYS, TableSpec, TotalSpec
from monitor.runtime.factories import make_installation_promise
from schedules.language import writing

SCHOOL_DAYS_A_YEAR = 190
"""About: forty weeks of five days, less holidays and days without lessons."""
SHORTER = (retention.MIN_WEEKS_KEPT, 13, 20)
"""Weeks of keeping of which the effect is shown."""
LOWER = (0.5, 0.25)
"""Privacy losses of which it is shown."""
SPANS = (1, SCHOOL_DAYS, SCHOOL_DAYS * TERM)
"""School days over which a device is looked for."""
HABITS: Mapping[str, Habits] = {
    "de hele dag, op elk platform": HEAVIEST,
    "twee lesuren per dag, op één platform": MODERATE,
}
UNITS = {
    Unit.PERSON: "persoon",
    Unit.DEVICE: "apparaat",
    Unit.ADDRESS: "apparaat",
}
"""What the promise is of; of an address it is of a device with so many addresses."""
REASONS = {
    WithheldReason.NO_IDENTITY: "niets op het netwerk vertelt welke verbindingen van hetzelfde "
    "apparaat zijn",
    WithheldReason.COUNTS_ADDRESSES: "een apparaat met meer adressen zou er vaker in staan",
    WithheldReason.TOO_NOISY: "met de ruis die hier nodig is, zou zij niets zeggen",
    WithheldReason.ONLY_IN_TOTAL: "met de ruis die hier nodig is, zouden losse cijfers niets "
    "zeggen; opgeteld over een week wel",
}
INTERVALS = {
    tables.ReleaseInterval.LESSON_HOUR: "per lesuur",
    tables.ReleaseInterval.DAY: "per dag",
    tables.ReleaseInterval.WEEK: "per week",
}
WHEN = {
    tables.ReleaseInterval.LESSON_HOUR: f"bel + {tables.RELEASE_DELAY / 60:.0f} minuten",
    tables.ReleaseInterval.DAY: f"{tables.DAY_CLOSES:%H:%M}",
    tables.ReleaseInterval.WEEK: f"maandag {tables.WEEK_CLOSES:%H:%M}",
}


@dataclass(frozen=True, slots=True)
class TableFacts:
    """A released table as a paper describes it; all of it is text."""

    name: str
    plain: str
    when: str
    most: str
    """The most that one device adds to it in a day."""
    epsilon: str
    noise: str
    error: str
    shown: str
    """Who can see its figures."""
    kept: str


@dataclass(frozen=True, slots=True)
class ShareFacts:
    """A share that somebody gains, and under what condition."""

    condition: str
    shares: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FigureFacts:
    """Everything that the papers say in numbers; all of it is text."""

    has_figures: bool
    is_daily: bool
    unit: str
    is_person: bool
    is_address: bool
    addresses: str
    reused: bool
    epsilon: str
    epsilon_week: str
    epsilon_year: str
    is_lowered: bool
    guess: str
    """How many of a hundred guesses can be right of whoever knows all others."""
    advantage_of_a_day: str
    tables: tuple[TableFacts, ...]
    withheld: tuple[ShareFacts, ...]
    """Tables that have no figures, each with the reason."""
    habits: tuple[ShareFacts, ...]
    kept_habits: tuple[ShareFacts, ...]
    lower: tuple[ShareFacts, ...]
    membership: tuple[ShareFacts, ...]
    habit_gates: tuple[ShareFacts, ...]
    """What the attack on habits may gain at most, from every figure that is drawn."""
    intervals: str
    """Of what there are figures that somebody sees: per lesuur, per dag, per week."""
    has_layer_figures: bool
    has_totals: bool
    term: str
    year: str
    daily_kept: str
    weekly_kept: str
    is_kept_shorter: bool
    smallest_layer: str
    smallest_school: str
    smallest_daily_school: str
    fewest_rooms: str
    smallest_class: str
    rounded_to: str
    smallest_shown: str
    certainty: str


def make_figure_facts(settings: Configuration, layers: Layers) -> FigureFacts:
    """Work out the numbers of an installation, by its configuration alone."""
    promise = make_installation_promise(settings)
    kept = _describe_keeping(settings.store.weeks_kept)
    has_figures = bool(promise.drawn) and layers.has_figures
    drawn = promise.drawn if has_figures else ()
    withheld = promise.withheld.items() if layers.has_figures else ()
    return FigureFacts(
        has_figures=has_figures,
        is_daily=layers.has_daily_figures,
        unit=UNITS[promise.unit],
        is_person=promise.unit is Unit.PERSON,
        is_address=promise.unit is Unit.ADDRESS,
        addresses=writing.number(promise.addresses),
        reused=settings.identity.rules.reused,
        epsilon=_format_epsilon(promise.epsilon),
        epsilon_week=_format_epsilon(SCHOOL_DAYS * promise.epsilon),
        epsilon_year=writing.number(SCHOOL_DAYS_A_YEAR * promise.epsilon),
        is_lowered=settings.privacy.epsilon < tables.EPSILON_A_DAY,
        guess=writing.number(50 + 50 * longitudinal.advantage_of_a_day(promise.epsilon)),
        advantage_of_a_day=_share(longitudinal.advantage_of_a_day(promise.epsilon)),
        tables=(
            *(_describe_table(table, promise, layers, kept) for table in drawn),
            *(_describe_total(total, layers, kept) for total in promise.totals if has_figures),
        ),
        withheld=tuple(ShareFacts(str(name), (REASONS[reason],)) for name, reason in withheld),
        habits=_describe_habits(promise, layers) if has_figures else (),
        kept_habits=_describe_shorter_keeping(promise, settings) if has_figures else (),
        lower=_describe_lower_losses(settings, layers) if has_figures else (),
        membership=tuple(
            ShareFacts(
                writing.number(days),
                (_share(longitudinal.advantage_of_a_day(days * promise.epsilon)),),
            )
            for days in SPANS
            if has_figures
        ),
        habit_gates=tuple(
            ShareFacts(title, (_share(longitudinal.advantage(promise.drawn, habit, TERM)),))
            for title, habit in HABITS.items()
            if has_figures
        ),
        intervals=_list_intervals(promise, layers) if has_figures else "",
        has_layer_figures=has_figures
        and any(tables.Dimension.LAYER in table.dimensions for table in _seen(promise, layers)),
        has_totals=has_figures and bool(promise.totals),
        term=writing.number(TERM),
        year=writing.number(YEAR),
        daily_kept=_weeks(retention.DAILY_RETENTION.days // 7),
        weekly_kept=kept,
        is_kept_shorter=settings.store.weeks_kept is not None,
        smallest_layer=writing.number(tables.MIN_LAYER_PUPILS),
        smallest_school=writing.number(tables.MIN_SCHOOL_PUPILS),
        smallest_daily_school=writing.number(tables.MIN_DAILY_SCHOOL_PUPILS),
        fewest_rooms=writing.number(tables.MIN_ROOMS),
        smallest_class=writing.number(SMALLEST_CLASS),
        rounded_to=writing.number(figures.ROUNDING_STEP),
        smallest_shown=writing.number(figures.MIN_SHOWN),
        certainty=writing.number(figures.CONFIDENCE),
    )


def _describe_table(table: TableSpec, promise: Promise, layers: Layers, kept: str) -> TableFacts:
    return TableFacts(
        name=table.name,
        plain=str(table.plain),
        when=WHEN[table.interval],
        most=f"{writing.number(table.devices * promise.addresses)} per dag",
        epsilon=_format_epsilon(table.epsilon),
        noise=f"± {writing.decimal(table.noise)}",
        error="n.v.t." if table.beyond else f"± {_share(expected_error(table, layers))}",
        shown=_describe_audience(table, promise, layers),
        kept=kept if table.is_weekly else _weeks(retention.DAILY_RETENTION.days // 7),
    )


def _seen(promise: Promise, layers: Layers) -> tuple[TableSpec, ...]:
    """Return the tables of which somebody sees the figures themselves."""
    return tuple(table for table in promise.released if table.is_weekly or layers.has_daily_figures)


def _list_intervals(promise: Promise, layers: Layers) -> str:
    seen = {table.interval for table in _seen(promise, layers)}
    if promise.totals:
        seen.add(tables.ReleaseInterval.WEEK)
    return writing.listing([name for interval, name in INTERVALS.items() if interval in seen])


def _describe_audience(table: TableSpec, promise: Promise, layers: Layers) -> str:
    if table.name is tables.TableName.VISIBILITY:
        return "directie en iedereen, als aandeel"
    if table.beyond or table in _seen(promise, layers):
        return "niemand; de intervallen rekenen ermee" if table.beyond else "directie"
    has_total = any(total.of.name == table.name for total in promise.totals)
    return "alleen opgeteld, per week" if has_total else "niemand; wel bewaard"


def _describe_total(total: TotalSpec, layers: Layers, kept: str) -> TableFacts:
    return TableFacts(
        name=total.name,
        plain=f"{str(total.words.line).capitalize()}: de som van {total.of.name}",
        when=WHEN[total.interval],
        most=f"zit in {total.of.name}",
        epsilon="geen extra",
        noise=f"zit in {total.of.name}",
        error=f"± {_share(expected_error(total, layers))}",
        shown="directie en iedereen",
        kept=kept,
    )


def _describe_habits(promise: Promise, layers: Layers) -> tuple[ShareFacts, ...]:
    """Describe what somebody gains who keeps every figure that the school shows."""
    gain = longitudinal.advantage if layers.has_daily_figures else longitudinal.advantage_of_kept
    return tuple(
        ShareFacts(
            title, tuple(_share(gain(promise.drawn, habit, weeks)) for weeks in (TERM, YEAR))
        )
        for title, habit in HABITS.items()
    )


def _describe_shorter_keeping(promise: Promise, settings: Configuration) -> tuple[ShareFacts, ...]:
    """Describe what the weekly figures alone still tell of the heaviest use, by how long kept."""
    longest = min(settings.store.weeks_kept or YEAR, YEAR)
    weeks = sorted({*(choice for choice in SHORTER if choice < longest), longest})
    return tuple(
        ShareFacts(
            writing.number(choice),
            (_share(longitudinal.advantage_of_kept(promise.drawn, HEAVIEST, choice)),),
        )
        for choice in weeks
    )


def _describe_lower_losses(settings: Configuration, layers: Layers) -> tuple[ShareFacts, ...]:
    """Describe what a lower loss than the one in force would do, to the gain and to the figures."""
    return tuple(
        _describe_loss(settings, layers, epsilon)
        for epsilon in sorted({settings.privacy.epsilon, *LOWER}, reverse=True)
        if epsilon <= settings.privacy.epsilon
    )


def _describe_loss(settings: Configuration, layers: Layers, epsilon: float) -> ShareFacts:
    privacy = settings.privacy.model_copy(update={"epsilon": epsilon})
    promise = make_installation_promise(settings.model_copy(update={"privacy": privacy}))
    error = next((expected_error(total, layers) for total in promise.totals), None)
    return ShareFacts(
        _format_epsilon(epsilon),
        (
            _share(longitudinal.advantage_of_a_day(promise.epsilon)),
            "geen weektotaal" if error is None else f"± {_share(error)}",
            writing.listing([*map(str, promise.withheld)]) or "geen",
        ),
    )


def _describe_keeping(weeks_kept: int | None) -> str:
    return "tot het einde van het volgende schooljaar" if weeks_kept is None else _weeks(weeks_kept)


def _weeks(count: int) -> str:
    return f"{writing.number(count)} weken"


def _format_epsilon(value: float) -> str:
    """Write a privacy loss, without digits that say nothing."""
    return writing.decimal(value, 4).rstrip("0").rstrip(",")


def _share(share: float) -> str:
    percent = 100 * share
    return f"{writing.decimal(percent) if percent < 1 else writing.number(percent)} %"
