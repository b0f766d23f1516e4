"""How lessons, exemptions, pauses and the audit are stored. A field not declared here is not kept.

Rooms and teachers are in these tables and in no other, never beside a figure.
"""

from enum import StrEnum
from typing import Any, ClassVar, NoReturn

from django.db import models


class TimetableImport(models.Model):
    """A version of a source's timetable: when it came in, by whom, and which days it covers.

    It is kept as long as the audit, and as long as there is a lesson that it brought.
    """

    source = models.CharField(max_length=100)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()
    first_day = models.DateField()
    last_day = models.DateField()
    lessons = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"timetable {self.pk}"


class SourceRow(models.Model):
    """The state of one source of the timetable: when it was checked, and when it was read."""

    name = models.CharField(max_length=200, primary_key=True)
    looked_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    """When it was last read completely; null: never."""
    trouble = models.CharField(max_length=400, blank=True)
    """Why it could not be read when it was last checked; empty when it could."""

    def __str__(self) -> str:
        return f"source {self.name}"


class LessonRow(models.Model):
    """A lesson as the timetable has it now. Exemptions name it. It is deleted only for its age."""

    instance = models.CharField(max_length=100, unique=True)
    source = models.CharField(max_length=100)
    taken_from = models.ForeignKey(TimetableImport, on_delete=models.PROTECT)
    """The import that brought it as it is."""
    start = models.DateTimeField(db_index=True)
    end = models.DateTimeField()
    period = models.CharField(max_length=40)
    rooms = models.JSONField()
    groups = models.JSONField()
    teachers = models.JSONField()
    """Codes, kept only to decide who may grant an exemption for the lesson."""
    status = models.CharField(max_length=20)

    def __str__(self) -> str:
        return f"lesson {self.instance}"


class ExemptionRow(models.Model):
    """An exemption as it was granted, and how it was revoked. It is deleted only for its age."""

    scope = models.CharField(max_length=20)
    target = models.CharField(max_length=400, db_index=True)
    """The lesson's instance, the room or the layer; empty for the school."""
    platforms = models.JSONField(null=True)
    """Null: all."""
    granted_by = models.CharField(max_length=100)
    granted_at = models.DateTimeField()
    start = models.DateTimeField(null=True)
    """Null: the start of the lesson."""
    end = models.DateTimeField(null=True)
    """Null: the end of the lesson."""
    reason = models.CharField(max_length=200, blank=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=100, blank=True)
    version = models.PositiveBigIntegerField(default=0)
    """The number of `Version` that has its last change."""

    def __str__(self) -> str:
        return f"exemption {self.pk}"


class PauseRow(models.Model):
    """A pause of the measuring. Ended early, it has another end. It is deleted only for its age."""

    start = models.DateTimeField()
    end = models.DateTimeField(db_index=True)
    by = models.CharField(max_length=100)
    reason = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"pause {self.pk}"


class Version(models.Model):
    """One row, whose number goes up with each change to these tables.

    Its row lock puts writers in a queue, so that no change with a lower number is committed after
    a gateway has read a higher one. The audit's own ids cannot promise that on PostgreSQL.
    """

    number = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return f"version {self.number}"


class Action(StrEnum):
    """The actions of the audit. These names are stable: other programs read them."""

    TIMETABLE_IMPORTED = "timetable.imported"
    EXEMPTION_GRANTED = "exemption.granted"
    EXEMPTION_REVOKED = "exemption.revoked"
    MEASURING_PAUSED = "measuring.paused"
    MEASURING_RESUMED = "measuring.resumed"
    ACCOUNT_CHANGED = "account.changed"
    CONFIGURATION_CHANGED = "configuration.changed"
    SETTINGS_RECORDED = "settings.recorded"
    SETTINGS_CONFIRMED = "settings.confirmed"


class AuditIsAppendOnly(Exception):
    """An entry of the audit is written once: nobody changes it, and only its age deletes it."""


def _refuse(*_: Any, **__: Any) -> NoReturn:
    raise AuditIsAppendOnly("the audit is append-only")


class AuditEntries(models.QuerySet["AuditEntry"]):
    """The audit's rows can be read and added. The database refuses the rest too, by a trigger."""

    update = _refuse
    bulk_update = _refuse
    update_or_create = _refuse
    delete = _refuse


class AuditEntry(models.Model):
    """Who did what, when, and to which."""

    at = models.DateTimeField()
    by = models.CharField(max_length=100)
    """As stated by the user or program."""
    action = models.CharField(max_length=40)
    """One of `Action`."""
    subject = models.CharField(max_length=100)
    """`exemption 12`, `timetable 3`."""

    objects: ClassVar[models.Manager["AuditEntry"]] = models.Manager.from_queryset(AuditEntries)()

    class Meta:
        """In the order in which entries are written."""

        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.subject}"

    def save(self, **options: Any) -> None:
        """Add the entry. One that exists is not changed."""
        if not self._state.adding:
            _refuse()
        super().save(**options)

    delete = _refuse


class ConfigurationSection(models.Model):
    """A part of the configuration as it was last loaded, as a digest without values.

    The digest is keyed with a secret that is not in the store, so that nobody who reads the store
    can guess a value and check it.
    """

    keyed_by = models.CharField(max_length=32)
    """Identifies the key."""
    name = models.CharField(max_length=100)
    """`[place]`, or the setting that names a file: `attachments.file`."""
    digest = models.CharField(max_length=64)

    class Meta:
        """One digest a part."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["keyed_by", "name"], name="one_digest_a_section")
        ]

    def __str__(self) -> str:
        return f"configuration {self.name}"
