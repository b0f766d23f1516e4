"""The figures of a page as files: the same figures, with the same filters."""

import json
from typing import Any

from dashboards.overview.overview import Overview
from monitor.release.visibility import Visibility


def as_csv(overview: Overview) -> str:
    """Write the figures as CSV, in the columns of `lesrust figures --csv`."""
    return overview.selected.shown.to_csv(index=False)


def as_json(overview: Overview, visibility: Visibility | None) -> str:
    """Write the figures as JSON, with what could be seen."""
    selected = overview.selected
    rows = json.loads(selected.shown.to_json(orient="records", date_format="iso"))
    content: dict[str, Any] = {
        "school": selected.school.name,
        "period": {
            "kind": selected.period.kind,
            "first": selected.period.begins.isoformat(),
            "last": selected.period.ends.isoformat(),
        },
        "layer": selected.filters.layer,
        "platform": selected.filters.platform,
        "visibility": _seen(visibility),
        "figures": rows,
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def _seen(visibility: Visibility | None) -> dict[str, Any] | None:
    if visibility is None:
        return None
    return {
        "connections": visibility.connections,
        "hidden_percent": visibility.hidden,
        "evidence_percent": dict(visibility.shares),
        "ways_percent": dict(visibility.ways),
    }
