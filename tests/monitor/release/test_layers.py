"""Which year layers have figures."""

from hypothesis import given
from hypothesis import strategies as st

from monitor.release.layers import Layer, Layers
from monitor.release.tables import MIN_LAYER_PUPILS

SCHOOL = Layers(
    (
        Layer("brugklas", 160, ("b1*",)),
        Layer("2 havo", 60, ("h2*",)),
        Layer("2 vwo", 80, ("v2*",)),
        Layer("3 havo", 120, ("h3*", "hv3*")),
    )
)


def test_a_small_layer_is_merged_with_its_smaller_neighbour() -> None:
    assert SCHOOL.released == ("brugklas", "2 havo + 2 vwo", "3 havo")
    assert SCHOOL.released_layer("2 vwo") == "2 havo + 2 vwo"
    assert SCHOOL.released_layer("another") == ""


def test_a_lesson_is_in_the_layer_of_its_groups() -> None:
    assert SCHOOL.layer_of_groups(["h3a", "hv3b"]) == "3 havo"
    assert SCHOOL.layer_of_groups(["h3a", "b1c"]) == ""
    assert SCHOOL.layer_of_groups(["h3a", "choir"]) == ""
    assert SCHOOL.layer_of_groups([]) == ""


def test_a_school_that_is_too_small_has_no_figures() -> None:
    assert not Layers((Layer("all", 199),)).has_figures
    assert Layers((Layer("all", 200),)).has_figures
    assert not Layers((Layer("all", 499),)).has_daily_figures
    assert Layers((Layer("all", 500),)).has_daily_figures


@given(st.lists(st.integers(0, 300), max_size=12))
def test_no_released_layer_is_below_the_floor(sizes: list[int]) -> None:
    layers = Layers(tuple(Layer(str(number), size) for number, size in enumerate(sizes)))
    for released in layers.released:
        inside = [
            layer.pupils for layer in layers.roster if layers.released_layer(layer.name) == released
        ]
        assert sum(inside) >= MIN_LAYER_PUPILS


@given(st.lists(st.integers(0, 300), max_size=12))
def test_a_layer_that_is_large_enough_is_never_left_out(sizes: list[int]) -> None:
    layers = Layers(tuple(Layer(str(number), size) for number, size in enumerate(sizes)))
    for layer in layers.roster:
        if sum(sizes) >= MIN_LAYER_PUPILS:
            assert layers.released_layer(layer.name)
