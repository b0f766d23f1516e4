"""What a teacher or the leadership allowed is in no table, and nothing else is left out."""

from monitor.release.layers import Layer, Layers
from monitor.release.tables import R1, R2, R3
from schedules.exemption import ExemptionScope
from tests.cast import at, client, lesson, lessons, school_snapshot, sighting, use
from tests.monitor.core.living import Day, allowed, hours


def test_exempted_use_is_in_no_table() -> None:
    day = Day(school_snapshot(exemptions=allowed())).until(at(18), *use(at(8, 40)))
    assert day.counts(R1) == day.counts(R2) == day.counts(R3) == {}


def test_an_exemption_is_for_its_lesson_its_platforms_and_its_time_only() -> None:
    only_youtube = allowed(platforms=frozenset({"youtube"}))
    assert hours(*use(at(8, 40)), held=school_snapshot(exemptions=only_youtube)) == {"1": 1}
    in_101 = school_snapshot(exemptions=allowed())
    assert hours(*use(at(8, 40), client("102")), held=in_101) == {"1": 1}
    assert hours(*use(at(9, 40)), held=in_101) == {"2": 1}
    ended = allowed(revoked_at=at(8, 39))
    assert hours(*use(at(8, 40)), held=school_snapshot(exemptions=ended)) == {"1": 1}


def test_an_exemption_of_a_layer_holds_for_that_layer_alone_also_when_it_is_merged() -> None:
    merged = Layers((Layer("3 havo", 60, ("h3*",)), Layer("3 vwo", 560, ("v3*",))))
    of_havo = allowed(
        scope=ExemptionScope.LAYER, target="3 havo", start=at(8), end=at(18), granted_at=at(8)
    )
    both = use(at(8, 40), client("101")) + use(at(8, 40), client("102"))
    day = Day(school_snapshot(layers=merged, exemptions=of_havo)).until(at(18), *both)
    assert day.counts(R3) == {("", "3 havo + 3 vwo", ""): 1}


def test_an_exemption_from_the_start_of_the_lesson_covers_what_was_seen_before_it() -> None:
    day = Day().until(at(8, 45), *use(at(8, 40)))
    day.core.snapshot = school_snapshot(exemptions=allowed())
    day.core.forget_exempted(lesson("101").instance, None)
    assert day.until(at(18), *use(at(8, 50))).counts(R1) == {}


def test_an_exemption_from_now_leaves_what_was_seen_before_it() -> None:
    day = Day().until(at(8, 45), *use(at(8, 40)))
    day.core.snapshot = school_snapshot(exemptions=allowed(start=at(8, 45)))
    assert day.until(at(18), *use(at(8, 50))).counts(R1) == {("1", "", ""): 1}


def test_where_a_platform_is_allowed_its_shared_hostnames_are_too() -> None:
    """Its own are dropped, so nothing would tell that they are not of the other who shares them."""
    shared = use(at(8, 40), hostname="scontent-ams2-1.xx.fbcdn.net")
    by_facebook = [sighting(at(8, 40), hostname="www.facebook.com", down=50_000)]
    assert hours(*shared, *by_facebook) == {"1": 1}
    instagram = school_snapshot(exemptions=allowed(platforms=frozenset({"instagram"})))
    assert hours(*shared, *by_facebook, held=instagram) == {}


def test_a_platform_that_is_allowed_later_takes_what_it_shares_along() -> None:
    by_facebook = sighting(at(8, 40), hostname="www.facebook.com", down=50_000)
    shared = use(at(8, 40), hostname="scontent-ams2-1.xx.fbcdn.net")
    day = Day().until(at(8, 45), by_facebook, *shared)
    day.core.forget_exempted(lesson("101").instance, {"instagram"})
    assert day.until(at(18)).counts(R1) == {}


def test_an_exemption_of_one_lesson_in_a_double_booked_room_covers_the_room() -> None:
    twice = [*lessons(), lesson("101", instance="another", teachers=("JAN",))]
    day = Day(school_snapshot(twice)).until(at(8, 45), *use(at(8, 40)))
    day.core.forget_exempted("another", {"instagram"})
    assert day.until(at(18)).counts(R1) == {}
