"""What released figures are compared with: how large the school is, and how it names things."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.conf import settings

from monitor import catalogue
from monitor.configuration import Configuration
from monitor.release.layers import Layer, Layers


@dataclass(frozen=True)
class SchoolProfile:
    """The school as its figures are read."""

    name: str
    pupils: int
    """On the roster."""
    layers: Sequence[str]
    """The released layers, in the roster's order."""
    titles: Mapping[str, str]
    """How people write each platform, by its name."""
    is_daily: bool = True
    """Whether it publishes figures of a lesson hour and a day."""


@cache
def own_profile() -> SchoolProfile:
    """Return the profile of the school that the web application is of."""
    return profile_of(settings.LESRUST)


def profile_of(configuration: Configuration) -> SchoolProfile:
    """Derive a school's profile from its configuration."""
    layers = Layers(tuple(Layer(layer.name, layer.pupils) for layer in configuration.layers))
    platforms = catalogue.load_catalogue(overlay=configuration.catalogue.overlay).platforms
    return SchoolProfile(
        name=configuration.school.name,
        pupils=layers.pupils,
        layers=layers.released,
        titles={platform.name: platform.title for platform in platforms},
        is_daily=layers.has_daily_figures,
    )
