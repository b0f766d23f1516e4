"""Filters that every template can use."""

import json
from datetime import date, datetime
from math import ceil
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join, json_script
from django.utils.safestring import SafeString

from schedules.language import writing

register = template.Library()


@register.filter
def clock(time: datetime) -> str:
    """Write a wall time as it stands on a school's clock: 10:20."""
    return f"{time:%H:%M}"


@register.filter
def minutes_from(until: float, now: float) -> int:
    """Return how many minutes there are still; a minute that has begun counts."""
    return max(0, ceil((until - now) / 60))


@register.filter
def seconds_from(until: float, now: float) -> int:
    """Return how many seconds there are still."""
    return max(0, ceil(until - now))


@register.filter
def day_and_time(time: datetime) -> str:
    """Write a day and a wall time: vr 27 nov, 10:20."""
    return f"{writing.short_weekday_and_day(time)}, {clock(time)}"


@register.filter
def day(value: date) -> str:
    """Write a day: 27 november 2026."""
    return writing.day(value)


@register.filter(expects_localtime=True)
def short_day(value: date) -> str:
    """Write a day where there is little room: 27 nov."""
    return writing.short_day(value)


@register.filter(expects_localtime=True)
def short_weekday_and_day(value: date) -> str:
    """Write a day with its weekday where there is little room: vr 27 nov."""
    return writing.short_weekday_and_day(value)


@register.filter(expects_localtime=True)
def day_of_year_and_time(time: datetime) -> str:
    """Write a day of any year and a wall time: 27 nov 2026 10:20."""
    return f"{writing.short_day_and_year(time)} {clock(time)}"


@register.filter
def decimal(value: float, places: int = 1) -> str:
    """Write a number with its decimals: 0,40."""
    return writing.decimal(value, places)


@register.filter
def mark_code(text: str) -> SafeString:
    """Set apart what is typed in a terminal, which stands between backticks."""
    pieces = text.split("`")
    marked = [
        format_html("<code>{}</code>", piece) if number % 2 else format_html("{}", piece)
        for number, piece in enumerate(pieces)
    ]
    return format_html_join("", "{}", ((piece,) for piece in marked))


@register.filter
def keep_together(text: str) -> str:
    """Keep an interval on one line where a table is narrow."""
    return text.replace("\N{EN DASH}", "\N{WORD JOINER}\N{EN DASH}\N{WORD JOINER}")


@register.filter
def compact_json(value: object, name: str) -> SafeString:
    """Put a chart's specification in the page, where no script of it can run, without spaces."""
    return json_script(value, f"specification-{name}", _CompactEncoder)


class _CompactEncoder(json.JSONEncoder):
    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "ensure_ascii": False, "separators": (",", ":")})
