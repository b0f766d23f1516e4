"""What time it is, for every page."""

import time
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings


def now() -> float:
    """Give the time at school, in seconds since 1970-01-01 UTC; a demonstration's stands still."""
    demonstration = settings.DEMONSTRATION
    return time.time() if demonstration is None else demonstration.moment


def of_this_machine() -> float:
    """Give the time by which processes say that they run, also in a demonstration."""
    return time.time()


def zone() -> ZoneInfo:
    """Give the time zone that the school's bells ring in."""
    school: ZoneInfo = settings.LESRUST.school.zone
    return school


def today() -> date:
    """Give the day at school."""
    return datetime.fromtimestamp(now(), zone()).date()
