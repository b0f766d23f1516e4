"""What a sensor process works with is held against what was confirmed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.configuration import Configuration, SchoolSettings, load_configuration
from monitor.store.guarded.confirmations import SECRET, confirm_settings, find_confirmation
from monitor.store.guarded.sections import ATTACHMENTS, PLACES, RADIUS
from monitor.store.guarded.settings_guard import SettingsGuard
from schedules.secret import write_secret

pytestmark = [pytest.mark.store, pytest.mark.django_db]

SCHOOL = '[school]\nname = "Het Voorbeeld"\n[attachments]\nfile = "rooms.csv"\n'
PLACE = '[[place]]\nroom = "B204"\nprefixes = ["10.2.4.0/24"]\n'
ROOMS, OTHER_ROOMS = ("kind,name,room\nvlan,204,B204\n", "kind,name,room\nvlan,204,hal\n")

type Loads = Callable[..., Configuration]


@pytest.fixture
def loads(tmp_path: Path) -> Loads:
    path = tmp_path / "lesrust.toml"

    def load(text: str = SCHOOL, rooms: str = ROOMS) -> Configuration:
        (tmp_path / "rooms.csv").write_text(rooms)
        path.write_text(text)
        return load_configuration(path)

    return load


def confirm(settings: Configuration) -> None:
    confirm_settings(settings, find_confirmation(settings).shown, by="yil", now=1.0)


def started(settings: Configuration) -> SettingsGuard:
    guard = SettingsGuard(settings)
    guard.record_baseline()
    return guard


def test_a_new_store_and_a_new_secret_take_what_is_there(loads: Loads, tmp_path: Path) -> None:
    assert started(loads()).find_unconfirmed() == ()
    assert (tmp_path / "web.secret").exists()
    assert started(loads()).find_unconfirmed() == ()


def test_another_configuration_waits_until_it_is_confirmed_or_taken_back(loads: Loads) -> None:
    guard = started(loads())
    guard.reload(loads(SCHOOL + PLACE))
    assert guard.find_unconfirmed() == (PLACES,)
    guard.reload(loads())
    assert guard.find_unconfirmed() == ()
    guard.reload(loads(SCHOOL + PLACE))
    confirm(loads(SCHOOL + PLACE))
    assert guard.find_unconfirmed() == ()


def test_what_the_file_says_now_is_not_what_the_process_works_with(loads: Loads) -> None:
    guard = started(loads())
    loads(SCHOOL + PLACE, OTHER_ROOMS)
    assert guard.find_unconfirmed() == ()


def test_a_mapping_that_is_put_back_without_a_restart_is_not_what_is_worked_with(
    loads: Loads,
) -> None:
    """Feeds keep the mapping that they began with, so it is that one which must be confirmed."""
    started(loads())
    guard = SettingsGuard(loads(rooms=OTHER_ROOMS))
    assert guard.find_unconfirmed() == (ATTACHMENTS,)
    guard.reload(loads())
    assert guard.find_unconfirmed() == (ATTACHMENTS,)
    assert SettingsGuard(loads()).find_unconfirmed() == ()


def test_nor_is_who_says_where_devices_are(loads: Loads) -> None:
    others = f'{SCHOOL}[radius]\ndetail = "detail"\nstaff_classes = ["h3a"]\n'
    guard = started(loads())
    guard.reload(loads(others))
    confirm(loads(others))
    assert guard.find_unconfirmed() == (RADIUS,)
    assert SettingsGuard(loads(others)).find_unconfirmed() == ()


def test_another_secret_does_not_get_around_it(loads: Loads, tmp_path: Path) -> None:
    started(loads())
    write_secret(tmp_path / "web.secret", "another one")
    assert started(loads(SCHOOL + PLACE)).find_unconfirmed() == (SECRET,)


def test_nor_does_a_secret_that_cannot_be_read_or_made(loads: Loads, tmp_path: Path) -> None:
    text = f'{SCHOOL}[web]\nsecret = "absent/web.secret"\n'
    assert started(loads(text)).find_unconfirmed() == (SECRET,)
    (tmp_path / "web.secret").write_text("")
    (tmp_path / "web.secret").chmod(0o600)
    assert started(loads()).find_unconfirmed() == (SECRET,)


def test_what_came_from_no_file_is_not_guarded() -> None:
    assert started(Configuration(school=SchoolSettings(name="x"))).find_unconfirmed() == ()
