"""The school's own settings, as far as everyone may know them: no address, no room, nobody's name.

Whom people can turn to is what the school itself wrote down for this.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from monitor.catalogue.platform import Platform
from monitor.configuration import ApprovalSettings, Configuration, ContactSettings
from monitor.runtime.factories import knows_staff, make_layers
from schedules.problem import Refused


class PublishingLevel(StrEnum):
    """How finely a school of its size gets figures."""

    NOTHING = "nothing"
    WEEKLY = "weekly"
    DAILY = "daily"


@dataclass(frozen=True, slots=True)
class ReleasedLayer:
    """A year layer that figures are released of."""

    name: str
    is_merged: bool
    """Whether it is several layers of the roster, each too small by itself."""


@dataclass(frozen=True, slots=True)
class PublicSettings:
    """What a school has settled."""

    name: str
    layers: tuple[ReleasedLayer, ...]
    unreleased: tuple[str, ...]
    """Layers that stay too small, also when they are merged."""
    published: PublishingLevel
    has_group_sizes: bool
    """Whether the school says how many pupils each group has."""
    platforms: tuple[str, ...]
    """As people write them."""
    consent: str
    """Where the consent is written down by which staff are counted; empty: they are not."""
    approval: ApprovalSettings
    """Where the DPIA and the council's decision are."""
    knows_staff: bool
    """Whether anything says which devices are of staff; else they count as pupils'."""
    log_kept: int
    """Years that the log is kept, and who allowed what, and the lessons that it was for."""
    contact: ContactSettings


def public_settings(settings: Configuration, platforms: Iterable[Platform]) -> PublicSettings:
    """Read what holds at a school.

    Args:
        settings: all of its configuration.
        platforms: those that are counted.
    """
    layers = make_layers(settings)
    parts = [layers.released_layer(layer.name) for layer in layers.roster]
    published = PublishingLevel.WEEKLY if layers.has_figures else PublishingLevel.NOTHING
    return PublicSettings(
        name=settings.school.name,
        layers=tuple(ReleasedLayer(name, parts.count(name) > 1) for name in layers.released),
        unreleased=tuple(
            layer.name for layer in layers.roster if not layers.released_layer(layer.name)
        ),
        published=PublishingLevel.DAILY if layers.has_daily_figures else published,
        has_group_sizes=settings.groups.sizes is not None,
        platforms=tuple(platform.title for platform in platforms),
        consent=settings.staff.consent,
        approval=settings.approval,
        knows_staff=_can_tell_staff(settings),
        log_kept=settings.web.audit_years,
        contact=settings.contact,
    )


def _can_tell_staff(settings: Configuration) -> bool:
    try:
        return knows_staff(settings)
    except Refused:  # a mapping that cannot be used tells nothing
        return False
