"""The audit is append-only: the models refuse to change it, and so does the database.

Only what is older than a year can be deleted, and only by what is made for it.
"""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction

from schedules import store
from schedules.models import Action, AuditEntry, AuditIsAppendOnly

pytestmark = [pytest.mark.store, pytest.mark.django_db]


@pytest.fixture
def entry() -> AuditEntry:
    return AuditEntry.objects.create(
        at=datetime(2096, 10, 6, 8, 50, tzinfo=UTC),
        by="vda",
        action=Action.EXEMPTION_GRANTED,
        subject="exemption 1",
    )


def test_an_entry_says_when_what_and_which(entry: AuditEntry) -> None:
    assert str(entry) == "2096-10-06 08:50 exemption.granted exemption 1"


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


def emptying() -> str:
    """Give what Django itself empties the table with: TRUNCATE where the database knows it."""
    statement, *_ = connection.ops.sql_flush(no_style(), [AuditEntry._meta.db_table])
    return statement


@pytest.mark.usefixtures("entry")
def test_the_database_refuses_to_empty_the_table() -> None:
    assert emptying().startswith("TRUNCATE" if connection.vendor == "postgresql" else "DELETE")
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(emptying())
    assert AuditEntry.objects.count() == 1


DAY = timedelta(days=1)
YEAR = timedelta(days=366)


def add_audit_entry(age: timedelta) -> AuditEntry:
    return AuditEntry.objects.create(
        at=datetime.now(UTC) - age, by="vda", action=Action.EXEMPTION_GRANTED, subject="exemption 1"
    )


def before(age: timedelta) -> float:
    return (datetime.now(UTC) - age).timestamp()


def test_what_is_older_than_a_year_can_be_deleted_by_what_is_made_for_it() -> None:
    add_audit_entry(3 * YEAR)
    kept = [add_audit_entry(2 * YEAR), add_audit_entry(YEAR + DAY), add_audit_entry(DAY)]
    assert store.count_audit_before(before(2.5 * YEAR)) == 1
    assert store.delete_audit_before(before(2.5 * YEAR)) == 1
    assert list(AuditEntry.objects.all()) == kept
    assert store.delete_audit_before(before(YEAR)) == 2
    assert list(AuditEntry.objects.all()) == kept[2:]


@pytest.mark.parametrize("age", [timedelta(0), DAY, YEAR - 3 * DAY])
def test_what_is_younger_than_a_year_is_not_deleted_whoever_asks(age: timedelta) -> None:
    add_audit_entry(2 * YEAR)
    add_audit_entry(age)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        store.delete_audit_before(before(timedelta(0)) + 60)
    assert AuditEntry.objects.count() == 2


def test_what_is_old_is_still_not_changed() -> None:
    old = add_audit_entry(2 * YEAR)
    with pytest.raises(AuditIsAppendOnly):
        old.delete()
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE schedules_auditentry SET by = 'someone else'")
    assert AuditEntry.objects.get().by == "vda"
