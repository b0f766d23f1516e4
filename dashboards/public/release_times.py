"""When the figures of a table are released, in words."""

from django.utils.translation import gettext as _

from dashboards.public.rules import ReleaseRules
from monitor.release.tables import ReleaseInterval


def describe_release_time(interval: ReleaseInterval, rules: ReleaseRules) -> str:
    """Write when counts of an interval are released."""
    match interval:
        case ReleaseInterval.LESSON_HOUR:
            return _("%(minutes)s minutes after the bell") % {"minutes": rules.wait}
        case ReleaseInterval.DAY:
            return _("%(time)s, or after the last lesson") % {"time": f"{rules.day_closes:%H:%M}"}
        case ReleaseInterval.WEEK:
            return _("Monday %(time)s") % {"time": f"{rules.week_closes:%H:%M}"}
