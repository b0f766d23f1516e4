"""The kept visibility of each school day."""

from datetime import date

from monitor.release.visibility import Visibility, combine_days


def load_visibility(first_day: date, last_day: date) -> Visibility | None:
    """Combine the visibility of the days from one up to and including another.

    Each day weighs as much as its connections. None when none of the days has any.
    """
    from monitor.models import VisibilityOfDay

    days = VisibilityOfDay.objects.filter(day__gte=first_day, day__lte=last_day)
    return combine_days(
        Visibility(row.connections, row.shares, row.ways, row.hidden) for row in days
    )


def count_visibility_before(day: date) -> int:
    """Count the days before a day whose visibility is kept."""
    from monitor.models import VisibilityOfDay

    return VisibilityOfDay.objects.filter(day__lt=day).count()


def delete_visibility_before(day: date) -> int:
    """Delete the visibility of the days before a day, and return of how many."""
    from monitor.models import VisibilityOfDay

    deleted, _ = VisibilityOfDay.objects.filter(day__lt=day).delete()
    return deleted
