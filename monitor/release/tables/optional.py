"""The tables that not every installation has: of staff, and what is prepared.

Each is one cell of the whole school and a week, in device-lessons.
"""

from monitor.release.tables.spec import (
    Counted,
    Metric,
    ReleaseInterval,
    Retention,
    TableName,
    TableSpec,
    TableWords,
)
from schedules.language import gettext_lazy as _

R6 = TableSpec(
    name=TableName.UPLOADS,
    dimensions=(),
    interval=ReleaseInterval.WEEK,
    cap=3,
    counted=Counted.UPLOADS,
    epsilon=0.02,
    scale=3 / 0.02,
    retention=Retention.NEXT_SCHOOL_YEAR,
    metric=Metric(
        "lesrust_week_upload_device_lessons",
        "Device-lessons in a week in which a photo, a film or sound was sent, of the whole school.",
    ),
    words=TableWords(
        title=_("Photo, film or sound sent, {when}"),
        row=_("whole school"),
        unit=_(
            "devices that sent a photo, a film or sound, added up over the lessons of the week, "
            "each at most three times a day"
        ),
        line=_("device-lessons in which something was sent in a week"),
    ),
    typical=1.0,
    plain=_("The whole school, photo, film or sound sent, by week"),
)
"""Not released: see `PREPARED`."""
S1 = TableSpec(
    name=TableName.STAFF,
    dimensions=(),
    interval=ReleaseInterval.WEEK,
    cap=3,
    counted=Counted.STAFF_USE,
    epsilon=0.1,
    scale=3 / 0.1,
    retention=Retention.NEXT_SCHOOL_YEAR,
    metric=Metric(
        "lesrust_week_staff_device_lessons",
        "Device-lessons in a week with use of a platform by staff, of the whole school.",
    ),
    words=TableWords(
        title=_("Staff, {when}"),
        row=_("whole school"),
        unit=_(
            "devices of staff that were active, added up over the lessons of the week, each at "
            "most three times a day"
        ),
        line=_("device-lessons of staff in a week"),
    ),
    typical=0.15,
    plain=_("Staff of the whole school, by week"),
)
"""Staff are in no table by year layer, nor in V1: what they lose here is less than pupils do
there. What it typically counts is one colleague for thirteen pupils, active in two of twenty
lessons."""

OF_STAFF: tuple[TableSpec, ...] = (S1,)
"""What is drawn beside it where the school counts staff."""
PREPARED: tuple[TableSpec, ...] = (R6,)
"""What is counted by tests alone: that something was sent is not yet known well enough to say so.
A table that is released takes its share of the loss from R1–R4."""
