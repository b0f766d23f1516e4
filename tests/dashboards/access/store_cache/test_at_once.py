"""Several threads, each with a connection of its own as processes have, add the same: one does."""

from functools import partial

import pytest

from dashboards.access.store_cache import StoreCache
from tests.at_once import do_at_once

pytestmark = [pytest.mark.usefixtures("living_store"), pytest.mark.store]
ROUNDS = 10


def test_only_one_of_them_adds() -> None:
    cache = StoreCache("", {})
    for number in range(ROUNDS):
        key = f"key {number}"
        added = do_at_once([partial(cache.add, key, thread, timeout=60) for thread in range(4)])
        assert sorted(added) == [False, False, False, True]


def test_all_of_them_set() -> None:
    cache = StoreCache("", {})
    for number in range(ROUNDS):
        key = f"key {number}"
        do_at_once([partial(cache.set, key, thread, timeout=60) for thread in range(4)])
        assert cache.get(key) in range(4)
