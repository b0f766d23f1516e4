"""Every query of the dashboards, asked of a real Prometheus that has scraped the real endpoints.

It runs with the configuration and the rules that an administrator installs; only addresses and
intervals are others.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import isnan
from pathlib import Path
from re import findall, sub

import pytest

from monitor.configuration import (
    AttachmentSettings,
    DhcpSettings,
    MetricsSettings,
    RadiusSettings,
    load_configuration,
)
from monitor.evidence import Evidence, HidingMethod
from monitor.health import SourceFreshness
from monitor.identity import NamingKey
from monitor.places.feeds.unmapped import UnmappedAttachments
from monitor.release.figures import Figure
from monitor.release.tables import TABLES, V1, Cell, TableName
from monitor.release.visibility import KINDS
from monitor.runtime import feed_factories as configured
from monitor.runtime.endpoints import serve_metrics
from monitor.runtime.health_metrics import HealthCollector
from monitor.runtime.metrics import FiguresCollector, Gauges
from tests.cast import MONDAY, ExactHealth
from tests.dashboards.grafana.boards import (
    NAMES,
    Query,
    filled_in,
    panel,
    queries,
    shown,
    variables,
)
from tests.dashboards.grafana.prometheus import Prometheus, eventually, running
from tests.dashboards.grafana.test_boards import FOR_INTERVALS, names

pytestmark = pytest.mark.needs("prometheus")

DEPLOY = Path(__file__).parents[3] / "deploy"
ANY = MetricsSettings(listen="127.0.0.1:0")
SCHOOL = "Voorbeeldcollege"
PERIODS, LAYERS, PLATFORMS = (
    ("1", "2", "3"),
    ("3 havo", "3 vwo", "4 havo"),
    ("instagram", "x", "tiktok"),
)
DRAWN = (1_485, 7, None)
"""A figure, one below 20, and none; in that order for each table's cells."""
SEEN = {**dict.fromkeys(KINDS, 0), "sni": 4_500, "quic": 900, "vpn": 600, "http": 7}
"""Device-days of a week, by kind of connection."""
TOKEN = "a-token-of-a-school"
OTHER_VARIABLES = {"__rate_interval": "1m"}
RECORD = """Mon Nov 23 08:35:00 2026
\tAcct-Status-Type = Start
\tAcct-Session-Id = "5E0C1A-01"
\tUser-Name = "jan.jansen"
\tFramed-IP-Address = 10.99.0.1
\tTunnel-Private-Group-Id:0 = "204"
\tTimestamp = {at:.0f}

"""


def figures() -> Iterator[Figure]:
    """Give figures of every table, as they are once they are released."""
    now = datetime.now(UTC) - timedelta(minutes=5)
    for period, layer, platform, drawn in zip(PERIODS, LAYERS, PLATFORMS, DRAWN, strict=True):
        yield Figure(Cell(TableName.LESSON_HOURS, MONDAY, period=period), drawn, now)
        yield Figure(Cell(TableName.PLATFORMS, MONDAY, platform=platform), drawn, now)
        yield Figure(Cell(TableName.LAYERS, MONDAY, layer=layer), drawn, now)
        cell = Cell(TableName.LAYER_PLATFORMS, MONDAY, layer=layer, platform=platform)
        yield Figure(cell, drawn, now)
        yield Figure(Cell(TableName.WEEK_PLATFORMS, MONDAY, platform=platform), drawn, now)
    yield Figure(Cell(TableName.WEEK, MONDAY), DRAWN[0], now)
    for kind, device_days in SEEN.items():
        yield Figure(Cell(V1.name, MONDAY, evidence=kind), V1.points * device_days, now)


