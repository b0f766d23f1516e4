"""The web application's one clock."""

import time
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings


def now() -> float:
    """Give the time, in seconds since 1970-01-01 UTC."""
    return time.time()


def zone() -> ZoneInfo:
    """Give the time zone that the school's bells ring in."""
    school: ZoneInfo = settings.LESRUST.school.zone
    return school


def today() -> date:
    """Give the day at school."""
    return datetime.fromtimestamp(now(), zone()).date()
