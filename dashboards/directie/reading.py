"""Reads what a page needs from the store, and keeps what was made of it while it is the newest.

A released figure never changes: what was worked out for some filters, in a language, holds until
another figure is released, or a day goes by on which old ones are deleted.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import date
from functools import cache
from threading import Lock

from django.conf import settings

from dashboards.directie.filters import Filters
from dashboards.directie.overview import Overview, overview
from dashboards.directie.period import Kind
from dashboards.directie.selected import School, first_needed
from dashboards.figures import clock
from dashboards.figures.frame import frame
from monitor import catalogue, store
from monitor.configuration import Configuration
from monitor.release.layers import Layer, Layers
from monitor.release.tables import TableName
from schedules.calendar import monday

MOST_KEPT = 64
"""Pages: of one school that is every choice somebody makes in a meeting."""
WEEKLY = tuple(table for table in TableName if table.is_weekly)


@cache
def school() -> School:
    """Give what the web application's figures are held against."""
    return school_of(settings.LESRUST)


def school_of(chosen: Configuration) -> School:
    """Give what a school's figures are held against, from its configuration."""
    layers = Layers(tuple(Layer(one.name, one.pupils) for one in chosen.layers))
    known = catalogue.load(overlay=chosen.catalogue.overlay).platforms
    return School(
        name=chosen.school.name,
        pupils=layers.pupils,
        layers=layers.released,
        titles={platform.name: platform.title for platform in known},
        is_daily=layers.has_daily_figures,
    )


def weeks() -> tuple[date, ...]:
    """Give the Mondays of the weeks that have figures, the newest first."""
    days = store.days_with_figures([TableName.LESSON_HOURS, TableName.WEEK])
    return tuple(sorted({monday(day) for day in days}, reverse=True))


def newest() -> date:
    """Give the Monday of the newest whole week; before there is one, of the newest figure."""
    whole = store.days_with_figures([TableName.WEEK])
    return max(whole) if whole else max(weeks(), default=monday(clock.today()))


def read(filters: Filters, of: School | None = None) -> Overview:
    """Work out what is said of a period, from the store.

    Args:
        filters: what was asked for.
        of: whose figures they are; None: the web application's own school.
    """
    period = filters.period
    figures = store.load_figures(since=first_needed(period), until=period.ends, tables=WEEKLY)
    if period.kind is Kind.WEEK:
        daily = [table for table in TableName if table not in WEEKLY]
        figures += store.load_figures(since=period.begins, until=period.ends, tables=daily)
    seen = store.load_visibility(period.begins, period.ends)
    return overview(frame(figures), filters, of or school(), seen)


def version() -> Hashable:
    """Give what changes when figures are released, or old ones may be deleted; the store is asked.

    Raises:
        django.db.DatabaseError: when the store does not answer.
    """
    return store.newest(), clock.today()


class Kept[T]:
    """What was made of the figures that are the newest, for as long as they are."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._version: Hashable = None
        self._made: OrderedDict[Hashable, T] = OrderedDict()

    def forget(self) -> None:
        """Forget all of it."""
        with self._lock:
            self._made = OrderedDict()

    def get(self, key: Hashable, version: Hashable, make: Callable[[], T]) -> T:
        """Give what was made for a key of a version, or make it; other versions are forgotten."""
        with self._lock:
            if version != self._version:
                self._version, self._made = version, OrderedDict()
            if key in self._made:
                self._made.move_to_end(key)
                return self._made[key]
        made = make()
        with self._lock:
            if version == self._version:
                self._made[key] = made
                while len(self._made) > MOST_KEPT:
                    self._made.popitem(last=False)
        return made
