"""Reads from the health endpoint of the running sensor how it is: what it hears, sees and drops."""

import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from math import isinf
from urllib.request import ProxyHandler, build_opener

from prometheus_client.parser import text_string_to_metric_families

from monitor.diagnostics.finding import Finding, FindingKind, findings_about
from monitor.places.feeds.feed import Outcome
from monitor.places.feeds.unmapped import LONGEST, MOST, shown
from monitor.runtime.endpoints import UNMAPPED_PATH
from monitor.sighting import Evidence

SILENT = 3600.0
"""Seconds in which a feed of a school in use hears something."""
LONGEST_WAIT = 3.0
LONGEST_SHOWN = 3 * LONGEST
"""Characters: a kind and two names, escaped."""
LARGEST_ANSWER = 4 * 1024 * 1024
MANY = 0.5
"""Share of the connections of unknown place, above which something is wrong with the places."""
FEWEST = 100
"""Connections, below which a share says nothing."""

STALE = 30.0
"""Seconds since the schedules were read, or that counting is behind, above which something is
wrong: the sensor looks four times a second."""
LARGEST_DIFFERENCE = 5.0
"""Seconds between two clocks; an answer tells whole seconds."""
DROPPED = 0.001
"""Packets dropped to connections seen, above which figures miss what they should have."""

CONNECTIONS = "lesrust_connections_total"
MESSAGES = "lesrust_feed_messages_total"

_DIRECTLY = build_opener(ProxyHandler({}))
"""Whatever proxy this machine goes to the internet by."""

type LabelValues = tuple[str, ...]
"""Their values, in the order of their names."""


@dataclass(frozen=True, slots=True)
class SensorMetrics:
    """What a sensor said of itself."""

    values: Mapping[str, Mapping[LabelValues, float]]
    """By name and labels."""
    clock_ahead: float | None = None
    """Seconds by which the sensor's clock is ahead of ours; None when it did not say."""

    def total(self, name: str) -> float:
        """Add up a name's values over its labels; 0 when there is none."""
        return sum(self.values.get(name, {}).values())

    def by_label(self, name: str) -> Mapping[LabelValues, float]:
        """Give a name's values by their labels."""
        return self.values.get(name, {})


_AGES = {
    "lesrust_snapshot_age_seconds": FindingKind.SNAPSHOT_STALE,
    "lesrust_watermark_lag_seconds": FindingKind.CORE_BEHIND,
}
_COUNTS = {
    "lesrust_addon_errors_total": FindingKind.ADDON_ERRORS,
    "lesrust_snapshot_failures_total": FindingKind.SNAPSHOT_FAILURES,
    "lesrust_release_failures_total": FindingKind.RELEASE_FAILURES,
    "lesrust_feed_failures_total": FindingKind.FEED_FAILURES,
}
_BY_OUTCOME = {
    Outcome.WITHOUT_ROOM: FindingKind.UNKNOWN_ATTACHMENTS,
    Outcome.CLOCK_DIFFERS: FindingKind.CLOCKS_DIFFER,
    Outcome.NAMES_SOMEONE: FindingKind.NAMES_SOMEONE,
    Outcome.NOT_TRUSTED: FindingKind.NOT_TRUSTED,
}


def fetch_metrics(address: tuple[str, int], wait: float = LONGEST_WAIT) -> SensorMetrics | None:
    """Ask a sensor for its health; None when none answers there in `wait` seconds."""
    try:
        text, stated = _asked(address, "/metrics", wait)
        return SensorMetrics(parse_metrics(text.decode()), _ahead(stated, time.time()))
    except (HTTPException, OSError, ValueError):
        return None


def fetch_unmapped(address: tuple[str, int], wait: float = LONGEST_WAIT) -> tuple[str, ...]:
    """Ask a sensor for what is attached to something without a room, the latest first.

    Each is cut and escaped here too: what answers at an address is not always what should.
    """
    try:
        found = json.loads(_asked(address, UNMAPPED_PATH, wait)[0])
    except (OSError, ValueError, HTTPException, RecursionError):
        return ()
    if not isinstance(found, list):
        return ()
    return tuple(shown(each, LONGEST_SHOWN) for each in found[:MOST] if isinstance(each, str))


