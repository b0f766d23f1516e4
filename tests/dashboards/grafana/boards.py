"""The dashboards' JSON, taken apart: their panels, queries and variables."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from re import findall
from typing import Any

from monitor.release.figures import ShownFigure

FOLDER = files("dashboards") / "grafana"
NAMES = ("beheer", "directie")


@cache
def board(name: str) -> dict[str, Any]:
    """Give a dashboard as it is shipped."""
    read: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return read


@dataclass(frozen=True)
class Query:
    """One query of a panel."""

    board: str
    panel: str
    letter: str
    expression: str
    is_instant: bool
    labels: frozenset[str] = field(hash=False)
    """What the panel needs each series to be labelled with."""

    def __str__(self) -> str:
        return f"{self.board}: {self.panel} {self.letter}"


def panels(name: str) -> list[dict[str, Any]]:
    """Give a dashboard's panels, without the headings between them."""
    return [panel for panel in board(name)["panels"] if panel["type"] != "row"]


def panel(name: str, title: str) -> dict[str, Any]:
    """Find a panel by its title."""
    return next(panel for panel in panels(name) if panel["title"] == title)


def queries(*names: str) -> Iterator[Query]:
    """Give every query of some dashboards."""
    for name in names:
        for panel in panels(name):
            for target in panel.get("targets", ()):
                yield Query(
                    name,
                    panel["title"],
                    target["refId"],
                    target["expr"],
                    target["instant"],
                    _labels(panel, target),
                )


def variables(name: str) -> Iterator[tuple[str, str, str]]:
    """Give every variable that is asked of Prometheus: its name, the selector and the label."""
    for variable in board(name)["templating"]["list"]:
        if variable["type"] == "query":
            ((selector, label),) = findall(
                r"^label_values\((.+), (\w+)\)$", variable["query"]["query"]
            )
            yield variable["name"], selector, label


def filled_in(text: str, values: Mapping[str, str]) -> str:
    """Fill in variables, as Grafana does before it asks."""
    for name in sorted(values, key=len, reverse=True):
        text = text.replace(f"${name}", values[name])
    return text


def shown(panel: Mapping[str, Any], value: float) -> str:
    """Say what a panel shows for a value, by the mappings of its figures."""
    for mapping in panel["fieldConfig"]["defaults"]["mappings"]:
        options = mapping["options"]
        if mapping["type"] == "range":
            holds = options["from"] <= value <= options["to"]
        else:
            holds = options["match"] == "null+nan" and value != value  # noqa: PLR0124 (NaN)
        if holds:
            text: str = options["result"]["text"]
            return text
    return ShownFigure(round(value), 0, 0).text


def _labels(panel: Mapping[str, Any], target: Mapping[str, Any]) -> frozenset[str]:
    needed = {*findall(r"\{\{(\w+)\}\}", target["legendFormat"])}
    for transformation in panel.get("transformations", ()) if panel["type"] == "table" else ():
        options = transformation["options"]
        needed |= {
            column for column in options.get("renameByName", ()) if not column.startswith("Value")
        }
        needed |= {options[key] for key in ("rowField", "columnField") if key in options}
    return frozenset(needed)
