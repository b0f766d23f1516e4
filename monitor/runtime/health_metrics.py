"""The health of Lesrust itself, as Prometheus reads it."""

from collections.abc import Callable, Iterator
from math import inf

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from monitor.health import FeedOutcome, Health

HEALTH_COUNTERS = {
    "unknown_place": "Connections from addresses whose place nothing tells.",
    "addon_errors": "Errors in a sensor; the connection went on.",
    "dropped_packets": "Packets that came faster than a passive sensor read them.",
    "release_failures": "Times that the store did not take a release; it is tried again.",
    "snapshot_failures": "Times that timetable and exemptions could not be read.",
    "feed_failures": "Times that RADIUS or DHCP could not be read; it is asked again.",
    "shared_addresses": "Addresses that opened more in a lesson than one device can.",
}
"""By the name of a count in `Health`, what it counts."""


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
        for method, count in self._health.hidden.items():
            hidden.add_metric([method], count)
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
        for feed, counts in self._health.published.feeds.items():
            for outcome in FeedOutcome:
                messages.add_metric([feed, outcome], counts.get(outcome, 0))
        return messages

    def _ages(self) -> Iterator[Metric]:
        now = self._clock()
        yield GaugeMetricFamily(
            "lesrust_snapshot_age_seconds",
            "Since timetable and exemptions were last read from the store.",
            value=now - self._health.snapshot_read_at,
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
            kind = "server" if source.is_server else "file"
            taken.add_metric([source.name, kind], now - source.read_at if source.read_at else inf)
        yield taken