class ReportingSensor:
    """What a sensor process of a school tells, through its own feeds."""

    def __init__(self, folder: Path, opened: ExitStack) -> None:
        (folder / "aansluitingen.csv").write_text("kind,name,room\nvlan,204,101\n")
        (folder / "kea.csv").write_text("")
        self._detail = folder / "detail"
        self._detail.write_text("")
        settings = load_configuration(DEPLOY / "lesrust.toml").model_copy(
            update={
                "attachments": AttachmentSettings(file=folder / "aansluitingen.csv"),
                "radius": RadiusSettings(detail=self._detail),
                "dhcp": DhcpSettings(kea_leases=folder / "kea.csv"),
            }
        )
        self.health = ExactHealth()
        self._feeds = configured.make_feeds(settings, opened, UnmappedAttachments(), NamingKey())
        self.health.feeds = self._feeds
        self.health.sources = [
            SourceFreshness("zermelo", is_server=True, read_at=time.time() - 120),
            SourceFreshness("untis", is_server=False, read_at=0.0),
        ]
        self._renew()
        gauges = Gauges(PERIODS, LAYERS, PLATFORMS)
        gauges.update(list(figures()))
        self.figures_port = opened.enter_context(
            serve_metrics("metrics.listen", ANY, FiguresCollector(gauges))
        )
        self.health_port = opened.enter_context(
            serve_metrics(
                "health.listen", ANY, HealthCollector(self.health, time.time), token=TOKEN
            )
        )

    def goes_on(self) -> None:
        """See connections, of which one in ten hides, and have something of everything go wrong."""
        for evidence in (*[Evidence.SNI] * 80, *[Evidence.QUIC] * 10, *[Evidence.HIDDEN] * 10):
            self.health.count_connection(evidence, place_is_known=evidence is not Evidence.QUIC)
        for hidden in HidingMethod:
            self.health.count_hidden_connection(hidden)
        self.health.count_dropped_packets(3)
        self.health.count_addon_error()
        self.health.count_release_failure()
        self.health.count_snapshot_failure()
        self.health.count_feed_failure()
        self.health.count_shared_address()
        self.health.count_unnamed()
        self._detail.write_text(RECORD.format(at=time.time()))
        self._renew()

    def _renew(self) -> None:
        self.health.snapshot_read_at = time.time()
        for feed in self._feeds:
            list(feed.events(time.time()))
        self.health.tick(time.time())
        self.health.publish()


def installed(folder: Path, school: ReportingSensor) -> Path:
    """Put in a folder what an administrator installs, with other addresses, and in a hurry."""
    written = folder / "prometheus.yml"
    (folder / "health.token").write_text(f"{TOKEN}\n")
    for name in ("prometheus.yml", "lesrust-rules.yml"):
        text = (DEPLOY / "prometheus" / name).read_text("utf-8")
        text = text.replace("127.0.0.1:9464", f"127.0.0.1:{school.figures_port}")
        text = text.replace("127.0.0.1:9465", f"127.0.0.1:{school.health_port}")
        text = text.replace("/etc/prometheus/lesrust-health.token", str(folder / "health.token"))
        (folder / name).write_text(sub(r"interval: 1[mh]\b", "interval: 250ms", text))
    return written


@dataclass(frozen=True)
class ScrapedPrometheus:
    """Prometheus when it has seen the school go on, and what Grafana's variables are then."""

    prometheus: Prometheus
    variables: dict[str, str]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ScrapedPrometheus]:
    folder = tmp_path_factory.mktemp("prometheus")
    with ExitStack() as opened:
        school = ReportingSensor(folder, opened)
        prometheus = opened.enter_context(running(installed(folder, school)))

        def has_scraped() -> bool:
            targets = prometheus.ask("targets")["activeTargets"]
            return len(targets) == 2 and all(target["health"] == "up" for target in targets)

        def has_seen_it_go_on() -> bool:
            ratio = prometheus.now("school:lesrust_visibility:ratio1w")
            recent = prometheus.now("school:lesrust_visibility:ratio1h")
            told = prometheus.now('ALERTS{alertname="LesrustVrijgaveMislukt",alertstate="firing"}')
            return bool(told) and all(
                result and not isnan(result[0][1]) for result in (ratio, recent)
            )

        eventually(has_scraped)
        school.goes_on()
        eventually(has_seen_it_go_on)
        yield ScrapedPrometheus(prometheus, chosen(prometheus))


def chosen(prometheus: Prometheus) -> dict[str, str]:
    """Choose the first value of each variable, as Grafana does."""
    values = dict(OTHER_VARIABLES)
    for name in NAMES:
        for variable, selector, label in variables(name):
            found = prometheus.ask(
                f"label/{label}/values", **{"match[]": filled_in(selector, values)}
            )
            assert found, f"{name}: ${variable} has no value"
            values[variable] = found[0]
    return values


def test_the_variables_are_those_of_the_school(seen: ScrapedPrometheus) -> None:
    assert seen.variables == OTHER_VARIABLES | {
        "school": SCHOOL,
        "period": "1",
        "platform": "instagram",
        "layer": "3 havo",
    }


