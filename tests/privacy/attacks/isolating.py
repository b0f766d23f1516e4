"""Ways to isolate a class, by whoever has the settings, the timetable or the exemptions."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from ipaddress import IPv4Network

from monitor.place import Place
from monitor.places.prefix_map import PrefixMap
from monitor.release.layers import Layer, Layers
from monitor.snapshot import Snapshot
from schedules.exemption import Exemption, Exemptions, ExemptionScope
from schedules.lesson import Lesson
from schedules.timetable import Timetable
from tests.cast import (
    AMSTERDAM,
    LAYERS,
    MONDAY,
    ROOMS,
    at,
    group_of,
    lesson,
    lessons,
    school_snapshot,
)

VICTIM = "101"
"""The room of the class."""
PHONES = 25
DAYS = tuple(MONDAY + timedelta(days=number) for number in range(5))
HOURS = ((8, 40), (9, 30))
"""In each lesson hour."""
INVENTED = tuple(str(number) for number in range(201, 221))
"""Rooms that are not there."""
PLATFORMS = frozenset(
    {
        "facebook",
        "instagram",
        "linkedin",
        "pinterest",
        "snapchat",
        "tiktok",
        "weblogs",
        "x",
        "youtube",
    }
)


@dataclass(frozen=True)
class Isolation:
    """One way to isolate a class: what the school looks like then."""

    snapshot: Snapshot
    swaps: Sequence[tuple[tuple[int, int], Snapshot]] = field(default=())
    """What is put in force at times of each day; the first is, again, in the night."""
    active: Sequence[tuple[int, int]] = HOURS
    """When the class is active."""
    days: Sequence[date] = DAYS
    """On which days it is."""


def exempted(
    *rooms: str, scope: ExemptionScope = ExemptionScope.ROOM, **changes: object
) -> list[Exemption]:
    """Allow everything in some rooms, all day and every day."""
    made = Exemption(
        scope=scope,
        target="",
        platforms=None,
        granted_by="yil",
        granted_at=at(6),
        start=at(6),
        end=at(23, 0, DAYS[-1]),
    )
    return [replace(made, target=room, **changes) for room in rooms]  # type: ignore[arg-type]


OTHERS = tuple(room for room in ROOMS if room != VICTIM)


def school(
    exemptions: Sequence[Exemption] = (),
    held: Sequence[Lesson] | None = None,
    **changes: object,
) -> Snapshot:
    """Give the school over the days, with something changed."""
    timetable = Timetable(lessons(DAYS) if held is None else held, AMSTERDAM)
    snapshot = school_snapshot(timetable.lessons, Exemptions(exemptions, timetable))
    return replace(snapshot, **changes)  # type: ignore[arg-type]


def all_but_one_exempted() -> Isolation:
    """Exempt every other room, day after day."""
    return Isolation(school(exempted(*OTHERS)))


def all_but_one_in_the_other_hours() -> Isolation:
    """Leave the second hour alone, so that the day has one that is measured whole."""
    of_first = [
        replace(exemption, start=at(8, 20, day), end=at(9, 20, day))
        for day in DAYS
        for exemption in exempted(*OTHERS)
    ]
    return Isolation(school(of_first), active=HOURS[:1])


def all_but_one_on_some_days() -> Isolation:
    """Exempt every other room on two days of the week, and nothing on the others."""
    days = DAYS[1::2]
    of_days = [
        replace(exemption, start=at(6, 0, day), end=at(23, 0, day))
        for day in days
        for exemption in exempted(*OTHERS)
    ]
    return Isolation(school(of_days), days=days)


def all_but_one_by_teachers() -> Isolation:
    """Have every other teacher allow everything in her own lesson."""
    of_lessons = [
        exemption
        for held in lessons(DAYS)
        if held.rooms != (VICTIM,)
        for exemption in exempted(held.instance, scope=ExemptionScope.LESSON, start=None, end=None)
    ]
    return Isolation(school(of_lessons))


def all_but_one_for_each_platform() -> Isolation:
    """Exempt each platform in every other room, but one that nobody uses."""
    allowed = PLATFORMS - {"linkedin"}
    return Isolation(school(exempted(*OTHERS, platforms=allowed)))


def exempted_within_the_hour() -> Isolation:
    """Exempt every other room just after the bell, and end that just before the next."""
    swaps = []
    for hour, minute in ((8, 30), (9, 20)):
        begins, ends = (hour, minute + 2), (hour, minute + 27)
        granted = [
            replace(exemption, granted_at=at(*begins, day), start=at(*begins, day))
            for day in DAYS
            for exemption in exempted(*OTHERS)
        ]
        revoked = [
            replace(exemption, revoked_at=exemption.granted_at + 25 * 60) for exemption in granted
        ]
        swaps += [(begins, school(granted)), (ends, school(revoked))]
    return Isolation(school(), swaps)


def exempted_and_erased_within_the_hour() -> Isolation:
    """The same, and nothing of it is in the store afterwards."""
    return Isolation(
        school(),
        [
            ((8, 32), school(exempted(*OTHERS))),
            ((9, 18), school()),
            ((9, 22), school(exempted(*OTHERS))),
            ((10, 8), school()),
        ],
    )


def one_place() -> Isolation:
    """Give no other room a place."""
    prefix = IPv4Network(f"10.0.{VICTIM}.0/24")
    return Isolation(school(prefixes=PrefixMap([(prefix, Place(VICTIM))])))


def one_place_within_the_hour() -> Isolation:
    """Take away the places of all other rooms, by the configuration, while the lesson goes on."""
    less = replace(one_place().snapshot, rules="one place")
    return Isolation(school(), [((8, 32), less), ((9, 18), school()), ((9, 22), less)])


def places_of_one_address() -> Isolation:
    """Give each room one address that nobody has, and the class all of its own."""
    others = [(IPv4Network(f"10.0.{room}.250/32"), Place(room)) for room in OTHERS]
    own = (IPv4Network(f"10.0.{VICTIM}.0/24"), Place(VICTIM))
    return Isolation(school(prefixes=PrefixMap([own, *others])))


def places_of_what_is_left() -> Isolation:
    """Give the addresses of every other room to a corridor, but those that nobody has."""
    prefixes = [(IPv4Network(f"10.0.{VICTIM}.0/24"), Place(VICTIM))]
    for room in OTHERS:
        halves = IPv4Network(f"10.0.{room}.0/24").subnets()
        prefixes += [(half, Place("corridor")) for half in halves]
        prefixes.append((IPv4Network(f"10.0.{room}.0/24"), Place(room)))
    return Isolation(school(prefixes=PrefixMap(prefixes)))


def a_place_with_a_layer() -> Isolation:
    """Name a layer by the place of one phone, and declare it large."""
    one = (IPv4Network(f"10.0.{VICTIM}.1/32"), Place(VICTIM, layer="the attic"))
    rooms = [(IPv4Network(f"10.0.{room}.0/24"), Place(room)) for room in ROOMS]
    layers = Layers((*LAYERS.roster, Layer("the attic", 250)))
    held = school(prefixes=PrefixMap([*rooms, one]), layers=layers)
    return Isolation(replace(held, exemptions=Exemptions(exempted(*OTHERS))))


def a_layer_declared_large() -> Isolation:
    """Declare the class a layer of a thousand pupils."""
    layers = Layers((Layer("the class", 1000, (group_of(VICTIM),)), *LAYERS.roster))
    held = school(layers=layers)
    exemption = exempted(*(layer.name for layer in LAYERS.roster), scope=ExemptionScope.LAYER)
    return Isolation(replace(held, exemptions=Exemptions(exemption)))


def a_label_of_its_own() -> Isolation:
    """Give the class a lesson hour of its own, with rooms that are not there."""
    own = [lesson(VICTIM, "1", day) for day in DAYS]
    own += [lesson(room, "1", day, groups=(f"h3{room}",)) for day in DAYS for room in INVENTED]
    own = [replace(held, period="x") for held in own]
    return Isolation(school(exempted(*OTHERS), [*_without_victim(), *own]))


def a_label_at_another_time() -> Isolation:
    """Give the class's lesson the label of an hour that the others had before it."""
    late = timedelta(hours=2)
    own = [
        replace(held, start=held.start + late, end=held.end + late)
        for day in DAYS
        for held in [lesson(VICTIM, "1", day)]
    ]
    return Isolation(school((), [*_without_victim(), *own]), active=((10, 40),))


