"""What the log keeps in one language is read in the reader's."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from dashboards.commands import user
from dashboards.leadership.audit_words import (
    ACCOUNT_CHANGES,
    NUMBERED,
    describe_author,
    describe_subject,
)
from schedules.models import ExemptionRow, PauseRow, TimetableImport


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("exemption 12", "toestemming 12"),
        ("timetable 3", "rooster 3"),
        ("pause 1", "onderbreking 1"),
        ("jansen: added", "jansen: toegevoegd"),
        ("a: b: roles", "a: b: rollen"),
        ("[layer]", "[layer]"),
        ("exemption of nobody", "exemption of nobody"),
        ("jansen: other", "jansen: other"),
    ],
)
def test_a_subject_is_said_in_dutch(kept: str, said: str) -> None:
    with translation.override("nl"):
        assert describe_subject(kept) == said


def test_who_was_on_the_machine_is_said_in_dutch() -> None:
    with translation.override("nl"):
        assert describe_author("root (command line)") == "root (op de machine)"
        assert describe_author("jansen") == "jansen"


def test_every_kind_that_is_kept_has_its_words() -> None:
    kinds = {str(model(pk=1)).split()[0] for model in (TimetableImport, ExemptionRow, PauseRow)}
    assert kinds == {*NUMBERED}
    commands = Path(user.__file__).read_text("utf-8")
    changes = re.findall(
        r'(?:_save_with_audit|_record_audit_entry)\(account, "([a-z ]+)"\)', commands
    )
    assert {*changes, "roles"} == {*ACCOUNT_CHANGES}
