"""The figures of a page as files: the same figures, with the same filters."""

import json
from dataclasses import asdict
from typing import Any

from dashboards.figures.csv_text import write_csv
from dashboards.figures.frame import figures_frame
from dashboards.overview.overview import PeriodOverview
from monitor.release.visibility import Visibility


def overview_csv(overview: PeriodOverview) -> str:
    """Write the figures as CSV, in the columns of `lesrust figures --csv`."""
    return write_csv(figures_frame(overview.selection.shown_rows))


def overview_json(overview: PeriodOverview) -> str:
    """Write the figures as JSON, with what could be seen."""
    selection = overview.selection
    frame = figures_frame(selection.shown_rows)
    content: dict[str, Any] = {
        "school": selection.school.name,
        "period": {
            "kind": selection.period.kind,
            "first": selection.period.first_day.isoformat(),
            "last": selection.period.last_day.isoformat(),
        },
        "layer": selection.filters.layer,
        "platform": selection.filters.platform,
        "visibility": _visibility_content(overview.visibility),
        "figures": json.loads(frame.to_json(orient="records", date_format="iso")),
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def _visibility_content(visibility: Visibility | None) -> dict[str, Any] | None:
    if visibility is None:
        return None
    return {
        "recognised": asdict(visibility.recognised),
        "shares": {kind: asdict(share) for kind, share in visibility.shares.items()},
    }
