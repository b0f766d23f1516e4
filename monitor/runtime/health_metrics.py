"""The health of Lesrust itself, as Prometheus reads it."""

from collections.abc import Callable, Iterator
from math import inf

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from monitor.health import FeedOutcome, Health

HOURLY_GAUGES = {
    "unknown_place": "Connections from addresses whose place nothing tells, in the hour before.",
    "unnamed": "Sightings in lessons of devices that nothing names, in the hour before.",
    "dropped_packets": "Packets that a passive sensor could not keep up with, in the hour before.",
    "addon_errors": "Errors in a sensor in the hour before: 1, 10 or 100 of them, or more.",
    "shared_addresses": "Whether some devices turned out to be several, in the hour before.",
}
"""By the name of a count in `Health`, what it counts."""
FAULT_COUNTERS = {
    "release_failures": "Times that the store did not take a release; it is tried again.",
    "snapshot_failures": "Times that timetable and exemptions could not be read.",
    "feed_failures": "Times that RADIUS or DHCP could not be read; it is asked again.",
}
"""By the name of a count in `Health`, which fault of our own it counts."""


class HealthCollector(Collector):
    """Health as Prometheus reads it."""

    def __init__(self, health: Health, clock: Callable[[], float]) -> None:
        self._health = health
        self._clock = clock

    def collect(self) -> Iterator[Metric]:
        """Give counts of the last whole hour, our faults since the start, and ages as of now."""
        connections = GaugeMetricFamily(
            "lesrust_hour_connections",
            "Connections of any kind in the hour before, by how their name was learned.",
            labels=["evidence"],
        )
        for evidence, count in self._health.evidence.items():
            connections.add_metric([evidence], count)
        yield connections
        hidden = GaugeMetricFamily(
            "lesrust_hour_hidden_connections",
            "Connections in the hour before that do not show where they go, or hide others.",
            labels=["how"],
        )
        for how, count in self._health.hidden.items():
            hidden.add_metric([how], count)
        yield hidden
        for name, text in HOURLY_GAUGES.items():
            value = self._health.published.counts[name]
            yield GaugeMetricFamily(f"lesrust_hour_{name}", text, value=value)
        for name, text in FAULT_COUNTERS.items():
            yield CounterMetricFamily(f"lesrust_{name}", text, value=self._health.faults[name])
        yield GaugeMetricFamily(
            "lesrust_unconfirmed_settings",
            "Parts of the settings that nobody has confirmed: until then there are no figures.",
            value=self._health.unconfirmed_settings,
        )
        yield GaugeMetricFamily(
            "lesrust_on_trial",
            "Whether nothing is counted, because the school has not approved of it yet.",
            value=self._health.is_on_trial,
        )
        yield self._feeds()
        yield from self._ages()

    def _feeds(self) -> Metric:
        messages = GaugeMetricFamily(
            "lesrust_hour_feed_messages",
            "What RADIUS and DHCP told in the hour before, by what became of it.",
            labels=["feed", "outcome"],
        )
        for feed, counts in self._health.published.feeds.items():
            for outcome in FeedOutcome:
                messages.add_metric([feed, outcome], counts[outcome])
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
            "Since the last hour in which a feed of places was heard; endless when it never was.",
            labels=["feed"],
        )
        for feed in self._health.feeds:
            heard.add_metric([feed.name], self._health.feed_age(feed.name, now))
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
