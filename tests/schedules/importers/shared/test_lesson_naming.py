"""Names for lessons whose source gives them none."""

from dataclasses import replace

from schedules.importers.shared.lesson_naming import LessonNamer
from schedules.lesson import Lesson, LessonStatus
from tests.schedules.cast import AMSTERDAM, BAKKER, lesson

NAMELESS = lesson("")


def name(given: Lesson) -> str:
    return LessonNamer(AMSTERDAM).with_instance(given).instance


def test_a_lesson_with_a_name_keeps_it() -> None:
    assert name(lesson("dutch")) == "dutch"


def test_a_lesson_without_one_has_the_same_name_in_every_version() -> None:
    # Written out: a name that changes with the program would end everyone's exemptions.
    assert name(NAMELESS) == name(NAMELESS) == "20261006-4fa74510af"


def test_it_keeps_its_name_when_its_room_time_or_status_changes() -> None:
    moved = lesson("", "08:40", "09:10", rooms=("B206",), status=LessonStatus.MOVED)
    assert name(moved) == name(NAMELESS)


def test_another_day_period_group_or_teacher_is_another_lesson() -> None:
    others = [
        lesson("", "08:30", "09:20", day=NAMELESS.start.date().replace(day=7)),
        lesson("", period="2"),
        lesson("", groups=("h3b",)),
        lesson("", teachers=(BAKKER,)),
    ]
    assert len({name(unnamed) for unnamed in [NAMELESS, *others]}) == 5


def test_the_order_of_groups_and_teachers_does_not_matter() -> None:
    together = lesson("", groups=("h3a", "h3b"), teachers=("vda", "bak"))
    assert name(together) == name(replace(together, groups=("h3b", "h3a"), teachers=("bak", "vda")))


def test_without_groups_and_teachers_the_rooms_tell_lessons_apart() -> None:
    bare = lesson("", groups=(), teachers=())
    assert name(bare) != name(replace(bare, rooms=("B205",)))


def test_lessons_that_are_alike_are_numbered() -> None:
    identities = LessonNamer(AMSTERDAM)
    first = identities.with_instance(NAMELESS)
    second = identities.with_instance(replace(NAMELESS, rooms=("B205",)))
    assert second.instance == f"{first.instance}-2"


def test_the_same_row_twice_is_the_same_lesson() -> None:
    identities = LessonNamer(AMSTERDAM)
    assert identities.with_instance(NAMELESS) == identities.with_instance(NAMELESS)
