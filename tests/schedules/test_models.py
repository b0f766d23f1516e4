"""The audit is append-only: the models refuse to change it, and so does the database."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from schedules.models import Action, AuditEntry, AuditIsAppendOnly

pytestmark = [pytest.mark.store, pytest.mark.django_db]


@pytest.fixture
def entry() -> AuditEntry:
    return AuditEntry.objects.create(
        at=datetime(2026, 10, 6, 8, 50, tzinfo=UTC),
        by="vda",
        action=Action.EXEMPTION_GRANTED,
        subject="exemption 1",
    )


def test_an_entry_says_when_what_and_which(entry: AuditEntry) -> None:
    assert str(entry) == "2026-10-06 08:50 exemption.granted exemption 1"


def test_an_entry_is_not_changed(entry: AuditEntry) -> None:
    entry.by = "someone else"
    with pytest.raises(AuditIsAppendOnly):
        entry.save()
    with pytest.raises(AuditIsAppendOnly):
        AuditEntry.objects.update(by="someone else")
    with pytest.raises(AuditIsAppendOnly):
        AuditEntry.objects.bulk_update([entry], ["by"])
    assert AuditEntry.objects.get().by == "vda"


def test_an_entry_is_not_written_over_by_a_copy(entry: AuditEntry) -> None:
    copy = AuditEntry(pk=entry.pk, at=entry.at, by="someone else", action="", subject="")
    with pytest.raises(DatabaseError), transaction.atomic():
        copy.save()
    assert AuditEntry.objects.get().by == "vda"


def test_an_entry_is_not_deleted(entry: AuditEntry) -> None:
    with pytest.raises(AuditIsAppendOnly):
        entry.delete()
    with pytest.raises(AuditIsAppendOnly):
        AuditEntry.objects.all().delete()
    assert AuditEntry.objects.count() == 1


@pytest.mark.parametrize(
    "statement",
    ["UPDATE schedules_auditentry SET by = 'someone else'", "DELETE FROM schedules_auditentry"],
)
@pytest.mark.usefixtures("entry")
def test_the_database_refuses_as_well(statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert AuditEntry.objects.get().by == "vda"
