"""The store's version: a number that tells readers whether anything has changed."""

_ONLY_ROW = 1


def current_version() -> int:
    """Return the number that every change here raises. It is a cheap query."""
    from schedules.models import Version

    return Version.objects.filter(pk=_ONLY_ROW).values_list("number", flat=True).first() or 0


def next_version() -> int:
    """Raise the version in the transaction of a change, and return it."""
    from django.db.models import F

    from schedules.models import Version

    Version.objects.get_or_create(pk=_ONLY_ROW, defaults={"number": 0})
    Version.objects.filter(pk=_ONLY_ROW).update(number=F("number") + 1)
    return current_version()
