"""What the cache keeps is in the store: bounded, for a while, and under keys that tell nothing."""

import json
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connections
from django.utils import timezone

from dashboards.access.store_cache import StoreCache, delete_expired_entries
from dashboards.models import CacheEntry

pytestmark = [pytest.mark.store, pytest.mark.django_db]
FULL = 300


@pytest.fixture
def cache() -> StoreCache:
    """Give one that is soon full."""
    return StoreCache("", {"OPTIONS": {"MAX_ENTRIES": FULL}})


def end_all() -> None:
    CacheEntry.objects.update(expires_at=timezone.now() - timedelta(seconds=1))


def test_it_is_the_cache_of_the_pages() -> None:
    assert isinstance(caches["default"], StoreCache)


def test_what_is_kept_is_there_until_it_is_over(cache: StoreCache) -> None:
    assert cache.get("key", "nothing") == "nothing"
    cache.set("key", [1.5, 2.5], timeout=60)
    cache.set("key", [1.5, 2.5, 3.5], timeout=60)
    assert cache.get("key") == [1.5, 2.5, 3.5]
    end_all()
    assert cache.get("key") is None


def test_of_two_that_add_one_succeeds_until_it_is_over_or_deleted(cache: StoreCache) -> None:
    assert cache.add("key", "first", timeout=60)
    assert not cache.add("key", "second", timeout=60)
    assert cache.get("key") == "first"
    end_all()
    assert cache.add("key", "third", timeout=60)
    assert cache.delete("key")
    assert not cache.delete("key")
    assert cache.add("key", "fourth", timeout=60)


def test_nothing_is_kept_for_ever(cache: StoreCache) -> None:
    cache.set("key", "value", timeout=None)
    assert CacheEntry.objects.get().expires_at < timezone.now() + timedelta(hours=1)


def test_a_key_is_told_by_nothing_in_the_store(
    cache: StoreCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who tries all addresses needs the school's secret, which is not in the store."""
    cache.set("10.20.30.40", "value", timeout=60)
    (name,) = CacheEntry.objects.values_list("key", flat=True)
    monkeypatch.setattr(settings, "CACHE_KEY", b"another secret's")
    assert cache.make_key("10.20.30.40") != name
    assert cache.get("10.20.30.40") is None


def test_values_are_json_and_run_as_nothing(cache: StoreCache) -> None:
    cache.set("key", {"a": 1}, timeout=60)
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT value FROM dashboards_cacheentry")
        (value,) = cursor.fetchone()
    assert (json.loads(value) if isinstance(value, str) else value) == {"a": 1}
    with pytest.raises(TypeError):
        cache.set("key", object(), timeout=60)


def test_it_is_never_more_than_full_and_the_newest_stay(cache: StoreCache) -> None:
    for number in range(2 * FULL):
        cache.set(f"old {number}", number, timeout=60)
        assert CacheEntry.objects.count() <= FULL
    cache.set("newest", "stays", timeout=300)
    for number in range(FULL):
        cache.add(f"new {number}", number, timeout=60)
    assert CacheEntry.objects.count() <= FULL
    assert cache.get("newest") == "stays"


def test_what_is_over_makes_room_before_anything_else(cache: StoreCache) -> None:
    for number in range(FULL - 1):
        cache.set(f"over {number}", number, timeout=60)
    end_all()
    cache.set("lasts", "stays", timeout=1)
    cache.set("new", "stays", timeout=60)
    assert (cache.get("lasts"), cache.get("new")) == ("stays", "stays")
    assert CacheEntry.objects.count() == 2


def test_what_is_over_is_deleted(cache: StoreCache) -> None:
    cache.set("over", "value", timeout=60)
    end_all()
    cache.set("lasts", "value", timeout=60)
    assert delete_expired_entries(timezone.now()) == 1
    assert CacheEntry.objects.count() == 1
