"""Fetches the metrics of the running sensor from its health endpoint."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from urllib.request import ProxyHandler, build_opener

from prometheus_client.parser import text_string_to_metric_families

from monitor.places.feeds.unmapped import MAX_NAME_LENGTH, MAX_UNMAPPED, printable_name
from monitor.runtime.endpoints import UNMAPPED_PATH

TIMEOUT = 3.0
"""Seconds."""
MAX_SHOWN_LENGTH = 3 * MAX_NAME_LENGTH
"""Characters: a kind and two names, escaped."""
MAX_ANSWER_SIZE = 4 * 1024 * 1024
"""Bytes."""

CONNECTIONS = "lesrust_hour_connections"
FEED_AGE = "lesrust_feed_age_seconds"
FEED_MESSAGES = "lesrust_hour_feed_messages"
HIDDEN_CONNECTIONS = "lesrust_hour_hidden_connections"
SNAPSHOT_AGE = "lesrust_snapshot_age_seconds"
UNCONFIRMED = "lesrust_unconfirmed_settings"
WATERMARK_LAG = "lesrust_watermark_lag_seconds"

_DIRECT_OPENER = build_opener(ProxyHandler({}))
"""Ignores the proxy by which this machine reaches the internet."""

type Address = tuple[str, int]
"""Host and port."""
type LabelValues = tuple[str, ...]
"""In the order of the labels' names."""


@dataclass(frozen=True, slots=True)
class SensorMetrics:
    """The metrics of a sensor."""

    values: Mapping[str, Mapping[LabelValues, float]]
    """By name and labels."""
    clock_ahead: float | None = None
    """Seconds by which the sensor's clock is ahead of ours; None when it states no time."""

    def total(self, name: str) -> float:
        """Add up a metric's values over its labels; 0 when there is none."""
        return sum(self.values.get(name, {}).values())

    def by_label(self, name: str) -> Mapping[LabelValues, float]:
        """Return a metric's values by their labels."""
        return self.values.get(name, {})


def fetch_metrics(address: Address, timeout: float = TIMEOUT) -> SensorMetrics | None:
    """Fetch a sensor's metrics; None when none answers there in time."""
    try:
        text, stated_time = _fetch(address, "/metrics", timeout)
        ahead = _compute_clock_difference(stated_time, time.time())
        return SensorMetrics(parse_metrics(text.decode()), ahead)
    except (HTTPException, OSError, ValueError):
        return None


def fetch_unmapped(address: Address, timeout: float = TIMEOUT) -> tuple[str, ...]:
    """Fetch a sensor's attachments without a room.

    Each is cut and escaped here too: what answers at an address is not always a sensor.
    """
    try:
        attachments = json.loads(_fetch(address, UNMAPPED_PATH, timeout)[0])
    except (OSError, ValueError, HTTPException, RecursionError):
        return ()
    if not isinstance(attachments, list):
        return ()
    listed = attachments[:MAX_UNMAPPED]
    return tuple(printable_name(text, MAX_SHOWN_LENGTH) for text in listed if isinstance(text, str))


def _fetch(address: Address, path: str, timeout: float) -> tuple[bytes, str]:
    """Return the body of an answer, and the time that it states."""
    host, port = address
    host = f"[{host}]" if ":" in host else host
    with _DIRECT_OPENER.open(f"http://{host}:{port}{path}", timeout=timeout) as answer:
        return answer.read(MAX_ANSWER_SIZE), answer.headers.get("Date", "")


def parse_metrics(text: str) -> Mapping[str, Mapping[LabelValues, float]]:
    """Parse Prometheus's text format.

    Raises:
        ValueError: when the text is in another format.
    """
    values: dict[str, dict[LabelValues, float]] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            labels = tuple(value for _, value in sorted(sample.labels.items()))
            values.setdefault(sample.name, {})[labels] = sample.value
    return values


def _compute_clock_difference(stated_time: str, now: float) -> float | None:
    try:
        return parsedate_to_datetime(stated_time).timestamp() - now
    except ValueError:
        return None
