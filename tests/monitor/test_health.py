"""How Lesrust itself is, and that it tells of nobody."""

from monitor.health import SHOWN_EVERY, Health
from monitor.sighting import Evidence


def test_counts_are_shown_by_the_minute() -> None:
    """Whoever reads the endpoint twice in a row cannot tell that somebody just did something."""
    health = Health()
    health.tick(1_000.0)
    health.saw(Evidence.SNI, place_is_known=False)
    health.addon_error()
    health.tick(1_000.0 + SHOWN_EVERY - 1)
    assert health.evidence[Evidence.SNI] == 0
    health.tick(1_000.0 + SHOWN_EVERY)
    assert health.evidence[Evidence.SNI] == 1
    assert health.counts["unknown_place"] == health.counts["addon_errors"] == 1


def test_every_evidence_is_there_from_the_start() -> None:
    assert set(Health().evidence) == set(Evidence)
