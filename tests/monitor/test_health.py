"""How Lesrust itself is, and that it tells of nobody."""

from collections import Counter
from dataclasses import dataclass, field
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.evidence import Evidence, HidingMethod
from monitor.health import FLOORS, PUBLISH_INTERVAL, FeedOutcome, Health, coarse, magnitude

NINE = 9 * PUBLISH_INTERVAL


@dataclass
class Messages:
    """A feed that hears messages."""

    name: str = "radius"
    is_asked: bool = False
    heard_at: float = 0.0
    counts: Counter[FeedOutcome] = field(default_factory=Counter)


def busy(**changes: int) -> Health:
    """Give the health after an hour in which two of three connections had a name."""
    health = Health()
    health.tick(NINE + 1)
    for _ in range(changes.get("named", 1_234)):
        health.count_connection(Evidence.SNI, place_is_known=True)
    for _ in range(changes.get("hidden", 617)):
        health.count_connection(Evidence.HIDDEN, place_is_known=False)
        health.count_hidden_connection(HidingMethod.VPN)
    health.tick(NINE + PUBLISH_INTERVAL)
    return health


def test_counts_are_of_the_hour_before_in_two_digits() -> None:
    health = busy()
    assert (health.evidence[Evidence.SNI], health.evidence[Evidence.HIDDEN]) == (1_200, 610)
    assert health.hidden[HidingMethod.VPN] == 610
    assert health.counts["unknown_place"] == 610
    health.tick(NINE + 2 * PUBLISH_INTERVAL)
    assert set(health.evidence.values()) == {0}, "nothing came in the next hour"


def test_nothing_changes_within_an_hour() -> None:
    """Whoever reads the endpoint twice in a row cannot tell that somebody just did something."""
    health = busy()
    before = health.published
    health.count_connection(Evidence.SNI, place_is_known=False)
    health.count_addon_error()
    health.tick(NINE + 2 * PUBLISH_INTERVAL - 1)
    assert health.published is before


def test_an_hour_with_few_connections_has_none() -> None:
    assert set(busy(named=FLOORS.connections - 1, hidden=0).evidence.values()) == {0}
    assert busy(named=FLOORS.connections, hidden=0).evidence[Evidence.SNI] == FLOORS.connections


def test_a_kind_with_few_connections_has_none() -> None:
    health = busy(hidden=FLOORS.kind - 1)
    assert health.evidence[Evidence.HIDDEN] == health.hidden[HidingMethod.VPN] == 0
    assert health.counts["unknown_place"] == 0


@given(st.integers(0, 10_000_000), st.integers(0, 1_000))
def test_one_more_changes_nothing_or_one_step(count: int, floor: int) -> None:
    before, after = coarse(count, floor), coarse(count + 1, floor)
    assert before == after or after == count + 1
    assert before <= count
    assert before in {0, *(digits * 10**power for digits in range(1, 100) for power in range(7))}


@pytest.mark.parametrize(("errors", "told"), [(0, 0), (1, 1), (9, 1), (10, 10), (4_000, 100)])
def test_errors_are_told_by_how_many_there_are_about(errors: int, told: int) -> None:
    assert magnitude(errors) == told


def test_several_devices_behind_an_address_are_told_when_there_are_more_of_them() -> None:
    for shared, told in ((FLOORS.shared - 1, 0), (FLOORS.shared, 1), (90, 1)):
        health = Health()
        for _ in range(shared):
            health.count_shared_address()
        health.publish()
        assert health.counts["shared_addresses"] == told


def test_faults_of_our_own_are_told_as_they_are_and_at_once() -> None:
    health = Health()
    health.count_release_failure()
    health.count_release_failure()
    assert health.counts["release_failures"] == health.faults["release_failures"] == 2


def test_every_evidence_is_there_from_the_start() -> None:
    assert set(Health().evidence) == set(Evidence)


class TestFeeds:
    def after_an_hour(self, messages: int, **changes: object) -> tuple[Health, Messages]:
        health, feed = Health(), Messages(**changes)  # type: ignore[arg-type]
        health.feeds = [feed]
        health.tick(NINE + 1)
        feed.counts[FeedOutcome.TAKEN] += messages
        health.tick(NINE + PUBLISH_INTERVAL)
        return health, feed

    def test_their_messages_are_of_the_hour_before(self) -> None:
        health, feed = self.after_an_hour(134)
        assert health.published.feeds["radius"][FeedOutcome.TAKEN] == 130
        feed.counts[FeedOutcome.TAKEN] += FLOORS.messages - 1
        health.tick(NINE + 2 * PUBLISH_INTERVAL)
        assert health.published.feeds["radius"][FeedOutcome.TAKEN] == 0

    @pytest.mark.parametrize("messages", [2, 60])
    def test_one_phone_at_night_is_not_heard(self, messages: int) -> None:
        """Not even where its session is updated each minute."""
        now = NINE + 1.5 * PUBLISH_INTERVAL
        phone = self.after_an_hour(messages, heard_at=NINE + 60)[0]
        nobody = self.after_an_hour(0)[0]
        assert phone.published == nobody.published
        assert phone.feed_age("radius", now) == nobody.feed_age("radius", now) == inf

    def test_it_is_as_old_as_the_hour_in_which_enough_was_heard(self) -> None:
        health, _ = self.after_an_hour(FLOORS.messages)
        assert health.feed_age("radius", NINE + PUBLISH_INTERVAL + 90) == 90

    def test_one_that_is_asked_is_heard_without_messages(self) -> None:
        health, _ = self.after_an_hour(0, is_asked=True, heard_at=NINE + 3_000)
        assert health.feed_age("radius", NINE + PUBLISH_INTERVAL) == 0

    def test_in_the_first_hour_it_is_as_old_as_the_process(self) -> None:
        health = Health()
        health.feeds = [Messages()]
        health.tick(NINE + 600)
        assert health.feed_age("radius", NINE + 900) == 300
