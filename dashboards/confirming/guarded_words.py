"""The guarded settings in words, as far as whoever confirms them may know them.

No address, no room and nobody's name: how many there are, and what the promise and the floors
follow from.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monitor.configuration import Configuration
from monitor.diagnostics.texts.guarded import GUARDED_TITLES
from monitor.identity import Unit
from monitor.place import PersonRole
from monitor.release.measured.pupils import SMALLEST_CLASS
from monitor.runtime.factories import load_attachment_map, load_sizes, make_layers
from monitor.store.guarded.confirmations import SECRET, Confirmation
from monitor.store.guarded.sections import (
    ATTACHMENTS,
    DHCP,
    GROUP_SIZES,
    GUARDED,
    IDENTITY,
    LAYERS,
    PLACES,
    PRIVACY,
    RADIUS,
    TIME_ZONE,
)
from schedules.language import writing
from schedules.problem import Refused


@dataclass(frozen=True, slots=True)
class GuardedSection:
    """A part of the settings, as it is now."""

    title: str
    sentences: tuple[str, ...]
    is_changed: bool
    """Whether it waits for a confirmation."""


def describe_guarded(
    settings: Configuration, confirmation: Confirmation
) -> tuple[GuardedSection, ...]:
    """Put every guarded section in words; where the secret changed, each may have."""
    is_unknown = SECRET in confirmation.changed
    return tuple(
        GuardedSection(
            title=_capitalise(str(GUARDED_TITLES[name])),
            sentences=tuple(_SENTENCES[name](settings, confirmation)),
            is_changed=is_unknown or name in confirmation.changed,
        )
        for name in GUARDED
    )


def _capitalise(title: str) -> str:
    return title[:1].upper() + title[1:]


def _privacy(settings: Configuration, confirmation: Confirmation) -> Iterator[str]:
    now, before = settings.privacy.epsilon, confirmation.epsilon
    if before is None or before == now:
        yield _("At most ε = %(now)s a day.") % {"now": _number(now)}
        return
    yield _("ε becomes %(now)s; %(before)s was confirmed.") % {
        "now": _number(now),
        "before": _number(before),
    }
    yield (
        _("That protects better, and every figure has more noise.")
        if now < before
        else _("That protects less, and every figure has less noise.")
    )


def _identity(settings: Configuration, _confirmation: Confirmation) -> Iterator[str]:
    rules = settings.identity.rules
    match rules.unit:
        case Unit.PERSON:
            yield _("A person counts once, by the account on the wifi network.")
        case Unit.DEVICE:
            yield _("A device counts once, by its MAC address.")
        case Unit.ADDRESS:
            yield ngettext(
                "An address counts once: ε holds for a device that has %(count)d address in a day.",
                "An address counts once: ε holds for a device that has at most %(count)d "
                "addresses in a day.",
                rules.addresses,
            ) % {"count": rules.addresses}
            if not rules.reused:
                yield _("No address passes to another device within a day.")
    if rules.unit is not Unit.ADDRESS and settings.identity.frames == "routed":
        yield _("The traffic that is seen comes by way of a router.")


def _layers(settings: Configuration, _confirmation: Confirmation) -> Iterator[str]:
    layers = make_layers(settings)
    for layer in layers.roster:
        yield ngettext("%(name)s: %(count)s pupil", "%(name)s: %(count)s pupils", layer.pupils) % {
            "name": layer.name,
            "count": writing.number(layer.pupils),
        }
    yield _("Together: %(count)s pupils. Compare these with the school's administration.") % {
        "count": writing.number(layers.pupils)
    }
    if layers.released:
        yield _("With a figure of their own: %(names)s.") % {
            "names": writing.listing(layers.released)
        }


def _places(settings: Configuration, _confirmation: Confirmation) -> Iterator[str]:
    places = settings.places
    yield _("Networks that are a place: %(count)s.") % {"count": writing.number(len(places))}
    staff = sum(place.role is PersonRole.STAFF for place in places)
    if staff:
        yield _("Of these for staff: %(count)s.") % {"count": writing.number(staff)}
    by_layer = Counter(place.layer for place in places if place.layer)
    for name, count in by_layer.items():
        yield _("Of these for %(layer)s alone: %(count)s.") % {
            "layer": name,
            "count": writing.number(count),
        }
    rooms = {place.room for place in places}
    yield _("Rooms with such a network: %(count)s.") % {"count": writing.number(len(rooms))}


def _attachments(settings: Configuration, _confirmation: Confirmation) -> Iterator[str]:
    if settings.attachments.file is None:
        yield _("There is no such file.")
        return
    try:
        rooms = load_attachment_map(settings).rooms
    except Refused:
        yield _("The file cannot be read.")
        return
    yield _("Rooms that it leads to: %(count)s.") % {"count": writing.number(len(rooms))}


def _group_sizes(settings: Configuration, _confirmation: Confirmation) -> Iterator[str]:
    try:
        sizes = load_sizes(settings)
    except Refused:
        yield _("The file cannot be read.")
        return
    if sizes is None:
        yield _("They are not given: each class counts for %(count)d pupils.") % {
            "count": SMALLEST_CLASS
        }
        return
    yield _("Groups with a size: %(count)s. Compare these with the school's administration.") % {
        "count": writing.number(len(sizes.sizes))
    }
    yield _("The largest has %(count)s pupils.") % {
        "count": writing.number(max(sizes.sizes.values()))
    }


def _radius(settings: Configuration, _confirmation: Confirmation) -> Iterator[str]:
    if not settings.radius.is_on:
        yield _("RADIUS is not used.")
        return
    yield _("Networks that may send it: %(count)s.") % {
        "count": writing.number(len(settings.senders))
    }
    yield _("Classes of accounts that are staff, and are not measured: %(count)s.") % {
        "count": writing.number(len(settings.radius.staff_classes))
    }


def _dhcp(settings: Configuration, _confirmation: Confirmation) -> Iterator[str]:
    used = sum(path is not None for _key, path in settings.dhcp)
    yield _("Sources that are read: %(count)s.") % {"count": writing.number(used)}


def _time_zone(settings: Configuration, _confirmation: Confirmation) -> Iterator[str]:
    yield _("Days and lesson hours are those of %(zone)s.") % {"zone": settings.school.time_zone}


def _number(epsilon: float) -> str:
    return writing.decimal(epsilon, 2).rstrip("0").rstrip(",.")


_SENTENCES = {
    PRIVACY: _privacy,
    IDENTITY: _identity,
    LAYERS: _layers,
    PLACES: _places,
    ATTACHMENTS: _attachments,
    GROUP_SIZES: _group_sizes,
    RADIUS: _radius,
    DHCP: _dhcp,
    TIME_ZONE: _time_zone,
}
