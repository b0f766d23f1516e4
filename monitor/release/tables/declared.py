"""The tables that are released: there are no others, and no query makes one.

What one device can add to a table in one day is capped, and the noise of each cell is scaled to
that cap. Together they give each device-day a privacy loss of at most 1 (`EPSILON_A_DAY`). The
figures are those that were chosen and measured in `docs/privacy.md`. What a cell typically counts
is that of a simulated school of 1,500 pupils.

How to add one: `docs/developers/extend-table.md`.
"""

from collections.abc import Mapping

from monitor.release.tables.optional import OF_STAFF
from monitor.release.tables.spec import (
    Counted,
    Dimension,
    Face,
    Metric,
    ReleaseInterval,
    Retention,
    TableName,
    TableSpec,
    TableWords,
    TotalSpec,
)
from schedules.language import gettext_lazy as _

EPSILON_A_DAY = 1.0
"""What the tables that are drawn lose together, of one device on one day."""
SCHOOL_DAYS = 5
"""Of a week."""
HOURS_A_DAY = 9
"""Lesson hours that a weekly total adds up of a day, about."""
BEYOND = ("1", "2", "3")
"""How far a device-day goes beyond a cap: the last is so far, or further."""

R1 = TableSpec(
    name=TableName.LESSON_HOURS,
    dimensions=(Dimension.PERIOD,),
    interval=ReleaseInterval.LESSON_HOUR,
    cap=6,
    epsilon=0.372,
    scale=6 / 0.372,
    retention=Retention.EIGHT_WEEKS,
    metric=Metric(
        "lesrust_lesson_hour_devices",
        "Devices active on any platform in a lesson hour, the last that was released.",
    ),
    words=TableWords(
        title=_("By lesson hour, {when}"),
        row=_("lesson hour"),
        unit=_("devices that were active on a platform"),
        line=_("devices active in a lesson hour"),
        chart=_("By lesson hour"),
    ),
    typical=0.107,
    plain=_("The whole school, by lesson hour"),
)
R2 = TableSpec(
    name=TableName.PLATFORMS,
    dimensions=(Dimension.PLATFORM,),
    interval=ReleaseInterval.DAY,
    cap=4,
    epsilon=0.2225,
    scale=4 / 0.2225,
    retention=Retention.EIGHT_WEEKS,
    metric=Metric(
        "lesrust_day_platform_devices",
        "Devices active on a platform during lessons in a day, the last that was released.",
    ),
    words=TableWords(
        title=_("By platform, {when}"),
        row=_("platform"),
        unit=_("devices that were active during a lesson"),
        line=_("devices active on a platform in a day"),
        chart=_("By platform and day"),
    ),
    typical=0.116,
    plain=_("The whole school, by platform and day"),
)
R3 = TableSpec(
    name=TableName.LAYERS,
    dimensions=(Dimension.LAYER,),
    interval=ReleaseInterval.DAY,
    cap=1,
    epsilon=0.113,
    scale=1 / 0.113,
    retention=Retention.EIGHT_WEEKS,
    metric=Metric(
        "lesrust_day_layer_devices",
        "Devices of a year layer active on any platform during lessons in a day.",
    ),
    words=TableWords(
        title=_("By year layer, {when}"),
        row=_("year layer"),
        unit=_("devices that were active during a lesson"),
        line=_("devices of a year layer active in a day"),
        chart=_("By year layer and day"),
    ),
    typical=0.47,
    plain=_("A year layer, by day"),
)
R4 = TableSpec(
    name=TableName.LAYER_PLATFORMS,
    dimensions=(Dimension.LAYER, Dimension.PLATFORM),
    interval=ReleaseInterval.WEEK,
    cap=4,
    epsilon=0.2225,
    scale=4 / 0.2225,
    retention=Retention.NEXT_SCHOOL_YEAR,
    metric=Metric(
        "lesrust_week_layer_platform_device_days",
        "Device-days of a year layer active on a platform during lessons in a week.",
    ),
    words=TableWords(
        title=_("By year layer and platform, {when}"),
        row=_("year layer"),
        unit=_("devices a day, added up over the week"),
        line=_("device-days of a year layer on a platform in a week"),
    ),
    typical=0.59,
    plain=_("A year layer, by platform and week"),
)
"""A week of five days is one draw: a loss of 1.1125 a week."""
R5 = TableSpec(
    name=TableName.EXEMPT,
    dimensions=(),
    interval=ReleaseInterval.WEEK,
    cap=3,
    counted=Counted.EXEMPT_USE,
    epsilon=0.02,
    scale=3 / 0.02,
    retention=Retention.NEXT_SCHOOL_YEAR,
    metric=Metric(
        "lesrust_week_exempt_device_lessons",
        "Device-lessons in a week with use of a platform under an exemption, of the whole school.",
    ),
    words=TableWords(
        title=_("Under an exemption, {when}"),
        row=_("whole school"),
        unit=_(
            "devices that used what was allowed, added up over the lessons of the week, each at "
            "most three times a day"
        ),
        line=_("device-lessons under an exemption in a week"),
    ),
    typical=0.85,
    plain=_("The whole school, use under an exemption, by week"),
)
"""No figure in a week in which fewer than ten people granted: see `floors.MIN_GRANTERS`."""
V1 = TableSpec(
    name=TableName.VISIBILITY,
    dimensions=(Dimension.EVIDENCE,),
    interval=ReleaseInterval.WEEK,
    cap=100,
    points=100,
    epsilon=0.03,
    scale=100 / 0.03,
    retention=Retention.NEXT_SCHOOL_YEAR,
    metric=Metric(
        "lesrust_week_visibility_device_days",
        "Device-days in lessons in a week, by how what they did was recognised or hidden.",
    ),
    words=TableWords(
        title=_("What could be seen, {when}"),
        row=_("recognised by, or hidden"),
        unit=_("devices a day, added up over the week: each has one vote, split over what it does"),
        line=_("device-days in a week, by how what they did was recognised or hidden"),
    ),
    typical=4.5,
    plain=_("How much could be seen of what devices do in lessons, by week"),
    faces=frozenset(),
)
"""One vote a device, in hundredths. Pages make shares of it, which have a place of their own."""
B1 = TableSpec(
    name=TableName.HOURS_BEYOND,
    dimensions=(Dimension.BEYOND,),
    interval=ReleaseInterval.WEEK,
    cap=1,
    beyond=TableName.LESSON_HOURS,
    epsilon=0.01,
    scale=1 / 0.01,
    retention=Retention.NEXT_SCHOOL_YEAR,
    metric=Metric(
        "lesrust_week_beyond_lesson_hours_device_days",
        "Device-days in a week that were active in more lesson hours than count of a device.",
    ),
    words=TableWords(
        title=_("Active in more lesson hours than count, {when}"),
        row=_("so many more, or further"),
        unit=_("devices a day, added up over the week"),
        line=_("device-days in a week with more lesson hours than count of a device"),
    ),
    typical=0.022,
    plain=_("How often a device was active in more lesson hours than count, by week"),
    faces=frozenset(),
)
B2 = TableSpec(
    name=TableName.PLATFORMS_BEYOND,
    dimensions=(Dimension.BEYOND,),
    interval=ReleaseInterval.WEEK,
    cap=1,
    beyond=TableName.PLATFORMS,
    epsilon=0.01,
    scale=1 / 0.01,
    retention=Retention.NEXT_SCHOOL_YEAR,
    metric=Metric(
        "lesrust_week_beyond_platforms_device_days",
        "Device-days in a week that were active on more platforms than count of a device.",
    ),
    words=TableWords(
        title=_("Active on more platforms than count, {when}"),
        row=_("so many more, or further"),
        unit=_("devices a day, added up over the week"),
        line=_("device-days in a week with more platforms than count of a device"),
    ),
    typical=0.034,
    plain=_("How often a device was active on more platforms than count, by week"),
    faces=frozenset(),
)
W1 = TotalSpec(
    name=TableName.WEEK,
    of=R1,
    dimensions=(),
    interval=ReleaseInterval.WEEK,
    retention=Retention.NEXT_SCHOOL_YEAR,
    metric=Metric(
        "lesrust_week_device_lessons",
        "Device-lessons active on any platform in a week: the sum of its lesson hours.",
    ),
    words=TableWords(
        title=_("Whole week, {when}"),
        row=_("platform"),
        unit=_("devices, over the week: together by lesson hour, a platform by day"),
        line=_("device-lessons in a week"),
    ),
    faces=frozenset(Face),
)
W2 = TotalSpec(
    name=TableName.WEEK_PLATFORMS,
    of=R2,
    dimensions=(Dimension.PLATFORM,),
    interval=ReleaseInterval.WEEK,
    retention=Retention.NEXT_SCHOOL_YEAR,
    metric=Metric(
        "lesrust_week_platform_device_days",
        "Device-days active on a platform in a week: the sum of its days.",
    ),
    words=TableWords(
        title=_("Whole week, {when}"),
        row=_("platform"),
        unit=_("devices a day, added up over the week"),
        line=_("device-days on a platform in a week"),
    ),
    faces=frozenset(Face),
)

DRAWN: tuple[TableSpec, ...] = (R1, R2, R3, R4, R5, V1, B1, B2)
"""What is drawn of every device, within `EPSILON_A_DAY`."""
TOTALS: tuple[TotalSpec, ...] = (W1, W2)
TABLES: Mapping[TableName, TableSpec | TotalSpec] = {
    **{table.name: table for table in (*DRAWN, *OF_STAFF)},
    **{table.name: table for table in TOTALS},
}
"""Every released table, in the order in which people see them."""
WEEKLY = tuple(name for name, table in TABLES.items() if table.is_weekly)
