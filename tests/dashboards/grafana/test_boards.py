"""The dashboards as they are shipped: what they may show, in which words, and of whom."""

import json
from collections import Counter
from itertools import combinations
from pathlib import Path
from re import findall
from typing import Any

import pytest
from ruamel.yaml import YAML

from monitor.release.tables import TABLES, Dimension, ReleasedTable
from monitor.runtime.metrics import EPSILON, RELEASED_AT
from tests.dashboards.grafana.boards import FOLDER, NAMES, board, panels, queries

DEPLOY = Path(__file__).parents[3] / "deploy"
RELEASED = {EPSILON, RELEASED_AT, *(table.metric.name for table in TABLES.values())}
FOR_INTERVALS = {
    table.metric.name for table in TABLES.values() if Dimension.BEYOND in table.dimensions
}
"""What intervals are made of, and nobody reads by itself."""
ESTIMATE = {"estimate", "estimate_low", "estimate_high"}
PANELS_OF_GRAFANA_ITSELF = {"stat", "table", "text", "timeseries"}

every_board = pytest.mark.parametrize("name", NAMES)


def names(expression: str) -> set[str]:
    """Give the metrics that an expression asks for; in the dashboards each is followed by `{`."""
    return {*findall(r"([A-Za-z_:][\w:]*)\{", expression)}


def provisioning(kind: str) -> Any:
    text = (FOLDER / "provisioning" / kind / "lesrust.yaml").read_text("utf-8")
    return YAML(typ="safe").load(text)


@every_board
def test_every_panel_is_grafanas_own_and_says_what_it_means(name: str) -> None:
    titles = [panel["title"] for panel in panels(name)]
    assert len({*titles, ""}) == len(titles) + 1
    for panel in panels(name):
        assert panel["type"] in PANELS_OF_GRAFANA_ITSELF
        assert panel["description"].endswith(".")


@every_board
def test_nothing_is_fetched_from_another_host(name: str) -> None:
    assert "://" not in json.dumps(board(name))


@every_board
def test_every_panel_asks_the_chosen_source(name: str) -> None:
    for panel in panels(name):
        for asked in (panel, *panel.get("targets", ())):
            if panel["type"] != "text":
                assert asked["datasource"] == {"type": "prometheus", "uid": "${datasource}"}


@every_board
def test_no_panel_lies_over_another(name: str) -> None:
    places = [panel["gridPos"] for panel in board(name)["panels"]]
    assert all(place["x"] + place["w"] <= 24 for place in places)
    for place, other in combinations(places, 2):
        beside = place["x"] + place["w"] <= other["x"] or other["x"] + other["w"] <= place["x"]
        above = place["y"] + place["h"] <= other["y"] or other["y"] + other["h"] <= place["y"]
        assert beside or above
    assert set(Counter(panel["id"] for panel in board(name)["panels"]).values()) == {1}


def asked_for(name: str) -> set[str]:
    return {metric for query in queries(name) for metric in names(query.expression)}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_released_table_has_a_panel(table: ReleasedTable) -> None:
    metric = table.metric.name
    if metric in FOR_INTERVALS:
        return
    assert metric in asked_for("directie"), f"ask for {metric} in dashboards/grafana/directie.json"


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_released_table_has_a_name_where_it_is_said_when_it_was_released(
    table: ReleasedTable,
) -> None:
    (shown,) = (panel for panel in panels("directie") if panel["title"] == "Laatst vrijgegeven")
    overrides = shown["fieldConfig"]["overrides"]
    (mapping,) = overrides[0]["properties"][0]["value"]
    assert table.name in mapping["options"], f"map {table.name} in dashboards/grafana/directie.json"


def test_the_directie_sees_released_figures_alone() -> None:
    """Health is for the administrator."""
    assert asked_for("directie") == RELEASED - FOR_INTERVALS


def test_a_prometheus_of_the_directie_is_given_released_figures_alone() -> None:
    configuration = YAML(typ="safe").load(
        (DEPLOY / "prometheus" / "directie.yml").read_text("utf-8")
    )
    (job,) = configuration["scrape_configs"]
    assert job["params"]["match[]"] == ['{__name__=~"lesrust_.+",job="lesrust-figures"}']


def test_the_directie_reads_of_devices_and_not_of_connections() -> None:
    assert "verbinding" not in json.dumps(board("directie"), ensure_ascii=False).lower()


def test_the_administrator_sees_no_figures() -> None:
    asked = {metric for query in queries("beheer") for metric in names(query.expression)}
    assert not asked & RELEASED


@every_board
def test_there_is_no_list_of_the_highest(name: str) -> None:
    for query in queries(name):
        assert not findall(r"\b(topk|bottomk|sort|sort_desc|limitk)\b", query.expression)
    for panel in panels(name):
        assert "sortBy" not in panel.get("options", {})


def test_every_figure_is_shown_with_its_interval() -> None:
    for panel in panels("directie"):
        bounds = {*findall(r'bound="(\w+)"', json.dumps(panel).replace('\\"', '"'))}
        if bounds and panel["title"] != "Per leerlaag en platform":
            assert bounds - ESTIMATE == {"value", "low", "high"}, panel["title"]
            assert bounds & ESTIMATE in (set(), ESTIMATE), panel["title"]
    beside = next(panel for panel in panels("directie") if "met interval" in panel["title"])
    assert "Per leerlaag en platform" in beside["title"]


def test_an_estimate_is_called_that_wherever_it_is_shown() -> None:
    shown = set()
    for panel in panels("directie"):
        for target in panel.get("targets", ()):
            if 'bound="estimate' in target["expr"]:
                shown.add(panel["title"])
                (organized,) = (
                    step["options"]["renameByName"]
                    for step in panel["transformations"]
                    if step["id"] == "organize"
                )
                assert organized[f"Value #{target['refId']}"].startswith("Schatting")
                assert "Een schatting is geen telling" in panel["description"]
    assert shown == {
        "Per lesuur",
        "Per platform, hele dag",
        "Per leerlaag, hele dag",
        "Per leerlaag en platform, met interval",
    }


def test_the_dashboards_ask_the_source_that_is_provisioned() -> None:
    (source,) = provisioning("datasources")["datasources"]
    assert source["type"] == "prometheus"
    for name in NAMES:
        chosen = next(
            variable
            for variable in board(name)["templating"]["list"]
            if variable["type"] == "datasource"
        )
        assert chosen["current"]["value"] == source["uid"]


def test_grafana_is_told_where_the_dashboards_are() -> None:
    (provider,) = provisioning("dashboards")["providers"]
    assert provider["options"]["path"] == "/opt/lesrust/dashboards/grafana"
    assert {path.name for path in FOLDER.iterdir() if path.name.endswith(".json")} == {
        f"{name}.json" for name in NAMES
    }