def a_label_for_longer() -> Isolation:
    """Let the others have it for five minutes, and the class go on."""
    short = [
        replace(held, end=held.start + timedelta(minutes=5)) if held.rooms != (VICTIM,) else held
        for held in lessons(DAYS)
    ]
    return Isolation(school((), short))


def one_class_in_twenty_rooms() -> Isolation:
    """Give the class its lesson in all rooms at once."""
    own = [lesson(VICTIM, "1", day, rooms=ROOMS) for day in DAYS]
    return Isolation(school((), own))


def forged_groups() -> Isolation:
    """Invent rooms, places and groups, where the sizes of the real groups are known."""
    invented = [
        lesson(room, period, day, groups=(f"h3{room}",))
        for day in DAYS
        for period in ("1", "2")
        for room in INVENTED
    ]
    places = [(IPv4Network(f"10.0.{room}.0/24"), Place(room)) for room in (*ROOMS, *INVENTED)]
    sizes = {group_of(room): PHONES for room in ROOMS}
    held = [*lessons(DAYS), *invented]
    snapshot = school(exempted(*OTHERS), held, prefixes=PrefixMap(places), group_sizes=sizes)
    return Isolation(snapshot)


def _without_victim() -> Iterator[Lesson]:
    return (held for held in lessons(DAYS) if held.rooms != (VICTIM,))


WAYS: Mapping[str, Callable[[], Isolation]] = {
    "all other rooms exempted, every day": all_but_one_exempted,
    "all other rooms exempted in all hours but one": all_but_one_in_the_other_hours,
    "all other rooms exempted on two days of the week": all_but_one_on_some_days,
    "all other teachers allow it": all_but_one_by_teachers,
    "all other rooms exempted for each platform": all_but_one_for_each_platform,
    "exempted and ended within the hour": exempted_within_the_hour,
    "exempted and erased within the hour": exempted_and_erased_within_the_hour,
    "one room with a place": one_place,
    "places taken away within the hour": one_place_within_the_hour,
    "places of one address": places_of_one_address,
    "places of which others have the addresses": places_of_what_is_left,
    "a place of one phone with a layer": a_place_with_a_layer,
    "a layer declared large": a_layer_declared_large,
    "a label of its own with rooms that are not there": a_label_of_its_own,
    "a label at another time": a_label_at_another_time,
    "a label for longer than the others": a_label_for_longer,
    "one class in all rooms": one_class_in_twenty_rooms,
    "rooms, places and groups invented, sizes known": forged_groups,
}
