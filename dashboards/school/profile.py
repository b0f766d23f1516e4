"""What released figures are compared with: how large the school is, and how it names things."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.conf import settings

from monitor import catalogue
from monitor.configuration import Configuration
from monitor.identity import Unit
from monitor.release.tables import EPSILON_A_DAY
from monitor.runtime.factories import make_installation_promise, make_layers


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
    epsilon: float = EPSILON_A_DAY
    """What the figures of a day lose together, of what counts once; 0: there are none."""
    unit: Unit = Unit.DEVICE
    """What counts once."""
    is_on_trial: bool = False
    """Whether nothing is counted at the moment."""


@cache
def own_profile() -> SchoolProfile:
    """Return the profile of the school that the web application is of."""
    return profile_of(settings.LESRUST)


def profile_of(configuration: Configuration) -> SchoolProfile:
    """Derive a school's profile from its configuration."""
    layers = make_layers(configuration)
    promise = make_installation_promise(configuration)
    platforms = catalogue.load_catalogue(overlay=configuration.catalogue.overlay).platforms
    return SchoolProfile(
        name=configuration.school.name,
        pupils=layers.pupils,
        layers=layers.released,
        titles={platform.name: platform.title for platform in platforms},
        is_daily=layers.has_daily_figures,
        epsilon=promise.epsilon,
        unit=promise.unit,
        is_on_trial=configuration.is_on_trial,
    )
