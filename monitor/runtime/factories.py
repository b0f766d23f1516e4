"""Makes from the configuration what a sensor needs: the snapshot, its layers, and its rooms."""

from collections.abc import Callable
from typing import NamedTuple

from monitor import catalogue
from monitor.configuration import Configuration
from monitor.place import Place
from monitor.places.attachment_map import AttachmentMap, parse_attachment_map
from monitor.places.prefix_map import PrefixMap
from monitor.release.layers import Layer, Layers
from monitor.release.promise import Promise, make_promise
from monitor.snapshot import Snapshot
from schedules.exemption import Exemptions, TimeSpan
from schedules.importers.shared.delimited_text import MAX_BYTES
from schedules.language import describe_os_error, gettext
from schedules.problem import Problem, Refused
from schedules.timetable import Timetable


class LoadedSchedules(NamedTuple):
    """What a snapshot takes from the store."""

    timetable: Timetable
    exemptions: Exemptions
    pauses: tuple[TimeSpan, ...] = ()
    is_confirmed: bool = True
    """Whether the guarded settings are those that were confirmed last."""


def snapshot_factory(settings: Configuration) -> Callable[[LoadedSchedules], Snapshot]:
    """Read what the configuration names, and return what makes a snapshot of it with schedules.

    Raises:
        Refused: when the catalogue's overlay, a platform's name or the mapping file is wrong.
    """
    layers = make_layers(settings)
    places = PrefixMap(
        (prefix, Place(entry.room, entry.layer, entry.role))
        for entry in settings.places
        for prefix in entry.prefixes
    )
    platforms = catalogue.load_catalogue(
        switched_on=settings.catalogue.switched_on,
        switched_off=settings.catalogue.switched_off,
        overlay=settings.catalogue.overlay,
    )

    attached_rooms = load_attachment_map(settings).rooms
    rules = settings.model_dump_json(include={"places", "layers", "staff", "catalogue", "identity"})

    def snapshot(schedules: LoadedSchedules) -> Snapshot:
        return Snapshot(
            zone=settings.school.zone,
            catalogue=platforms,
            prefixes=places,
            layers=layers,
            counts_staff=bool(settings.staff.consent),
            timetable=schedules.timetable,
            exemptions=schedules.exemptions,
            pauses=schedules.pauses,
            is_confirmed=schedules.is_confirmed,
            identity=settings.identity.rules,
            epsilon=settings.privacy.epsilon,
            attached_rooms=attached_rooms,
            rules=(rules, attached_rooms),
        )

    return snapshot


def make_layers(settings: Configuration) -> Layers:
    """Make the layers of the roster."""
    return Layers(tuple(Layer(entry.name, entry.pupils, entry.groups) for entry in settings.layers))


def make_installation_promise(settings: Configuration) -> Promise:
    """Work out what the installation can promise, by what its network tells of a device."""
    return make_promise(
        settings.identity.rules,
        make_layers(settings),
        has_identity=has_identity(settings),
        epsilon=settings.privacy.epsilon,
    )


def has_identity(settings: Configuration) -> bool:
    """Whether something tells the names of what counts once, in every process that counts."""
    has_gateway = settings.watch.gateway is not None or "gateway" in settings.model_fields_set
    return settings.tells_names(by_frames=not has_gateway)


def rooms_with_a_place(settings: Configuration) -> frozenset[str]:
    """Return every room that a prefix, or what a client is attached to, leads to.

    Raises:
        Refused: when the mapping file cannot be used.
    """
    return load_attachment_map(settings).rooms | {place.room for place in settings.places}


def load_attachment_map(settings: Configuration) -> AttachmentMap:
    """Read the mapping file; without one nothing is attached anywhere.

    Raises:
        Refused: with every problem of it.
    """
    path = settings.attachments.file
    if path is None:
        return AttachmentMap()
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Refused(
            [Problem(str(path), describe_os_error(error), gettext("a readable file"))]
        ) from error
    mapping, problems = parse_attachment_map(content, name=str(path))
    if problems:
        raise Refused(problems)
    return mapping
