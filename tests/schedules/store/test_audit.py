"""The audit of what is done to the store."""

import pytest

from schedules import store
from tests.schedules.cast import at
from tests.schedules.store.cast import DUTCH, import_lessons, order

pytestmark = [pytest.mark.store, pytest.mark.django_db]


def test_it_is_known_when_something_last_changed() -> None:
    assert (store.last_change_timestamp(), store.last_import_timestamp()) == (0.0, None)
    import_lessons(DUTCH)
    assert store.last_change_timestamp() == store.last_import_timestamp() == at("07:00")
    order("09:00", "12:00")
    assert (store.last_change_timestamp(), store.last_import_timestamp()) == (
        at("09:00"),
        at("07:00"),
    )
