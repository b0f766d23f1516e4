"""Who can sign in, who tried too often, and which reports are being made.

What is not declared here is not kept.
"""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from monitor.configuration import Role


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by the name that people sign in with."""


class Account(AbstractBaseUser):
    """Somebody of the school: staff, never a pupil. When she last signed in does not stand here."""

    username = models.CharField(max_length=100, unique=True)
    """What she signs in with; of a provider's account what the provider calls her."""
    roles = models.JSONField(default=list)
    """Names of `Role`."""
    code = models.CharField(max_length=40, blank=True)
    """A teacher's code in the timetable."""
    is_active = models.BooleanField(default=True)
    last_login = None

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"

    def __str__(self) -> str:
        return self.username

    @property
    def role_set(self) -> frozenset[Role]:
        """Her roles; a name that this version does not know gives none."""
        return frozenset(role for role in Role if role.value in self.roles)

    @property
    def name_in_audit(self) -> str:
        """What stands in an exemption and in the audit: a teacher's code, else the name."""
        return self.code if self.code and Role.TEACHER in self.role_set else self.username


class ReportState(models.TextChoices):
    """How far a report is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class ReportJob(models.Model):
    """A report that somebody asked for; who, is not kept. It is deleted after a day."""

    length = models.CharField(max_length=10)
    """A `ReportLength`."""
    day = models.DateField()
    """The first day of what it is of."""
    form = models.CharField(max_length=10)
    """A `ReportFormat`."""
    language = models.CharField(max_length=10)
    figures = models.CharField(max_length=60)
    """`newest` of the stored figures when it was asked for: later figures make another report."""
    state = models.CharField(
        max_length=10, choices=ReportState.choices, default=ReportState.WAITING
    )
    percent = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(db_index=True)
    touched_at = models.DateTimeField()
    """When its maker last reported progress."""
    result = models.BinaryField(null=True)

    def __str__(self) -> str:
        return f"report {self.length} {self.day}"


class CacheEntry(models.Model):
    """How often somebody tried to sign in, and that a code was used: kept for some minutes."""

    key = models.CharField(max_length=64, primary_key=True)
    """A keyed hash of what it is of; the key is not in the store."""
    value = models.JSONField()
    """When it was tried, in seconds since 1970; or that there was something."""
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"until {self.expires_at}"
