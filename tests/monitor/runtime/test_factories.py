"""All that a sighting is held against, made of what the configuration names."""

from dataclasses import fields
from pathlib import Path

import pytest

from monitor.configuration import Configuration, load_configuration
from monitor.place import PersonRole
from monitor.release.layers import Layers
from monitor.runtime.factories import LoadedSchedules, snapshot_factory
from monitor.snapshot import LessonFacts
from schedules.exemption import Exemptions
from schedules.problem import Refused
from schedules.timetable import Timetable
from tests import cast

SCHOOL = """
[school]
name = "Het Voorbeeld"
[[layer]]
name = "3 havo"
pupils = 240
groups = ["h3*"]
[[place]]
prefixes = ["10.0.101.0/24"]
room = "101"
"""


def configured(folder: Path, more: str = "") -> Configuration:
    path = folder / "lesrust.toml"
    path.write_text(SCHOOL + more, "utf-8")
    return load_configuration(path)


def test_a_world_is_what_the_configuration_and_the_schedules_say(tmp_path: Path) -> None:
    timetable = Timetable(cast.lessons(), cast.AMSTERDAM)
    made = snapshot_factory(configured(tmp_path, '[staff]\nconsent = "MR 12"'))(
        LoadedSchedules(timetable, Exemptions())
    )
    place = made.prefixes.find(cast.client("101"))
    assert place is not None
    assert (place.room, place.layer, place.role) == ("101", "", PersonRole.PUPIL)
    assert made.layers.released == ("3 havo",)
    assert made.counts_staff
    assert made.release_schedule[0].key == "R1/2026-11-23/1"


def test_a_platform_is_switched_on_by_its_name(tmp_path: Path) -> None:
    schedules = LoadedSchedules(Timetable(), Exemptions())
    plain = snapshot_factory(configured(tmp_path))(schedules).catalogue
    with_reddit = configured(tmp_path, '[catalogue]\nswitched_on = ["reddit"]')
    assert plain.recognise("www.reddit.com") is None
    assert (
        snapshot_factory(with_reddit)(schedules).catalogue.recognise("www.reddit.com") is not None
    )


def test_a_platform_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="redit"):
        snapshot_factory(configured(tmp_path, '[catalogue]\nswitched_on = ["redit"]'))


def test_the_core_knows_no_room_group_or_teacher_of_a_lesson() -> None:
    assert {field.name for field in fields(LessonFacts)} == {"instance", "day", "period", "layer"}


def test_a_lesson_is_known_by_its_day_its_hour_and_its_layer() -> None:
    facts = cast.school_snapshot().facts_of(cast.lesson("101", "2"))
    assert (facts.day, facts.period, facts.layer) == (cast.MONDAY, "2", "3 havo")


def test_a_school_below_the_floor_has_nothing_to_release() -> None:
    assert cast.school_snapshot(layers=Layers(())).release_schedule == ()
