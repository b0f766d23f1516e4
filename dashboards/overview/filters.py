"""What somebody asked to see, as it stands in the address of the page."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Self
from urllib.parse import urlencode

import pandas as pd

from dashboards.figures.period import IN_ADDRESS, Kind, Period

KIND, FROM, LAYER, PLATFORM = "periode", "van", "leerlaag", "platform"
EARLIEST, LATEST = date(2000, 1, 1), date(2999, 1, 1)


@dataclass(frozen=True, slots=True)
class Filters:
    """A period, and at choice one year layer and one platform."""

    period: Period
    layer: str = ""
    """Empty: all."""
    platform: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, str], newest: date) -> Self:
        """Read what was asked for; what cannot be is as if it had not been asked.

        Args:
            asked: of the address.
            newest: a day of the period that is shown when none was asked for.
        """
        kind = next((kind for kind in IN_ADDRESS if kind == asked.get(KIND)), Kind.WEEK)
        day = _day(asked.get(FROM, "")) or newest
        period = Period.of(kind, day)
        if kind is not Kind.WEEK and period.next.first <= day:
            period = period.next  # the first of a month, or of August, is in the week before
        return cls(period, asked.get(LAYER, "")[:400], asked.get(PLATFORM, "")[:40])

    @property
    def query(self) -> str:
        """What stands in the address."""
        asked = {
            KIND: self.period.kind,
            FROM: self.period.first,
            LAYER: self.layer,
            PLATFORM: self.platform,
        }
        return urlencode({name: str(value) for name, value in asked.items() if value})

    def at(self, period: Period) -> Self:
        """Ask the same of another period."""
        return replace(self, period=period)

    def of(self, figures: pd.DataFrame) -> pd.DataFrame:
        """Keep the figures that were asked for; those of all layers, or platforms, stay."""
        layer = figures["layer"].isin(["", self.layer]) if self.layer else True
        platform = figures["platform"].isin(["", self.platform]) if self.platform else True
        kept: pd.DataFrame = figures[pd.Series(data=True, index=figures.index) & layer & platform]
        return kept


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST < day < LATEST else None
