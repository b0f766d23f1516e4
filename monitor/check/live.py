"""Reads from the health endpoint of the running sensor what its feeds hear, and drop."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from http.client import HTTPException
from math import isinf
from urllib.request import urlopen

from prometheus_client.parser import text_string_to_metric_families

from monitor.check.finding import Finding, Kind, about
from monitor.endpoints import UNMAPPED
from monitor.feeds.feed import Outcome
from monitor.feeds.unmapped import LONGEST, MOST, shown

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

type Samples = Mapping[tuple[str, str, str], float]
"""By name and the labels `feed` and `outcome`, empty where there is none; summed over the rest."""

_BY_OUTCOME = {
    Outcome.WITHOUT_ROOM: Kind.UNKNOWN_ATTACHMENTS,
    Outcome.CLOCK_DIFFERS: Kind.CLOCKS_DIFFER,
    Outcome.NAMES_SOMEONE: Kind.NAMES_SOMEONE,
    Outcome.NOT_TRUSTED: Kind.NOT_TRUSTED,
}


def samples(address: tuple[str, int]) -> Samples | None:
    """Ask a sensor for its health; None when none answers there."""
    try:
        return read(_asked(address, "/metrics").decode())
    except (OSError, ValueError, HTTPException):
        return None


def unmapped(address: tuple[str, int]) -> tuple[str, ...]:
    """Ask a sensor for what is attached to something without a room, the latest first.

    Each is cut and escaped here too: what answers at an address is not always what should.
    """
    try:
        found = json.loads(_asked(address, UNMAPPED))
    except (OSError, ValueError, HTTPException, RecursionError):
        return ()
    if not isinstance(found, list):
        return ()
    return tuple(shown(each, LONGEST_SHOWN) for each in found[:MOST] if isinstance(each, str))


def _asked(address: tuple[str, int], path: str) -> bytes:
    host, port = address
    host = f"[{host}]" if ":" in host else host
    with urlopen(f"http://{host}:{port}{path}", timeout=LONGEST_WAIT) as answer:
        content: bytes = answer.read(LARGEST_ANSWER)
    return content


def read(text: str) -> Samples:
    """Read an answer in Prometheus's text format.

    Raises:
        ValueError: when it is not one.
    """
    found: dict[tuple[str, str, str], float] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            labels = sample.labels
            key = (sample.name, labels.get("feed", ""), labels.get("outcome", ""))
            found[key] = found.get(key, 0.0) + sample.value
    return found


def of_feeds(seen: Samples | None, without_room: Sequence[str] = ()) -> Iterator[Finding]:
    """Say what a running sensor's feeds hear, and what is dropped of it.

    Args:
        seen: its health; None: it does not answer.
        without_room: what is attached to something without a room, as it is shown.
    """
    if seen is None:
        yield Finding(Kind.NOT_RUNNING)
        return
    yield from about(Kind.FEED_SILENT, _silent(seen))
    for outcome, kind in _BY_OUTCOME.items():
        yield from _counted(kind, outcome, seen)
    if without_room:
        yield Finding(Kind.UNMAPPED, tuple(without_room), len(without_room))
    connections = seen.get(("lesrust_connections_total", "", ""), 0.0)
    unknown = seen.get(("lesrust_unknown_place_total", "", ""), 0.0)
    if connections >= FEWEST and unknown > MANY * connections:
        yield Finding(Kind.UNKNOWN_PLACES, count=round(100 * unknown / connections))
    shared = seen.get(("lesrust_shared_addresses_total", "", ""), 0.0)
    if shared:
        yield Finding(Kind.SHARED_ADDRESSES, count=int(shared))


def _silent(seen: Samples) -> Iterable[str]:
    for (name, feed, _), value in seen.items():
        if name == "lesrust_feed_age_seconds" and (isinf(value) or value > SILENT):
            yield feed


def _counted(kind: Kind, outcome: Outcome, seen: Samples) -> Iterable[Finding]:
    for (name, feed, label), value in seen.items():
        if name == "lesrust_feed_messages_total" and label == outcome and value:
            yield Finding(kind, (feed,), int(value))