def _asked(address: tuple[str, int], path: str, wait: float) -> tuple[bytes, str]:
    """Give what a sensor answers, and the time that it states."""
    host, port = address
    host = f"[{host}]" if ":" in host else host
    with _DIRECTLY.open(f"http://{host}:{port}{path}", timeout=wait) as answer:
        return answer.read(LARGEST_ANSWER), answer.headers.get("Date", "")


def parse_metrics(text: str) -> Mapping[str, Mapping[LabelValues, float]]:
    """Read an answer in Prometheus's text format.

    Raises:
        ValueError: when it is not one.
    """
    found: dict[str, dict[LabelValues, float]] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            labels = tuple(value for _, value in sorted(sample.labels.items()))
            found.setdefault(sample.name, {})[labels] = sample.value
    return found


def _ahead(stated: str, now: float) -> float | None:
    try:
        return parsedate_to_datetime(stated).timestamp() - now
    except ValueError:
        return None


def check_feeds(seen: SensorMetrics | None, without_room: Sequence[str] = ()) -> Iterator[Finding]:
    """Say what a running sensor's feeds hear, and what is dropped of it.

    Args:
        seen: its health; None: it does not answer.
        without_room: what is attached to something without a room, as it is shown.
    """
    if seen is None:
        yield Finding(FindingKind.NOT_RUNNING)
        return
    yield from findings_about(FindingKind.FEED_SILENT, _silent(seen))
    for outcome, kind in _BY_OUTCOME.items():
        yield from _counted(kind, outcome, seen)
    if without_room:
        yield Finding(FindingKind.UNMAPPED, tuple(without_room), len(without_room))
    connections = seen.total(CONNECTIONS)
    unknown = seen.total("lesrust_unknown_place_total")
    if connections >= FEWEST and unknown > MANY * connections:
        yield Finding(FindingKind.UNKNOWN_PLACES, count=round(100 * unknown / connections))
    shared = seen.total("lesrust_shared_addresses_total")
    if shared:
        yield Finding(FindingKind.SHARED_ADDRESSES, count=int(shared))


def check_sensor(seen: SensorMetrics | None) -> Iterator[Finding]:
    """Say what is wrong with the running sensor itself; its counts are since it was started."""
    if seen is None:
        return
    for name, kind in _AGES.items():
        age = max(seen.by_label(name).values(), default=0.0)
        if age > STALE:
            # Endless, or since 1970, before anything was read.
            yield Finding(kind, count=int(min(age, 1e9)))
    for name, kind in _COUNTS.items():
        if count := int(seen.total(name)):
            yield Finding(kind, count=count)
    connections = seen.total(CONNECTIONS)
    dropped = seen.total("lesrust_dropped_packets_total")
    if dropped > DROPPED * connections:
        yield Finding(FindingKind.DROPPED_PACKETS, count=int(dropped))
    hidden = seen.by_label(CONNECTIONS).get((Evidence.HIDDEN,), 0.0)
    if connections >= FEWEST and hidden > MANY * connections:
        yield Finding(FindingKind.MUCH_HIDDEN, count=round(100 * hidden / connections))
    if seen.clock_ahead is not None and abs(seen.clock_ahead) > LARGEST_DIFFERENCE:
        yield Finding(FindingKind.CLOCK_WRONG, count=round(abs(seen.clock_ahead)))


def _silent(seen: SensorMetrics) -> Iterable[str]:
    for labels, value in seen.by_label("lesrust_feed_age_seconds").items():
        if isinf(value) or value > SILENT:
            yield labels[0]


def _counted(kind: FindingKind, outcome: Outcome, seen: SensorMetrics) -> Iterable[Finding]:
    for labels, value in seen.by_label(MESSAGES).items():
        if labels[1:] == (outcome,) and value:
            yield Finding(kind, labels[:1], int(value))
