"""Prints below what nothing is released, and what these floors do not hold against."""

from monitor.commands.privacy.words import say
from monitor.configuration import Configuration
from monitor.release.measured.measured_day import MOST, SMALL_HOUR
from monitor.release.measured.pupils import SMALLEST_CLASS
from monitor.release.tables import MIN_LAYER_PUPILS, MIN_ROOMS, MIN_SCHOOL_PUPILS
from monitor.runtime.factories import load_sizes
from schedules.language import gettext, ngettext


def print_floors(settings: Configuration) -> None:
    """Print the floors, by whose count they hold, and what changes do.

    Raises:
        Refused: when nothing of the groups' sizes can be used.
    """
    say(
        gettext(
            "What is measured is a room with a place in which nothing is allowed, from the "
            "beginning of a lesson hour to its end. A lesson hour has a figure when {rooms} "
            "classes are measured. A year layer has one of a day when {layer} of its pupils are "
            "measured in one lesson hour, and a platform when {school} of the school's are.",
            rooms=MIN_ROOMS,
            layer=MIN_LAYER_PUPILS,
            school=MIN_SCHOOL_PUPILS,
        )
    )
    share, of = MOST
    say(
        gettext(
            "In other lesson hours of that day what is done counts when as many are measured, or "
            "half as many ({layer} and {school}) where that is {share} in {of} of the rooms with "
            "a lesson. What is done in any other hour is in no figure.",
            layer=MIN_LAYER_PUPILS // SMALL_HOUR,
            school=MIN_SCHOOL_PUPILS // SMALL_HOUR,
            share=share,
            of=of,
        )
    )
    _print_sizes(settings)
    say(
        gettext(
            "What changes inside a figure leaves it without: a place, year layer, group, bell, "
            "platform or staff in the settings; and what the leadership allows, within a lesson "
            "hour, or in more than a quarter of the lessons of a day or a week. What a teacher "
            "allows, another teacher or room, a lesson that falls away and a day that is shortened "
            "before it begins cost no figure of a day or a week."
        )
    )
    say(
        gettext(
            "Floors go by the timetable and the settings. Who can change both may invent rooms and "
            "lessons; only sizes of groups that somebody else gives hold against that. And who "
            "allows everything to one class for weeks, and then for weeks does not, can estimate "
            "from the difference how much that class did. Changes of the settings and what is "
            "allowed stand in the audit."
        )
    )


def _print_sizes(settings: Configuration) -> None:
    sizes = load_sizes(settings)
    if sizes is None:
        say(
            gettext(
                "How large groups are is not known ([groups] sizes): each class counts for "
                "{count} pupils, or fewer where the [[layer]] is smaller.",
                count=SMALLEST_CLASS,
            )
        )
    else:
        say(
            ngettext(
                "The size of {count} group is known ([groups] sizes); the smaller of that and of "
                "what the [[layer]] says counts.",
                "The sizes of {count} groups are known ([groups] sizes); the smaller of these and "
                "of what the [[layer]] says counts.",
                len(sizes.sizes),
            )
        )