@pytest.mark.parametrize("query", list(queries(*NAMES)), ids=str)
def test_a_query_gives_what_its_panel_shows(seen: ScrapedPrometheus, query: Query) -> None:
    known = {*seen.prometheus.ask("label/__name__/values")}
    assert names(query.expression)
    assert names(query.expression) <= known
    expression = filled_in(query.expression, seen.variables)
    assert "$" not in expression
    if query.is_instant:
        found = [labels for labels, _ in seen.prometheus.now(expression)]
    else:
        found = seen.prometheus.lately(expression, seconds=30)
    assert found
    assert all(query.labels <= series.keys() for series in found)
    assert len(found) == len({frozenset(series.items()) for series in found})


def test_everything_that_is_exported_is_shown_somewhere(seen: ScrapedPrometheus) -> None:
    asked = {metric for query in queries(*NAMES) for metric in names(query.expression)}
    exported = {*seen.prometheus.ask("label/__name__/values", **{"match[]": '{job=~"lesrust-.+"}'})}
    assert {metric for metric in exported if metric.startswith("lesrust_")} <= asked | FOR_INTERVALS


@pytest.mark.parametrize(
    ("title", "table"),
    [
        ("Per lesuur", TableName.LESSON_HOURS),
        ("Per platform, hele dag", TableName.PLATFORMS),
        ("Per leerlaag, hele dag", TableName.LAYERS),
        ("Per platform, hele week", TableName.WEEK_PLATFORMS),
        ("Per leerlaag en platform", TableName.LAYER_PLATFORMS),
        ("Apparaat-lessen, hele school", TableName.WEEK),
        ("Zichtbaarheid, uitgesplitst", TableName.VISIBILITY),
    ],
)
def test_a_figure_is_shown_as_it_is_everywhere(
    seen: ScrapedPrometheus, title: str, table: TableName
) -> None:
    """As a number, as `<20`, or as 'geen cijfer'; whatever else is declared has no figure yet."""
    labels = TABLES[table].dimensions
    expected = {
        tuple(getattr(figure.cell, label) for label in labels): figure.shown.text
        if figure.shown
        else "geen cijfer"
        for figure in figures()
        if figure.cell.table is table
    }
    of = panel("directie", title)
    found = {
        tuple(series[label] for label in labels): shown(of, value)
        for series, value in seen.prometheus.now(
            filled_in(of["targets"][0]["expr"], seen.variables)
        )
    }
    assert {cell: found[cell] for cell in expected} == expected
    assert {text for cell, text in found.items() if cell not in expected} <= {"geen cijfer"}


def test_the_visibility_is_the_share_with_a_name(seen: ScrapedPrometheus) -> None:
    recognised, low, high = (
        seen.prometheus.now(filled_in(target["expr"], seen.variables))[0][1]
        for target in panel("directie", "Zichtbaarheid")["targets"]
    )
    assert recognised == pytest.approx(0.9)
    assert 0.7 < low < recognised < high < 1


def test_what_never_was_is_no_age(seen: ScrapedPrometheus) -> None:
    expression = panel("beheer", "Rooster voor het laatst gelezen")["targets"][0]["expr"]
    found = {
        series["source"]: value
        for series, value in seen.prometheus.now(filled_in(expression, seen.variables))
    }
    assert found["zermelo"] >= 2
    assert isnan(found["untis"])


def test_the_directies_own_prometheus_gets_what_the_directie_sees_and_no_more(
    seen: ScrapedPrometheus,
) -> None:
    handing_on = (DEPLOY / "prometheus" / "directie.yml").read_text("utf-8")
    handed_on = seen.prometheus.handed_on(findall(r"- '(.+)'", handing_on))
    asked = {metric for query in queries("directie") for metric in names(query.expression)}
    assert handed_on == asked | FOR_INTERVALS


def test_an_alert_says_which_school_and_what_to_do(seen: ScrapedPrometheus) -> None:
    alerts = seen.prometheus.ask("alerts")["alerts"]
    assert "LesrustVrijgaveMislukt" in {alert["labels"]["alertname"] for alert in alerts}
    for alert in alerts:
        said = alert["annotations"]
        assert "no value" not in said["summary"] + said["description"]
        assert "error" not in said["summary"]
        assert SCHOOL in said["summary"] or "127.0.0.1" in said["summary"]
