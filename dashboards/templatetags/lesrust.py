"""How a time is written on every page."""

from datetime import datetime
from math import ceil

from django import template

register = template.Library()


@register.filter
def clock(moment: datetime) -> str:
    """Write a wall time as it stands on a school's clock: 10:20."""
    return f"{moment:%H:%M}"


@register.filter
def minutes_from(until: float, now: float) -> int:
    """Say how many minutes there are still; a minute that has begun counts."""
    return max(0, ceil((until - now) / 60))


@register.filter
def seconds_from(until: float, now: float) -> int:
    """Say how many seconds there are still."""
    return max(0, ceil(until - now))
