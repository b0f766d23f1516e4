"""Which sensors run, and which schedules they hold."""

from datetime import UTC, datetime

import pytest

from monitor import store

pytestmark = [pytest.mark.django_db, pytest.mark.store]
SPOKE = datetime(2026, 11, 23, 8, 30, tzinfo=UTC).timestamp()


def test_a_sensor_says_which_version_it_holds_and_is_known_by_its_last_word() -> None:
    store.record_sensor("watch-2", 3, SPOKE)
    store.record_sensor("gateway-1", 3, SPOKE)
    store.record_sensor("gateway-1", 4, SPOKE + 5)
    assert store.list_sensors() == (
        store.SensorStatus("gateway-1", 4, SPOKE + 5),
        store.SensorStatus("watch-2", 3, SPOKE),
    )


def test_a_sensor_that_says_nothing_is_soon_not_running() -> None:
    sensor = store.SensorStatus("gateway-1", 4, SPOKE)
    assert sensor.is_running(SPOKE + 19)
    assert not sensor.is_running(SPOKE + 20)
