"""How Lesrust itself is, and that it tells of nobody."""

from monitor.evidence import Evidence, HidingMethod
from monitor.health import PUBLISH_INTERVAL, Health


def test_counts_are_shown_by_the_minute() -> None:
    """Whoever reads the endpoint twice in a row cannot tell that somebody just did something."""
    health = Health()
    health.tick(1_000.0)
    health.count_connection(Evidence.SNI, place_is_known=False)
    health.count_addon_error()
    health.tick(1_000.0 + PUBLISH_INTERVAL - 1)
    assert health.evidence[Evidence.SNI] == 0
    health.tick(1_000.0 + PUBLISH_INTERVAL)
    assert health.evidence[Evidence.SNI] == 1
    assert health.counts["unknown_place"] == health.counts["addon_errors"] == 1


def test_every_evidence_is_there_from_the_start() -> None:
    assert set(Health().evidence) == set(Evidence)


def test_connections_that_hide_are_counted_by_how_they_do() -> None:
    health = Health()
    health.count_hidden_connection(HidingMethod.ENCRYPTED_HELLO)
    health.count_hidden_connection(HidingMethod.VPN)
    health.count_hidden_connection(HidingMethod.VPN)
    health.tick(60)
    shown = {how: count for how, count in health.hidden.items() if count}
    assert shown == {HidingMethod.ENCRYPTED_HELLO: 1, HidingMethod.VPN: 2}


def test_packets_that_were_dropped_are_counted() -> None:
    health = Health()
    health.count_dropped_packets(7)
    health.tick(60)
    assert health.counts["dropped_packets"] == 7
