"""The version of what is stored: a number by which readers know that something has changed."""

_ONLY_ROW = 1


def version() -> int:
    """Give a number that goes up with every grant, revocation and import; cheap to ask for."""
    from schedules.models import Version

    return Version.objects.filter(pk=_ONLY_ROW).values_list("number", flat=True).first() or 0


def next_version() -> int:
    """Let readers know that something changes, and give the number that they know it by."""
    from django.db.models import F

    from schedules.models import Version

    Version.objects.get_or_create(pk=_ONLY_ROW, defaults={"number": 0})
    Version.objects.filter(pk=_ONLY_ROW).update(number=F("number") + 1)
    return version()
