"""What a running sensor's feeds receive, asked over its health endpoint."""

from collections import Counter
from collections.abc import Iterable

import pytest

from monitor.configuration import Configuration, HealthSettings, SenderSettings
from monitor.diagnostics.checks.feeds import check_feeds, check_senders
from monitor.diagnostics.finding import Finding, FindingKind
from monitor.diagnostics.sensor_metrics import (
    SensorAnswer,
    SensorMetrics,
    fetch_metrics,
    fetch_unmapped,
    parse_metrics,
)
from monitor.evidence import Evidence
from monitor.health import FeedOutcome, Health
from monitor.places.attachment_map import AttachmentKind
from monitor.places.bindings import BindingEvent
from monitor.places.feeds.unmapped import UnmappedAttachments
from monitor.runtime.endpoints import serve_metrics
from monitor.runtime.health_metrics import HealthCollector
from tests.cast import ExactHealth, unmapped_at_once
from tests.monitor.diagnostics.cast import SETTINGS

NOW = 1_792_396_800.0


class Silent:
    """A feed that has counted what a test gives it, and tells nothing."""

    name = "radius"
    is_asked = False

    def __init__(self, heard_at: float, **counts: int) -> None:
        self.heard_at = heard_at
        self.counts = Counter({FeedOutcome(name): count for name, count in counts.items()})

    def events(self, now: float) -> Iterable[BindingEvent]:
        return ()

    def close(self) -> None:
        pass


def found(health: Health, unmapped: UnmappedAttachments | None = None) -> list[Finding]:
    health.publish()
    listen = HealthSettings(listen="127.0.0.1:0")
    figures = HealthCollector(health, lambda: NOW)
    with serve_metrics("health.listen", listen, figures, unmapped or UnmappedAttachments()) as port:
        sensor = ("127.0.0.1", port)
        return list(check_feeds(SensorAnswer(fetch_metrics(sensor), fetch_unmapped(sensor))))


def test_a_sensor_that_is_well_gives_no_finding() -> None:
    health = ExactHealth()
    health.watermark = NOW
    health.feeds = [Silent(NOW - 5, taken=10)]
    assert found(health) == []


@pytest.mark.parametrize("heard_at", [0.0, NOW - 7200])
def test_a_feed_that_is_silent_is_named(heard_at: float) -> None:
    health = ExactHealth()
    health.watermark = NOW
    health.feeds = [Silent(heard_at)]
    assert found(health) == [Finding(FindingKind.FEED_SILENT, ("radius",), 1)]


@pytest.mark.parametrize(
    ("outcome", "kind"),
    [
        ("without_room", FindingKind.UNKNOWN_ATTACHMENTS),
        ("clock_differs", FindingKind.CLOCKS_DIFFER),
        ("names_someone", FindingKind.NAMES_SOMEONE),
        ("not_trusted", FindingKind.NOT_TRUSTED),
        ("over_budget", FindingKind.OVER_BUDGET),
    ],
)
def test_what_is_dropped_is_counted(outcome: str, kind: FindingKind) -> None:
    health = ExactHealth()
    health.watermark = NOW
    health.feeds = [Silent(NOW, **{outcome: 3})]
    assert found(health) == [Finding(kind, ("radius",), 3)]


@pytest.mark.parametrize(("nameless", "is_told"), [(11, True), (10, False), (0, False)])
def test_leases_that_mostly_say_no_device_are_told(nameless: int, is_told: bool) -> None:
    health = ExactHealth()
    health.watermark = NOW
    health.feeds = [Silent(NOW, taken=10, without_name=nameless)]
    expected = Finding(FindingKind.LEASES_WITHOUT_NAME, ("radius",), 1)
    assert found(health) == [expected] * is_told


def test_what_has_no_room_is_named() -> None:
    unmapped = unmapped_at_once()
    unmapped.record(AttachmentKind.VLAN, "300")
    unmapped.record(AttachmentKind.CIRCUIT, "ge-0/0/4")
    named = ("circuit ge-0/0/4", "vlan 300")
    assert found(ExactHealth(), unmapped) == [Finding(FindingKind.UNMAPPED, named, 2)]


def test_many_connections_of_unknown_place_are_told_as_a_share() -> None:
    health = ExactHealth()
    health.watermark = NOW
    for number in range(200):
        health.count_connection(Evidence.SNI, place_is_known=number % 4 == 0)
    assert found(health) == [Finding(FindingKind.UNKNOWN_PLACES, count=75)]


def test_many_connections_of_devices_without_a_name_are_told_as_a_share() -> None:
    health = ExactHealth()
    health.watermark = NOW
    for number in range(200):
        health.count_connection(Evidence.SNI, place_is_known=True)
        if number % 4:
            health.count_unnamed()
    assert found(health) == [Finding(FindingKind.MUCH_UNNAMED, count=75)]


def test_shared_addresses_are_told() -> None:
    health = ExactHealth()
    health.watermark = NOW
    health.count_shared_address()
    assert found(health) == [Finding(FindingKind.SHARED_ADDRESSES)]


def test_no_sensor_is_told() -> None:
    assert list(check_feeds(SensorAnswer(None))) == [Finding(FindingKind.NOT_RUNNING)]


def test_a_sensor_that_does_not_take_our_token_is_told_from_one_that_is_not_there() -> None:
    answer = SensorAnswer(None, is_refused=True)
    assert list(check_feeds(answer)) == [Finding(FindingKind.HEALTH_TOKEN)]


def with_senders(listen: str | None = "0.0.0.0:1813") -> Configuration:
    senders = [
        SenderSettings.model_validate({"prefix": prefix, "secret": "secret", **more})
        for prefix, more in (
            ("10.0.0.2/32", {}),
            ("10.0.0.3/32", {"message_authenticator": False}),
        )
    ]
    radius = SETTINGS.radius.model_copy(update={"listen": listen})
    return SETTINGS.model_copy(update={"radius": radius, "senders": tuple(senders)})


def test_senders_that_may_leave_out_message_authenticator_are_named() -> None:
    allowed = Finding(FindingKind.MAY_LACK_AUTHENTICATOR, ("10.0.0.3/32",), 1)
    assert list(check_senders(with_senders(), None)) == [allowed]
    assert allowed.is_note


def test_senders_that_do_and_may_not_are_named() -> None:
    labels = 'feed="radius",outcome="without_authenticator"'
    told = parse_metrics(f"lesrust_hour_feed_messages{{{labels}}} 120\n")
    _, dropped = check_senders(with_senders(), SensorMetrics(told))
    assert dropped == Finding(FindingKind.WITHOUT_AUTHENTICATOR, ("10.0.0.2/32",), 120)
    assert not dropped.is_note


def test_where_only_a_file_is_read_senders_do_not_matter() -> None:
    assert list(check_senders(with_senders(None), None)) == []
