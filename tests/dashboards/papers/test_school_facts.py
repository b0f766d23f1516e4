"""What the papers say of a school follows from its settings."""

from pathlib import Path

import pytest

from schedules.problem import Refused
from tests.dashboards.cast import SCHOOL
from tests.dashboards.papers.conftest import SCHOOLS, Describe


def test_who_is_staff_can_be_told_by_places_by_radius_or_by_what_a_device_is_attached_to(
    describe: Describe, tmp_path: Path
) -> None:
    assert describe(SCHOOLS["whole"]).network.knows_staff
    assert describe(SCHOOLS["persons"]).network.knows_staff
    assert not describe(SCHOOLS["plain"]).network.knows_staff
    mapping = tmp_path / "aansluitingen.csv"
    attached = SCHOOL + '[attachments]\nfile = "aansluitingen.csv"\n'
    mapping.write_text("kind,name,room,layer,role\nvlan,204,B204,,\n")
    assert not describe(attached).network.knows_staff
    mapping.write_text("kind,name,room,layer,role\nvlan,204,B204,,staff\n")
    assert describe(attached).network.knows_staff


def test_a_mapping_that_is_not_there_is_refused(describe: Describe) -> None:
    with pytest.raises(Refused):
        describe(SCHOOL + '[attachments]\nfile = "aansluitingen.csv"\n')


def test_what_is_missing_is_named(describe: Describe) -> None:
    assert describe(SCHOOLS["plain"]).contact.missing == (
        "name",
        "email",
        "privacy_officer",
        "objection",
    )
    assert describe(SCHOOLS["whole"]).contact.missing == ()


def test_platforms_are_those_that_are_switched_on(describe: Describe) -> None:
    assert "Discord" not in describe(SCHOOL).platforms
    assert "Discord" in describe(SCHOOL + '[catalogue]\nswitched_on = ["discord"]\n').platforms
