"""Which room an access point, a VLAN or a switch's port is in: the school's own mapping file.

A CSV file with the header `kind,name,room,layer,role`, of which `layer` and `role` may be absent.
`kind` is `access_point` (its name or the MAC address of its radio), `vlan` or `circuit` (what
DHCP's option 82 says: a circuit or a remote). A name may end in `*`: the radios of one access point
have addresses that differ at the end.
"""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from monitor.place import PersonRole, Place
from schedules.importers.shared.delimited_text import TextRow, decode_text, parse_rows
from schedules.language import gettext
from schedules.problem import InvalidValue, Problem, ProblemCollector

REQUIRED = ("kind", "name", "room")
COLUMNS = (*REQUIRED, "layer", "role")
_BETWEEN = str.maketrans("", "", "-:. ")
_HEXADECIMAL = frozenset("0123456789abcdef")
_MAC_DIGITS = 12


class AttachmentKind(StrEnum):
    """What a client is attached to."""

    ACCESS_POINT = "access_point"
    VLAN = "vlan"
    CIRCUIT = "circuit"


class Attachment(NamedTuple):
    """One line of the mapping file."""

    kind: AttachmentKind
    name: str
    place: Place


class AttachmentMap:
    """An immutable mapping from what a client is attached to, to its place."""

    def __init__(self, mapping: Iterable[Attachment] = ()) -> None:
        self._exact: dict[tuple[AttachmentKind, str], Place] = {}
        self._starts: list[tuple[AttachmentKind, _NameStart, Place]] = []
        for kind, name, place in mapping:
            plain = normalise_name(name)
            if plain.endswith("*"):
                self._starts.append((kind, _name_start(plain), place))
            else:
                self._exact[kind, plain] = place
        self._kinds = {kind for kind, _ in self._exact} | {kind for kind, _, _ in self._starts}
        self._starts.sort(key=lambda entry: entry[1].precision, reverse=True)

    def place_of(self, kind: AttachmentKind, name: str) -> Place | None:
        """Return the place of an access point, a VLAN or a circuit; None when no line has it."""
        plain = normalise_name(name)
        exact = self._exact.get((kind, plain)) if plain else None
        if exact is not None or not plain:
            return exact
        is_mac = _is_mac(plain)
        for mapped_kind, start, place in self._starts:
            begins = start.digits if is_mac else start.text
            if mapped_kind is kind and begins is not None and plain.startswith(begins):
                return place
        return None

    def maps_kind(self, kind: AttachmentKind) -> bool:
        """Say whether any line is of a kind; an empty mapping may still get lines of any kind."""
        return not len(self) or kind in self._kinds

    @property
    def rooms(self) -> frozenset[str]:
        """Every room that has an attachment."""
        return frozenset(place.room for place in self._places)

    @property
    def pupils_rooms(self) -> Mapping[str, frozenset[str]]:
        """The rooms in which pupils are attached, each with the year layers of those places."""
        layers: dict[str, frozenset[str]] = {}
        for place in self._places:
            if place.role is PersonRole.PUPIL:
                layers[place.room] = layers.get(place.room, frozenset()) | ({place.layer} - {""})
        return layers

    @property
    def has_staff(self) -> bool:
        """Whether what is attached anywhere is known to be of staff."""
        return any(place.role is PersonRole.STAFF for place in self._places)

    @property
    def _places(self) -> Iterator[Place]:
        yield from self._exact.values()
        yield from (place for _, _, place in self._starts)

    def __len__(self) -> int:
        return len(self._exact) + len(self._starts)


def normalise_name(name: str) -> str:
    """Return a name in lower case, and a MAC address as its digits alone."""
    plain = name.strip().lower()
    digits = plain.translate(_BETWEEN)
    return digits if _is_mac(digits) else plain


class _NameStart(NamedTuple):
    """The start of names; `b2-*` may be that of a name and of a MAC address."""

    text: str
    digits: str | None
    """The digits of a MAC address; None when it cannot be one."""

    @property
    def precision(self) -> tuple[int, int]:
        """The order in which starts are tried: the longest is the most precise."""
        return len(self.digits or self.text), len(self.text)


def _name_start(plain: str) -> _NameStart:
    text = plain.removesuffix("*")
    digits = text.translate(_BETWEEN)
    is_of_mac = set(digits) <= _HEXADECIMAL and len(digits) <= _MAC_DIGITS
    return _NameStart(text, digits if is_of_mac else None)


def _is_mac(digits: str) -> bool:
    return len(digits) == _MAC_DIGITS and set(digits) <= _HEXADECIMAL


def parse_attachment_map(content: bytes, *, name: str) -> tuple[AttachmentMap, list[Problem]]:
    """Parse a mapping file, and return all its problems too. Never raises."""
    problems = ProblemCollector(name)
    attachments: dict[tuple[AttachmentKind, str], Attachment] = {}
    try:
        for row in parse_rows(
            decode_text(content), required=REQUIRED, known=COLUMNS, problems=problems
        ):
            try:
                attachment = _parse_row(row)
            except InvalidValue as wrong:
                problems.add_value(gettext("line {number}", number=row.line), wrong)
                continue
            key = (attachment.kind, normalise_name(attachment.name))
            if key in attachments:
                problems.add(
                    gettext("line {number}, column name", number=row.line),
                    attachment.name,
                    gettext("each name once"),
                )
            attachments[key] = attachment
    except InvalidValue as wrong:
        problems.add_value(gettext("the whole file"), wrong)
    return AttachmentMap(attachments.values()), problems.problems


def _parse_row(row: TextRow) -> Attachment:
    kind, name, room = (row.cells[column] for column in REQUIRED)
    if kind.lower() not in set(AttachmentKind):
        raise InvalidValue(kind, gettext("as kind: {names}", names=", ".join(AttachmentKind)))
    for column, value in (("name", name), ("room", room)):
        if not value.isprintable() or not value:
            raise InvalidValue(gettext("nothing that prints"), gettext("a {column}", column=column))
    role = row.cells.get("role", "").lower() or PersonRole.PUPIL
    if role not in set(PersonRole):
        raise InvalidValue(
            role, gettext("as role: {names}, or nothing", names=", ".join(PersonRole))
        )
    place = Place(room, row.cells.get("layer", ""), PersonRole(role))
    return Attachment(AttachmentKind(kind.lower()), name, place)
