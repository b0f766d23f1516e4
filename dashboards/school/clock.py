"""What time it is, for every page."""

import time
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings


def now() -> float:
    """Return the time at school as seconds since 1970; a demonstration's stands still."""
    demonstration = settings.DEMONSTRATION
    return time.time() if demonstration is None else demonstration.timestamp


def machine_now() -> float:
    """Return the time by which processes report that they run, also in a demonstration."""
    return time.time()


def zone() -> ZoneInfo:
    """Return the time zone that the school's bells ring in."""
    school_zone: ZoneInfo = settings.LESRUST.school.zone
    return school_zone


def today() -> date:
    """Return the day at school."""
    return datetime.fromtimestamp(now(), zone()).date()
