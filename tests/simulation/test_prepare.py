from pathlib import Path

import click
import pytest

from schedules import store
from schedules.exemption import ExemptionScope
from simulation.commands.run_lesrust import run_lesrust
from simulation.prepare import prepare_school
from simulation.simulation import list_school_days
from tests.simulation.cast import MONDAY, SMALL

pytestmark = [pytest.mark.usefixtures("own_store"), pytest.mark.store]
DAYS = list_school_days(MONDAY, 2)


def test_the_timetable_is_imported_and_the_exemptions_are_granted(tmp_path: Path) -> None:
    settings = prepare_school(tmp_path / "school", SMALL, DAYS, run_lesrust)
    timetable = store.load_timetable(settings.school.zone, *DAYS)
    assert timetable.days == DAYS
    assert len(timetable.rooms) == 48
    granted = [listed.exemption for listed in store.list_exemptions()]
    assert {exemption.scope for exemption in granted} == {
        ExemptionScope.LESSON,
        ExemptionScope.LAYER,
    }
    asked = {permission.granted_at for permission in SMALL.list_exemptions(DAYS)}
    assert {exemption.granted_at for exemption in granted} == asked


def test_a_folder_with_a_configuration_is_refused(tmp_path: Path) -> None:
    (tmp_path / "lesrust.toml").touch()
    with pytest.raises(click.ClickException, match=r"has a lesrust\.toml already.*--into"):
        prepare_school(tmp_path, SMALL, DAYS, run_lesrust)


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(click.ClickException, match="file"):
        prepare_school(tmp_path / "file" / "school", SMALL, DAYS, run_lesrust)
