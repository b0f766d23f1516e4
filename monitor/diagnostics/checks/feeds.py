"""Checks what a running sensor's feeds receive, and what is dropped of it."""

from collections.abc import Iterator
from math import isinf

from monitor.configuration import Configuration
from monitor.diagnostics.finding import Finding, FindingKind, findings_about
from monitor.diagnostics.sensor_metrics import (
    CONNECTIONS,
    FEED_AGE,
    FEED_MESSAGES,
    SensorAnswer,
    SensorMetrics,
)
from monitor.health import FeedOutcome

SILENT = 3600.0
"""Seconds in which a feed of a school in use receives something."""
MAX_SHARE = 0.5
"""Share of the connections of unknown place, or of the leases that name no device, above which
something is wrong."""
MIN_CONNECTIONS = 100
"""Connections, below which a share says nothing."""

_BY_OUTCOME = {
    FeedOutcome.WITHOUT_ROOM: FindingKind.UNKNOWN_ATTACHMENTS,
    FeedOutcome.CLOCK_DIFFERS: FindingKind.CLOCKS_DIFFER,
    FeedOutcome.NAMES_SOMEONE: FindingKind.NAMES_SOMEONE,
    FeedOutcome.NOT_TRUSTED: FindingKind.NOT_TRUSTED,
    FeedOutcome.OVER_BUDGET: FindingKind.OVER_BUDGET,
}


def check_feeds(answer: SensorAnswer) -> Iterator[Finding]:
    """Check that feeds receive messages that can be used, and that places are known.

    Args:
        answer: of the sensor.
    """
    metrics, without_room, is_refused = answer
    if metrics is None:
        yield Finding(FindingKind.HEALTH_TOKEN if is_refused else FindingKind.NOT_RUNNING)
        return
    yield from findings_about(FindingKind.FEED_SILENT, _find_silent(metrics))
    for outcome, kind in _BY_OUTCOME.items():
        yield from _count_messages(kind, outcome, metrics)
    yield from findings_about(FindingKind.LEASES_WITHOUT_NAME, _find_nameless(metrics))
    if without_room:
        yield Finding(FindingKind.UNMAPPED, without_room, len(without_room))
    connections = metrics.total(CONNECTIONS)
    unknown = metrics.total("lesrust_hour_unknown_place")
    if connections >= MIN_CONNECTIONS and unknown > MAX_SHARE * connections:
        yield Finding(FindingKind.UNKNOWN_PLACES, count=round(100 * unknown / connections))
    unnamed = metrics.total("lesrust_hour_unnamed")
    if connections >= MIN_CONNECTIONS and unnamed > MAX_SHARE * (connections - unknown):
        share = round(100 * unnamed / max(1.0, connections - unknown))
        yield Finding(FindingKind.MUCH_UNNAMED, count=min(100, share))
    if metrics.total("lesrust_hour_shared_addresses"):
        yield Finding(FindingKind.SHARED_ADDRESSES)


def check_senders(settings: Configuration, metrics: SensorMetrics | None) -> Iterator[Finding]:
    """Check who may leave out Message-Authenticator, and name who did and may not.

    Which of several it was is not kept: all that have to send it are named.
    """
    if not settings.radius.listen:
        return
    by_duty: dict[bool, list[str]] = {True: [], False: []}
    for sender in settings.senders:
        by_duty[sender.message_authenticator].append(str(sender.prefix))
    yield from findings_about(FindingKind.MAY_LACK_AUTHENTICATOR, by_duty[False])
    messages = {} if metrics is None else metrics.by_label(FEED_MESSAGES)
    dropped = sum(
        count
        for (_, outcome), count in messages.items()
        if outcome == FeedOutcome.WITHOUT_AUTHENTICATOR
    )
    if dropped:
        yield Finding(FindingKind.WITHOUT_AUTHENTICATOR, tuple(by_duty[True]), int(dropped))


def _find_silent(metrics: SensorMetrics) -> Iterator[str]:
    for (feed,), age in metrics.by_label(FEED_AGE).items():
        if isinf(age) or age > SILENT:
            yield feed


def _find_nameless(metrics: SensorMetrics) -> Iterator[str]:
    """Find the feeds of which most leases do not say which device has an address."""
    messages = metrics.by_label(FEED_MESSAGES)
    for (feed, outcome), count in messages.items():
        if outcome == FeedOutcome.WITHOUT_NAME:
            named = messages.get((feed, FeedOutcome.TAKEN), 0)
            if count > MAX_SHARE * (named + count):
                yield feed


def _count_messages(
    kind: FindingKind, outcome: FeedOutcome, metrics: SensorMetrics
) -> Iterator[Finding]:
    for labels, count in metrics.by_label(FEED_MESSAGES).items():
        if labels[1:] == (outcome,) and count:
            yield Finding(kind, labels[:1], int(count))
