"""Makes from the configuration what a sensor needs: the snapshot, its layers, and its rooms."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from monitor import catalogue
from monitor.configuration import Configuration
from monitor.place import PersonRole, Place
from monitor.places.attachment_map import AttachmentMap, parse_attachment_map
from monitor.places.prefix_map import PrefixMap
from monitor.release.layers import Layer, Layers
from monitor.release.measured.measured_hour import PlacedRooms, join_rooms
from monitor.release.promise import Promise, make_promise
from monitor.snapshot import Snapshot
from schedules.exemption import Exemptions, TimeSpan
from schedules.importers.group_sizes.loading import LoadedSizes, load_group_sizes
from schedules.importers.shared.delimited_text import MAX_BYTES
from schedules.language import describe_os_error, gettext
from schedules.problem import Problem, Refused
from schedules.timetable import Timetable

COUNTING_SECTIONS = frozenset(
    {"places", "layers", "groups", "bells", "staff", "catalogue", "identity", "attachments"}
)
"""What of the configuration decides who is counted. Not the calendar: that a day is shortened, or
free, is told by the timetable in time."""


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
        Refused: when the catalogue's overlay, a platform's name, the mapping file or that of the
            groups' sizes is wrong.
    """
    layers = make_layers(settings)
    places = make_places(settings)
    platforms = catalogue.load_catalogue(
        switched_on=settings.catalogue.switched_on,
        switched_off=settings.catalogue.switched_off,
        overlay=settings.catalogue.overlay,
    )

    attached_rooms = load_attached_rooms(settings)
    sizes = load_sizes(settings)
    rules = tuple(sorted(counting_rules(settings).items()))
    of_staff = has_staff_figure(settings)

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
            has_staff_figure=of_staff,
            is_confirmed=schedules.is_confirmed,
            is_on_trial=settings.is_on_trial,
            identity=settings.identity.rules,
            epsilon=settings.privacy.epsilon,
            attached_rooms=attached_rooms,
            group_sizes=None if sizes is None else sizes.sizes,
            rules=rules,
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
        has_staff_figure=has_staff_figure(settings),
    )


def has_identity(settings: Configuration) -> bool:
    """Whether something tells the names of what counts once, in every process that counts."""
    has_gateway = settings.watch.gateway is not None or "gateway" in settings.model_fields_set
    return settings.tells_names(by_frames=not has_gateway)


def make_places(settings: Configuration) -> PrefixMap:
    """Make the places of all prefixes."""
    return PrefixMap(
        (prefix, Place(entry.room, entry.layer, entry.role))
        for entry in settings.places
        for prefix in entry.prefixes
    )


def rooms_with_a_place(settings: Configuration) -> frozenset[str]:
    """Return every room that a prefix, or what a client is attached to, leads to.

    Raises:
        Refused: when the mapping file cannot be used.
    """
    return load_attachment_map(settings).rooms | {place.room for place in settings.places}


def measured_rooms(settings: Configuration) -> PlacedRooms:
    """Return the rooms in which pupils are counted, each with the layers of its places.

    Raises:
        Refused: when the mapping file cannot be used.
    """
    return join_rooms(load_attached_rooms(settings), make_places(settings).rooms)


def load_attached_rooms(settings: Configuration) -> PlacedRooms:
    """Return the rooms that pupils are attached in: none where nothing tells that.

    Raises:
        Refused: when the mapping file cannot be used.
    """
    rooms = load_attachment_map(settings).pupils_rooms
    has_radius = bool(settings.radius.listen or settings.radius.detail)
    is_told = has_radius or any(value is not None for _, value in settings.dhcp)
    return rooms if is_told else {}


def knows_staff(settings: Configuration) -> bool:
    """Whether anything says that a device is of staff; where nothing does, it counts as a pupil's.

    Raises:
        Refused: when the mapping file cannot be used.
    """
    return (
        any(place.role is PersonRole.STAFF for place in settings.places)
        or (settings.radius.is_on and bool(settings.radius.staff_classes))
        or load_attachment_map(settings).has_staff
    )


def has_staff_figure(settings: Configuration) -> bool:
    """Whether staff have a figure: they consented, and something tells which devices are theirs."""
    try:
        return bool(settings.staff.consent) and knows_staff(settings)
    except Refused:  # a mapping that cannot be used tells nothing
        return False


def load_sizes(settings: Configuration) -> LoadedSizes | None:
    """Load how many pupils each group has; None: the school does not say it.

    Raises:
        Refused: when nothing of the file can be used.
    """
    path = settings.groups.sizes
    today = datetime.now(settings.school.zone).date()
    return None if path is None else load_group_sizes(path, today)


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
        where = gettext("{path}, named by {key}", path=path, key="[attachments] file")
        allowed = gettext("a readable file; make it, with at least the line kind,name,room")
        raise Refused([Problem(where, describe_os_error(error), allowed)]) from error
    mapping, problems = parse_attachment_map(content, name=str(path))
    if problems:
        raise Refused(problems)
    return mapping


def counting_rules(settings: Configuration) -> Mapping[str, str]:
    """Return the settings that decide who is counted, with the digests of the files they name.

    Two configurations that give the same count the same. The values are compared, and are written
    down nowhere.
    """
    return {
        **{name: settings.model_dump_json(include={name}) for name in sorted(COUNTING_SECTIONS)},
        **{str(path): _digest(path) for path in _counting_files(settings)},
    }


def _counting_files(settings: Configuration) -> Iterator[Path]:
    for path in (settings.attachments.file, settings.groups.sizes, settings.catalogue.overlay):
        if path is not None:
            yield from sorted(path.iterdir()) if path.is_dir() else (path,)


def _digest(path: Path) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
