"""All that a sighting is held against, made of what the configuration names."""

from dataclasses import fields
from pathlib import Path

import pytest

from monitor.configuration import Configuration, load_configuration
from monitor.place import PersonRole
from monitor.release.layers import Layers
from monitor.runtime.factories import (
    LoadedSchedules,
    counting_rules,
    measured_rooms,
    snapshot_factory,
)
from monitor.snapshot import LessonFacts, Snapshot
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
    assert {field.name for field in fields(LessonFacts)} == {
        "instance",
        "day",
        "period",
        "layer",
        "released_layer",
    }


def test_a_lesson_is_known_by_its_day_its_hour_and_its_layer() -> None:
    facts = cast.school_snapshot().facts_of(cast.lesson("101", "2"))
    assert (facts.day, facts.period, facts.layer) == (cast.MONDAY, "2", "3 havo")


def test_a_school_below_the_floor_has_nothing_to_release() -> None:
    assert cast.school_snapshot(layers=Layers(())).release_schedule == ()


class TestGroupSizes:
    def sizes(self, folder: Path, content: str) -> Configuration:
        (folder / "groepen.csv").write_text(content, "utf-8")
        return configured(folder, '[groups]\nsizes = "groepen.csv"\n')

    def snapshot(self, settings: Configuration) -> Snapshot:
        return snapshot_factory(settings)(LoadedSchedules(Timetable(), Exemptions()))

    def test_they_are_not_known_where_the_school_does_not_say_them(self, tmp_path: Path) -> None:
        assert self.snapshot(configured(tmp_path)).group_sizes is None

    def test_rows_that_are_right_count_beside_those_that_are_not(self, tmp_path: Path) -> None:
        settings = self.sizes(tmp_path, "groep;aantal\nh3a;28\nh3b;veel\n")
        assert self.snapshot(settings).group_sizes == {"h3a": 28}

    def test_a_file_of_which_nothing_can_be_used_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(Refused, match=r"groepen\.csv, line 2"):
            snapshot_factory(self.sizes(tmp_path, "groep;aantal\nh3a;veel\n"))


class TestCountingRules:
    MORE = (
        ("[[layer]]\nname = '3 vwo'\npupils = 100\n", True),
        ("[[place]]\nprefixes = ['10.0.102.0/24']\nroom = '102'\n", True),
        ("[[bells]]\nhours = ['1 08:30-09:20']\n", True),
        ("[staff]\nconsent = 'MR 12'\n", True),
        ("[catalogue]\nswitched_on = ['reddit']\n", True),
        ("[calendar]\nshortened = [2026-11-24]\n", False),
        ("[contact]\nname = 'ICT'\n", False),
        ("[store]\nweeks_kept = 20\n", False),
    )

    @pytest.mark.parametrize(("more", "decides"), MORE, ids=[more.split()[0] for more, _ in MORE])
    def test_what_decides_who_is_counted_is_in_them(
        self, tmp_path: Path, more: str, decides: bool
    ) -> None:
        before = counting_rules(configured(tmp_path))
        assert (counting_rules(configured(tmp_path, more)) != before) == decides

    @pytest.mark.parametrize("section", ["attachments]\nfile", "groups]\nsizes"])
    def test_so_is_what_stands_in_a_file(self, tmp_path: Path, section: str) -> None:
        settings = configured(tmp_path, f'[{section} = "file.csv"\n')
        rules = []
        for content in ("kind,name,room\n", "kind,name,room\nvlan,101,101\n"):
            (tmp_path / "file.csv").write_text(content)
            rules.append(counting_rules(settings))
        assert rules[0] != rules[1]
        (tmp_path / "file.csv").unlink()
        assert counting_rules(settings) not in rules


def test_an_attachment_leads_to_a_room_only_where_something_tells_it(tmp_path: Path) -> None:
    (tmp_path / "file.csv").write_text("kind,name,room\nvlan,101,102\n")
    attached = '[attachments]\nfile = "file.csv"\n'
    assert measured_rooms(configured(tmp_path, attached)).keys() == {"101"}
    told = attached + '[radius]\ndetail = "detail"\n'
    assert measured_rooms(configured(tmp_path, told)).keys() == {"101", "102"}


def test_a_room_is_measured_where_pupils_are_attached_by_any_way(tmp_path: Path) -> None:
    """Staff alone are no class, and an exemption of the layer of any of its places takes it out."""
    (tmp_path / "file.csv").write_text(
        "kind,name,room,layer,role\nvlan,1,101,3 vwo,\nvlan,2,102,,staff\nvlan,3,103,3 havo,\n"
    )
    settings = configured(
        tmp_path, '[attachments]\nfile = "file.csv"\n[radius]\ndetail = "detail"\n'
    )
    rooms = {"101": {"3 vwo"}, "103": {"3 havo"}}
    assert measured_rooms(settings) == rooms
    made = snapshot_factory(settings)(LoadedSchedules(Timetable(), Exemptions()))
    assert made.placed_rooms == rooms
