"""Fetches the metrics of the running sensor from its health endpoint."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import HTTPException
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from prometheus_client.parser import text_string_to_metric_families

from monitor.configuration import Configuration
from monitor.places.feeds.unmapped import MAX_NAME_LENGTH, MAX_UNMAPPED, printable_name
from monitor.runtime.endpoints import SCHEME, UNMAPPED_PATH, load_health_token

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

type Address = tuple[str, int]
"""Host and port."""
type LabelValues = tuple[str, ...]
"""In the order of the labels' names."""


class UnfollowedRedirects(HTTPRedirectHandler):
    """Leads nowhere else: the token is for the sensor alone."""

    def redirect_request(self, *_: object) -> None:
        """Return nothing to ask instead; the answer then counts as a failure."""


_DIRECT_OPENER = build_opener(ProxyHandler({}), UnfollowedRedirects())
"""Ignores the proxy by which this machine reaches the internet."""


class TokenRefused(Exception):
    """A sensor answers, but not whoever says this token."""


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


class SensorAnswer(NamedTuple):
    """What a sensor said, or that it does not take our token."""

    metrics: SensorMetrics | None
    """None: none answered."""
    without_room: tuple[str, ...] = ()
    """Attachments without a room, as text."""
    is_refused: bool = False


def ask_sensor(settings: Configuration, timeout: float = TIMEOUT) -> SensorAnswer:
    """Ask the sensor of a configuration for its health, and for what has no room."""
    address, token = settings.health.address, load_health_token(settings)
    try:
        metrics = fetch_metrics(address, timeout, token)
    except TokenRefused:
        return SensorAnswer(None, is_refused=True)
    if metrics is None:
        return SensorAnswer(None)
    return SensorAnswer(metrics, fetch_unmapped(address, timeout, token))


def fetch_metrics(
    address: Address, timeout: float = TIMEOUT, token: str = ""
) -> SensorMetrics | None:
    """Fetch a sensor's metrics; None when none answers there in time.

    Raises:
        TokenRefused: when it answers others.
    """
    try:
        text, stated_time = _fetch(address, "/metrics", timeout, token)
        ahead = _compute_clock_difference(stated_time, time.time())
        return SensorMetrics(parse_metrics(text.decode()), ahead)
    except HTTPError as error:
        error.close()
        if error.code == HTTPStatus.UNAUTHORIZED:
            raise TokenRefused from None
        return None
    except (HTTPException, OSError, ValueError):
        return None


def fetch_unmapped(address: Address, timeout: float = TIMEOUT, token: str = "") -> tuple[str, ...]:
    """Fetch a sensor's attachments without a room.

    Each is cut and escaped here too: what answers at an address is not always a sensor.
    """
    try:
        attachments = json.loads(_fetch(address, UNMAPPED_PATH, timeout, token)[0])
    except (OSError, ValueError, HTTPException, RecursionError):
        return ()
    if not isinstance(attachments, list):
        return ()
    listed = attachments[:MAX_UNMAPPED]
    return tuple(printable_name(text, MAX_SHOWN_LENGTH) for text in listed if isinstance(text, str))


def _fetch(address: Address, path: str, timeout: float, token: str) -> tuple[bytes, str]:
    """Return the body of an answer, and the time that it states."""
    host, port = address
    host = f"[{host}]" if ":" in host else host
    said = {"Authorization": f"{SCHEME} {token}"} if token else {}
    request = Request(f"http://{host}:{port}{path}", headers=said)
    with _DIRECT_OPENER.open(request, timeout=timeout) as answer:
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
