"""What Lesrust keeps of its releases. A field that is not declared here is not kept."""

from typing import ClassVar

from django.db import models


class SpentRelease(models.Model):
    """The ledger: a release that was made, so that no second one is. It holds no figure."""

    key = models.CharField(max_length=120, primary_key=True)
    """Table, day and lesson hour."""
    day = models.DateField(db_index=True)

    def __str__(self) -> str:
        return self.key


class ReleasedFigure(models.Model):
    """One cell of a released table, with its noise. No exact count is ever written."""

    table = models.CharField(max_length=4)
    day = models.DateField()
    """Of the lesson hour, the day, or the week's Monday."""
    period = models.CharField(max_length=40, blank=True)
    layer = models.CharField(max_length=400, blank=True)
    platform = models.CharField(max_length=40, blank=True)
    evidence = models.CharField(max_length=20, blank=True, default="")
    beyond = models.CharField(max_length=4, blank=True, default="")
    drawn = models.IntegerField(null=True)
    """Noise included; null is 'geen cijfer'."""
    parts = models.PositiveSmallIntegerField(default=1)
    missing = models.PositiveSmallIntegerField(default=0)
    is_public = models.BooleanField(default=True)
    scale = models.FloatField(null=True)
    """Of the noise in each part; null is the one that the table declares."""
    low = models.IntegerField(null=True)
    """Of the interval of the true count; null is that of the noise alone."""
    high = models.IntegerField(null=True)
    """Null beside a `low` is 'at least'."""
    estimate = models.IntegerField(null=True)
    estimate_low = models.IntegerField(null=True)
    estimate_high = models.IntegerField(null=True)
    released_at = models.DateTimeField()

    class Meta:
        """One figure a cell, by the database's own word."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["table", "day", "period", "layer", "platform", "evidence", "beyond"],
                name="one_figure_a_cell",
            )
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, [self.table, str(self.day), self.period, self.platform]))


class SensorRow(models.Model):
    """A sensor that keeps counts, and which version of the schedules it holds."""

    name = models.CharField(max_length=100, primary_key=True)
    """The machine that it runs on."""
    version = models.PositiveBigIntegerField()
    seen_at = models.DateTimeField()
    """When it last said so."""

    def __str__(self) -> str:
        return f"sensor {self.name}"


class ConfirmedSettings(models.Model):
    """One row: which guarded settings were confirmed last, as fingerprints, by whom and when.

    The key of the fingerprints is not in the store. The privacy loss itself is for everyone to
    read.
    """

    keyed_by = models.CharField(max_length=32)
    """Identifies the key."""
    fingerprints = models.JSONField()
    """By the name of the section."""
    epsilon = models.FloatField()
    """The privacy loss of a day that was confirmed."""
    by = models.CharField(max_length=100)
    """As the audit has it."""
    at = models.DateTimeField()

    def __str__(self) -> str:
        return "confirmed settings"


class StorePutAside(models.Model):
    """A file of a store that a move put aside: it is erased with the store that it became."""

    path = models.CharField(max_length=1000, unique=True)

    def __str__(self) -> str:
        return self.path
