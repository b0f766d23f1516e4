"""Whether something changed inside a figure: then it would be of two things, and is 'geen cijfer'.

A figure covers its lesson hours, from the start of the first to the end of the last. What changes
before it or after it changes nothing inside it.
"""

from collections.abc import Iterable, Sequence

from schedules.exemption import TimeSpan
from schedules.timetable import DatedPeriod


def covered_time(hours: Sequence[DatedPeriod]) -> TimeSpan:
    """Return the time from the start of the first hour to the end of the last."""
    if not hours:
        return TimeSpan(0.0, 0.0)
    return TimeSpan(min(hour.start for hour in hours), max(hour.end for hour in hours))


def has_change_inside(hours: Sequence[DatedPeriod], changes: Iterable[TimeSpan]) -> bool:
    """Say whether a change fell between the first lesson of a figure and its last.

    Args:
        hours: the lesson hours that the figure covers.
        changes: each the time in which something changed: from when it was last known to be as it
            was, to when it was known to be other.
    """
    start, end = covered_time(hours)
    return any(change.start < end and start < change.end for change in changes)


def has_edge_inside(hours: Sequence[DatedPeriod], spans: Iterable[TimeSpan]) -> bool:
    """Say whether something began or ended between the first lesson of a figure and its last.

    Args:
        hours: the lesson hours that the figure covers.
        spans: when each of these things is so.
    """
    start, end = covered_time(hours)
    return any(start < edge < end for span in spans for edge in span)
