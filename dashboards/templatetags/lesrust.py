"""How a time is written on every page."""

from datetime import datetime
from math import ceil

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

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


@register.filter
def moment(moment: datetime) -> str:
    """Write a day and a wall time: vr 27 nov, 10:20."""
    return f"{date_format(moment, 'D j N')}, {moment:%H:%M}"


@register.filter
def code(text: str) -> SafeString:
    """Set apart what is typed in a terminal, which stands between backticks."""
    pieces = text.split("`")
    marked = [
        format_html("<code>{}</code>", piece) if number % 2 else format_html("{}", piece)
        for number, piece in enumerate(pieces)
    ]
    return format_html_join("", "{}", ((piece,) for piece in marked))
