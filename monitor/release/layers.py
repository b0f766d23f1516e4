"""Year layers as they are released: never smaller than the floor.

The floor applies to the roster and not to who is on the network, so that which figures there are
says nothing about traffic.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from monitor.release.tables import MIN_DAILY_SCHOOL_PUPILS, MIN_LAYER_PUPILS, MIN_SCHOOL_PUPILS


@dataclass(frozen=True, slots=True)
class Layer:
    """A year layer on the roster, and patterns of its groups' names such as `h3*`."""

    name: str
    pupils: int
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layers:
    """The roster's layers, and the released layer that each is part of."""

    roster: tuple[Layer, ...]
    _released: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_released", dict(_merge_small_layers(self.roster)))

    @property
    def pupils(self) -> int:
        """How many pupils the school has."""
        return sum(layer.pupils for layer in self.roster)

    @property
    def released(self) -> tuple[str, ...]:
        """The layers that figures are released for, in the roster's order."""
        return tuple(dict.fromkeys(self._released.values()))

    @property
    def has_figures(self) -> bool:
        """Whether the school is large enough for any figure."""
        return self.pupils >= MIN_SCHOOL_PUPILS

    @property
    def has_daily_figures(self) -> bool:
        """Whether the school is large enough for figures of a lesson hour and of a day."""
        return self.pupils >= MIN_DAILY_SCHOOL_PUPILS

    def released_layer(self, layer: str) -> str:
        """Return the released layer that a layer of the roster is part of; empty without one."""
        return self._released.get(layer, "")

    def pupils_of(self, released: str) -> int:
        """Return how many pupils a released layer has."""
        return sum(
            layer.pupils for layer in self.roster if self.released_layer(layer.name) == released
        )

    def layer_of_groups(self, groups: Iterable[str]) -> str:
        """Return the roster's layer that has all groups of a lesson; empty when there is none."""
        layers = {self._layer_of_group(group) for group in groups}
        return layers.pop() if len(layers) == 1 else ""

    def _layer_of_group(self, group: str) -> str:
        for layer in self.roster:
            if any(fnmatchcase(group, pattern) for pattern in layer.groups):
                return layer.name
        return ""


def _merge_small_layers(roster: tuple[Layer, ...]) -> Iterable[tuple[str, str]]:
    """Yield each layer with the name of what it is released as.

    A layer below the floor is merged with its smaller neighbour, until none is below.
    """
    parts: list[tuple[Layer, ...]] = [(layer,) for layer in roster]
    while len(parts) > 1:
        sizes = [sum(layer.pupils for layer in part) for part in parts]
        smallest = min(range(len(parts)), key=sizes.__getitem__)
        if sizes[smallest] >= MIN_LAYER_PUPILS:
            break
        neighbours = [index for index in (smallest - 1, smallest + 1) if 0 <= index < len(parts)]
        first, second = sorted((smallest, min(neighbours, key=sizes.__getitem__)))
        parts[first : second + 1] = [parts[first] + parts[second]]
    for part in parts:
        if sum(layer.pupils for layer in part) >= MIN_LAYER_PUPILS:
            name = " + ".join(layer.name for layer in part)
            yield from ((layer.name, name) for layer in part)
