"""The two addresses that others read: released figures, and the health of Lesrust itself."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from ipaddress import IPv6Address, ip_address
from math import inf
from socket import AF_INET6
from threading import Thread
from typing import TYPE_CHECKING
from wsgiref.simple_server import WSGIRequestHandler, make_server

from prometheus_client import CollectorRegistry, make_wsgi_app
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import ThreadingWSGIServer
from prometheus_client.registry import Collector

from monitor.configuration import EndpointSettings
from monitor.health import Health
from monitor.places.feeds.feed import Outcome
from monitor.places.feeds.unmapped import Unmapped
from monitor.runtime.metrics import Gauges
from schedules.problem import Problem, Refused

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

UNMAPPED_PATH = "/unmapped"
"""The path of what is attached to something without a room, beside the metrics of health."""


class FiguresCollector(Collector):
    """The gauges as they are declared now; a new timetable or roster declares new ones."""

    def __init__(self, gauges: Gauges) -> None:
        self.gauges = gauges

    def collect(self) -> Iterator[Metric]:
        """Give every gauge."""
        yield from self.gauges.registry.collect()


class HealthCollector(Collector):
    """Health as Prometheus reads it."""

    def __init__(self, health: Health, clock: Callable[[], float]) -> None:
        self._health = health
        self._clock = clock

    def collect(self) -> Iterator[Metric]:
        """Give counts as of the last whole minute, and ages as of now."""
        connections = CounterMetricFamily(
            "lesrust_connections",
            "Connections of any kind, by how their name was learned.",
            labels=["evidence"],
        )
        for evidence, count in self._health.evidence.items():
            connections.add_metric([evidence], count)
        yield connections
        hidden = CounterMetricFamily(
            "lesrust_hidden_connections",
            "Connections that do not show where they go, or lead to what hides others.",
            labels=["how"],
        )
        for how, count in self._health.hidden.items():
            hidden.add_metric([how], count)
        yield hidden
        for name, count in self._health.counts.items():
            yield CounterMetricFamily(f"lesrust_{name}", HEALTH_COUNTERS[name], value=count)
        yield self._feeds()
        yield from self._ages()

    def _feeds(self) -> Metric:
        messages = CounterMetricFamily(
            "lesrust_feed_messages",
            "What RADIUS and DHCP told of where addresses are, by what became of it.",
            labels=["feed", "outcome"],
        )
        for feed, counts in self._health.shown.feeds.items():
            for outcome in Outcome:
                messages.add_metric([feed, outcome], counts.get(outcome, 0))
        return messages

    def _ages(self) -> Iterator[Metric]:
        now = self._clock()
        yield GaugeMetricFamily(
            "lesrust_snapshot_age_seconds",
            "Since timetable and exemptions were last read from the store.",
            value=now - self._health.snapshot_read,
        )
        yield GaugeMetricFamily(
            "lesrust_watermark_lag_seconds",
            "How far the core is behind the sensor's clock.",
            value=now - self._health.watermark,
        )
        heard = GaugeMetricFamily(
            "lesrust_feed_age_seconds",
            "Since a feed of places last heard anything; endless when it never has.",
            labels=["feed"],
        )
        for feed in self._health.feeds:
            heard.add_metric([feed.name], now - feed.heard_at if feed.heard_at else inf)
        yield heard
        taken = GaugeMetricFamily(
            "lesrust_timetable_age_seconds",
            "Since a source of the timetable was last read whole; endless when it never was.",
            labels=["source", "kind"],
        )
        for source in self._health.sources:
            kind = "server" if source.is_of_a_server else "file"
            taken.add_metric([source.name, kind], now - source.read_at if source.read_at else inf)
        yield taken


HEALTH_COUNTERS = {
    "unknown_place": "Connections from addresses whose place nothing tells.",
    "addon_errors": "Errors in a sensor; the connection went on.",
    "dropped_packets": "Packets that came faster than a passive sensor read them.",
    "release_failures": "Times that the store did not take a release; it is tried again.",
    "snapshot_failures": "Times that timetable and exemptions could not be read.",
    "feed_failures": "Times that RADIUS or DHCP could not be read; it is asked again.",
    "shared_addresses": "Addresses that opened more in a lesson than one device can.",
}


class _Server6(ThreadingWSGIServer):
    address_family = AF_INET6


class _Silent(WSGIRequestHandler):
    """Writes no log: it would have the address of whoever asks in it."""

    def log_message(self, *_: object) -> None:
        """Log nothing."""


def make_application(metrics: "WSGIApplication", unmapped: Unmapped | None) -> "WSGIApplication":
    """Answer with what is unmapped on a path of its own, and else with the metrics.

    The address is the one that `lesrust check` asks anyway, so there is nothing more to set, to
    grant or to open. It is no metric, so Prometheus stores no names. Should an administrator let
    another machine read the metrics here, that machine does not get the names with them: who asks
    for those has to be on this one.
    """

    def answer(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        if unmapped is None or environ["PATH_INFO"] != UNMAPPED_PATH:
            return metrics(environ, start)
        if not _is_here(environ["REMOTE_ADDR"]):
            start("403 Forbidden", [])
            return []
        start("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(unmapped.latest).encode()]

    return answer


def _is_here(host: str) -> bool:
    address = ip_address(host.partition("%")[0])
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return address.is_loopback


@contextmanager
def serve_metrics(
    key: str, endpoint: EndpointSettings, collector: Collector, unmapped: Unmapped | None = None
) -> Iterator[int]:
    """Serve what a collector gives for as long as the context lasts, and give the port.

    Args:
        key: of the configuration, for an error.
        endpoint: where.
        collector: what.
        unmapped: what `lesrust check` is told beside it, as JSON; None: nothing.

    Raises:
        Refused: on entering, when the address that the configuration's `key` gives is not free.
    """
    registry = CollectorRegistry()
    registry.register(collector)
    host, port = endpoint.address
    try:
        server = make_server(
            host,
            port,
            make_application(make_wsgi_app(registry), unmapped),
            _Server6 if ":" in host else ThreadingWSGIServer,
            _Silent,
        )
    except OSError as error:
        allowed = f"an address that is free ({error.strerror})"
        raise Refused([Problem(f"key {key}", endpoint.listen, allowed)]) from error
    thread = Thread(target=server.serve_forever, name="lesrust-endpoint", daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
