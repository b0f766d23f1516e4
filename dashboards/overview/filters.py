"""What somebody asked to see, as it stands in the address of the page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Self
from urllib.parse import urlencode

from dashboards.figures.period import CALENDAR_KINDS, PeriodKind, ReportingPeriod
from dashboards.figures.row import FigureRow

KIND, START, LAYER, PLATFORM = "periode", "van", "leerlaag", "platform"
"""The parameters of the address."""
MAX_LAYER_LENGTH, MAX_PLATFORM_LENGTH = 400, 40
EARLIEST, LATEST = date(2000, 1, 1), date(2999, 1, 1)


@dataclass(frozen=True, slots=True)
class FigureFilters:
    """A period, and at choice one year layer and one platform."""

    period: ReportingPeriod
    layer: str = ""
    """Empty: all."""
    platform: str = ""
    """Empty: all."""

    @classmethod
    def from_parameters(cls, parameters: Mapping[str, str], newest_day: date) -> Self:
        """Read the parameters of an address; what cannot be is as if it was not asked for.

        Args:
            parameters: of the address.
            newest_day: a day of the period that is shown when none was asked for.
        """
        kind = next(
            (kind for kind in CALENDAR_KINDS if kind == parameters.get(KIND)), PeriodKind.WEEK
        )
        day = _parse_day(parameters.get(START, "")) or newest_day
        period = ReportingPeriod.containing(kind, day)
        if kind is not PeriodKind.WEEK and period.next.start <= day:
            period = period.next  # the first of a month, or of August, is in the week before
        return cls(
            period,
            parameters.get(LAYER, "")[:MAX_LAYER_LENGTH],
            parameters.get(PLATFORM, "")[:MAX_PLATFORM_LENGTH],
        )

    @property
    def query(self) -> str:
        """What stands behind the question mark of the address."""
        parameters = {
            KIND: self.period.kind,
            START: self.period.start,
            LAYER: self.layer,
            PLATFORM: self.platform,
        }
        return urlencode({name: str(value) for name, value in parameters.items() if value})

    def with_period(self, period: ReportingPeriod) -> Self:
        """Return the same filters for another period."""
        return replace(self, period=period)

    def select(self, rows: Iterable[FigureRow]) -> list[FigureRow]:
        """Return the figures that were asked for; those of all layers, or platforms, stay."""
        return [row for row in rows if self._has(row)]

    def _has(self, row: FigureRow) -> bool:
        has_layer = not self.layer or row.cell.layer in {"", self.layer}
        has_platform = not self.platform or row.cell.platform in {"", self.platform}
        return has_layer and has_platform


def _parse_day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST < day < LATEST else None
