"""Which settings were changed is audited by their names, and what they are stands nowhere."""

import os
from base64 import b64encode
from hashlib import blake2b, md5, sha1, sha256, sha512
from pathlib import Path

import pytest

from monitor.configuration import Configuration, SchoolSettings, load_configuration
from monitor.store import settings_audit
from schedules import store
from schedules.models import Action, AuditEntry, ConfigurationSection
from schedules.secret import write_secret

pytestmark = [pytest.mark.store, pytest.mark.django_db]

NOW = 1_792_396_800.0
SCHOOL = '[school]\nname = "Het Voorbeeld"\n'
STAFF = '[staff]\nconsent = "MR 12 mei"\n'
PLACE = '[[place]]\nroom = "B204"\nprefixes = ["10.2.4.0/24"]\n'
MAPPING = '[attachments]\nfile = "aansluitingen.csv"\n'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    write_secret(tmp_path / "web.secret", "a secret of the school")
    (tmp_path / "aansluitingen.csv").write_text("kind,name,room\nvlan,204,B204\n")
    return tmp_path / "lesrust.toml"


def noted(path: Path, text: str) -> tuple[str, ...]:
    """Begin to work with a configuration."""
    path.write_text(text)
    return settings_audit.record_setting_changes(load_configuration(path), NOW)


def test_the_first_configuration_is_remembered_and_is_no_change(path: Path) -> None:
    assert noted(path, SCHOOL + STAFF) == ()
    assert noted(path, SCHOOL + STAFF) == ()
    assert AuditEntry.objects.count() == 0


def test_what_is_set_otherwise_is_audited_by_the_name_of_its_section(path: Path) -> None:
    noted(path, SCHOOL + STAFF)
    assert noted(path, SCHOOL + STAFF.replace("12", "13")) == ("[staff]",)
    entry = AuditEntry.objects.get()
    assert entry.action == Action.CONFIGURATION_CHANGED
    assert (entry.subject, entry.by) == ("[staff]", path.owner())
    assert entry.at.timestamp() == NOW


def test_what_is_added_or_taken_away_is_a_change_and_is_told_once(path: Path) -> None:
    noted(path, SCHOOL)
    assert noted(path, SCHOOL + PLACE + STAFF) == ("[place]", "[staff]")
    assert noted(path, SCHOOL + PLACE + STAFF) == ()
    assert noted(path, SCHOOL + PLACE) == ("[staff]",)
    assert AuditEntry.objects.count() == 3


def test_comments_and_order_are_no_change(path: Path) -> None:
    noted(path, SCHOOL + STAFF)
    assert noted(path, f"# Nothing of value.\n{STAFF}\n\n{SCHOOL}") == ()


def test_a_file_that_says_which_room_anything_is_in_is_a_setting_too(path: Path) -> None:
    noted(path, SCHOOL + MAPPING)
    mapping = path.parent / "aansluitingen.csv"
    mapping.write_text("kind,name,room\nvlan,204,B205\n")
    assert noted(path, SCHOOL + MAPPING) == ("attachments.file",)
    mapping.unlink()
    assert noted(path, SCHOOL + MAPPING) == ("attachments.file",)
    assert [entry.by for entry in AuditEntry.objects.all()] == [path.owner(), "unknown"]


def test_an_owner_without_a_name_is_told_by_number(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nameless(_: Path) -> str:
        raise KeyError

    monkeypatch.setattr(Path, "owner", nameless)
    noted(path, SCHOOL)
    noted(path, SCHOOL + STAFF)
    assert AuditEntry.objects.get().by == f"user {os.getuid()}"


def test_without_a_secret_nothing_is_remembered(path: Path) -> None:
    """There would be nothing to keep values from being tried with."""
    (path.parent / "web.secret").unlink()
    assert noted(path, SCHOOL) == ()
    assert ConfigurationSection.objects.count() == 0


def test_what_was_read_from_no_file_is_not_noted() -> None:
    assert (
        settings_audit.record_setting_changes(Configuration(school=SchoolSettings(name="x")), NOW)
        == ()
    )
    assert ConfigurationSection.objects.count() == 0


def test_another_secret_is_told_and_hides_nothing_for_long(path: Path) -> None:
    noted(path, SCHOOL)
    write_secret(path.parent / "web.secret", "another secret")
    assert noted(path, SCHOOL + STAFF) == ("web.secret",)
    assert noted(path, SCHOOL) == ("[staff]",)


def test_two_machines_with_secrets_of_their_own_do_not_tell_each_other_s_changes(
    path: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    write_secret(other / "web.secret", "a secret of the other machine")
    noted(path, SCHOOL)
    noted(other / "lesrust.toml", SCHOOL + STAFF)
    assert noted(path, SCHOOL) == noted(other / "lesrust.toml", SCHOOL + STAFF) == ()


def test_no_value_can_be_read_or_tried_from_the_store(path: Path) -> None:
    noted(path, SCHOOL + STAFF)
    noted(path, SCHOOL + STAFF.replace("12", "13"))
    kept = " ".join(str(vars(row)) for row in ConfigurationSection.objects.all())
    kept += " ".join(str(vars(entry)) for entry in AuditEntry.objects.all())
    guesses = [b"MR 13 mei", b'{"consent": "MR 13 mei"}', b'[staff]\0{"consent": "MR 13 mei"}']
    for guess in guesses:
        tried = [guess, *(h(guess).digest() for h in (sha256, sha1, md5, sha512, blake2b))]
        for form in tried:
            assert form.hex() not in kept
            assert b64encode(form).decode().rstrip("=") not in kept
            assert form.decode("latin-1") not in kept


def test_the_same_values_under_another_secret_look_otherwise(path: Path, tmp_path: Path) -> None:
    noted(path, SCHOOL)
    write_secret(path.parent / "web.secret", "another secret")
    noted(path, SCHOOL)
    digests = [row.digest for row in ConfigurationSection.objects.filter(name="[school]")]
    assert len(set(digests)) == 2


def test_what_is_noted_does_not_make_a_sensor_read_anew(path: Path) -> None:
    before = store.current_version()
    noted(path, SCHOOL)
    noted(path, SCHOOL + STAFF)
    assert store.current_version() == before
