"""A change counts once a second person has confirmed it, or when it is taken back."""

from hashlib import sha256
from pathlib import Path

import pytest

from monitor.configuration import Configuration, SchoolSettings
from monitor.models import ConfirmedSettings
from monitor.store.guarded import confirmations
from monitor.store.guarded.confirmations import (
    SECRET,
    SettingsChangedMeanwhile,
    confirm_settings,
    find_confirmation,
    take_fingerprints,
)
from monitor.store.guarded.sections import GUARDED, LAYERS, PLACES, PRIVACY
from schedules import store
from schedules.models import Action, AuditEntry
from schedules.problem import Refused
from schedules.secret import write_secret
from tests.monitor.store.guarded.confirmations.conftest import NOW, Loads, begin

pytestmark = [pytest.mark.store, pytest.mark.django_db]

LAYER = '[[layer]]\nname = "havo"\npupils = 612\n'
PLACE = '[[place]]\nroom = "B204"\nprefixes = ["10.2.4.0/24"]\n'
LOWER = "[privacy]\nepsilon = 0.5\n"


def confirm(settings: Configuration, by: str = "yil") -> None:
    confirm_settings(settings, find_confirmation(settings).shown, by=by, now=NOW + 60)


def audited() -> list[tuple[str, str, str]]:
    return [(entry.action, entry.subject, entry.by) for entry in AuditEntry.objects.all()]


def test_the_first_configuration_of_a_store_is_the_baseline_and_the_audit_says_so(
    loads: Loads,
) -> None:
    settings = loads(LAYER)
    assert find_confirmation(settings).at is None
    begin(settings)
    confirmation = find_confirmation(settings)
    assert (confirmation.changed, confirmation.at, confirmation.epsilon) == ((), NOW, 1.0)
    assert settings.path is not None
    assert audited() == [(Action.SETTINGS_RECORDED, "lesrust.toml", settings.path.owner())]


def test_no_later_start_makes_a_baseline(loads: Loads) -> None:
    begin(loads(LAYER))
    version = store.current_version()
    begin(loads(LAYER, PLACE))
    assert find_confirmation(loads(LAYER, PLACE)).changed == (PLACES,)
    assert len(audited()) == 1
    assert store.current_version() == version


def test_of_two_processes_that_begin_at_once_one_makes_the_baseline(
    loads: Loads, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = loads(LAYER)
    fingerprints = take_fingerprints(first)
    assert fingerprints is not None
    seen = iter([False])  # before the other has written
    real = confirmations.has_confirmed_settings
    begin(first)
    monkeypatch.setattr(confirmations, "has_confirmed_settings", lambda: next(seen, None) or real())
    begin(loads(PLACE))
    assert find_confirmation(first).changed == ()


def test_a_change_waits_by_the_names_of_what_changed(loads: Loads) -> None:
    begin(loads(LAYER))
    changed = loads(LAYER.replace("612", "100"), PLACE, LOWER)
    assert find_confirmation(changed).changed == (PRIVACY, LAYERS, PLACES)


def test_a_change_that_is_taken_back_waits_no_longer(loads: Loads) -> None:
    begin(loads(LAYER))
    assert find_confirmation(loads(LAYER, PLACE)).changed == (PLACES,)
    assert find_confirmation(loads(LAYER)).changed == ()


def test_who_confirms_stands_in_the_audit_with_each_part_and_sensors_read_it(
    loads: Loads,
) -> None:
    begin(loads(LAYER))
    settings, version = loads(LAYER, PLACE, LOWER), store.current_version()
    confirm(settings)
    confirmation = find_confirmation(settings)
    assert (confirmation.changed, confirmation.by, confirmation.epsilon) == ((), "yil", 0.5)
    assert confirmation.at == NOW + 60
    assert audited()[1:] == [
        (Action.SETTINGS_CONFIRMED, PRIVACY, "yil"),
        (Action.SETTINGS_CONFIRMED, PLACES, "yil"),
    ]
    assert store.current_version() == version + 1


def test_what_was_confirmed_once_is_a_change_again_after_another(loads: Loads) -> None:
    begin(loads(LAYER))
    confirm(loads(LAYER, PLACE))
    assert find_confirmation(loads(LAYER)).changed == (PLACES,)


def test_nobody_confirms_what_she_did_not_read(loads: Loads) -> None:
    begin(loads(LAYER))
    shown = find_confirmation(loads(LAYER, PLACE)).shown
    settings = loads(LAYER, PLACE.replace("10.2.4.0/24", "10.2.4.7/32"))
    for read in (shown, "", "0" * len(shown)):
        with pytest.raises(SettingsChangedMeanwhile):
            confirm_settings(settings, read, by="yil", now=NOW)
    assert find_confirmation(settings).changed == (PLACES,)


def test_another_secret_confirms_nothing(loads: Loads, tmp_path: Path) -> None:
    settings = loads(LAYER)
    begin(settings)
    write_secret(tmp_path / "web.secret", "another secret")
    begin(settings)
    assert find_confirmation(settings).changed == (SECRET,)
    confirm(settings)
    assert find_confirmation(settings).changed == ()
    assert audited()[1:] == [(Action.SETTINGS_CONFIRMED, SECRET, "yil")]


def test_without_a_secret_nothing_is_known_to_be_confirmed(loads: Loads, tmp_path: Path) -> None:
    settings = loads(LAYER)
    begin(settings)
    secret = tmp_path / "web.secret"
    secret.chmod(0o644)
    assert find_confirmation(settings).changed == (SECRET,)
    secret.unlink()
    assert find_confirmation(settings).changed == (SECRET,)
    with pytest.raises(Refused):
        confirm_settings(settings, "", by="yil", now=NOW)


def test_before_the_first_start_there_need_be_no_secret(loads: Loads, tmp_path: Path) -> None:
    settings = loads(LAYER)
    (tmp_path / "web.secret").unlink()
    assert find_confirmation(settings).changed == ()


def test_what_came_from_no_file_is_not_guarded() -> None:
    settings = Configuration(school=SchoolSettings(name="x"))
    assert take_fingerprints(settings) is None
    assert find_confirmation(settings).changed == ()
    with pytest.raises(SettingsChangedMeanwhile):
        confirm_settings(settings, "", by="yil", now=NOW)


def test_no_value_but_the_loss_can_be_read_or_tried_from_the_store(loads: Loads) -> None:
    begin(loads(LAYER, PLACE, LOWER))
    kept = str(ConfirmedSettings.objects.values().get())
    for guess in ("havo", "612", "B204", "10.2.4.0/24"):
        assert guess not in kept
        assert sha256(guess.encode()).hexdigest() not in kept
    assert "0.5" in kept
    assert set(ConfirmedSettings.objects.get().fingerprints) == {*GUARDED}
