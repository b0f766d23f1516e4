"""What can be the matter with a WebUntis server, and by which codes it says so."""

from schedules.importers.shared.failure import FailureCause
from schedules.importers.shared.server import FailureCauses
from schedules.language import gettext_lazy as _

DOWN = FailureCause(
    _("the WebUntis server does not answer"),
    _("nothing: it is asked again, and the last timetable stays in force"),
    is_temporary=True,
)
NOT_UNDERSTOOD = FailureCause(
    _("the answer of the WebUntis server is not understood"),
    _("see whether address and school are those of the page where one logs in to WebUntis"),
    is_temporary=True,
)
SESSION_ENDED = FailureCause(
    _("the WebUntis session has ended each time it was begun"),
    _("nothing: it is tried again, and the last timetable stays in force"),
    is_temporary=True,
)
DENIED = FailureCause(
    _("WebUntis does not accept the user and the password for this school"),
    _("see whether school, user and the file of the password are right"),
    is_temporary=False,
)
NO_RIGHTS = FailureCause(
    _("the WebUntis user may not read the timetable"),
    _("give the user the right to see classes, rooms, teachers and their timetables"),
    is_temporary=False,
)
WRONG_SCHOOL = FailureCause(
    _("WebUntis does not know this school"),
    _("give as school what the address of its page shows after ?school="),
    is_temporary=False,
)
ROOMS_NOT_SHOWN = FailureCause(
    _("the WebUntis user may not see the rooms, so nothing could be counted"),
    _("give the user the right to see rooms"),
    is_temporary=False,
)
NOT_THERE = FailureCause(
    _("WebUntis does not show something that it was asked for"),
    _("give the user the right to see classes, rooms, teachers and their timetables"),
    is_temporary=False,
)
DAYS_NOT_SHOWN = FailureCause(
    _("the WebUntis user may not see the days that are asked for"),
    _("give the user the right to see this week and the weeks after it"),
    is_temporary=False,
)
UNSAFE_ADDRESS = FailureCause(
    _("the address of the WebUntis server is not one that starts with https://"),
    _("give it as https://school.webuntis.com"),
    is_temporary=False,
)
CAUSES = FailureCauses(down=DOWN, not_understood=NOT_UNDERSTOOD, unsafe_address=UNSAFE_ADDRESS)

NOT_SHOWN = (NO_RIGHTS, NOT_THERE)
"""What costs the thing that was asked for, and not the rest."""

BY_CODE = {
    -7002: NOT_THERE,
    -7004: DAYS_NOT_SHOWN,
    -8500: WRONG_SCHOOL,
    -8504: DENIED,
    -8507: DAYS_NOT_SHOWN,
    -8509: NO_RIGHTS,
    -8520: SESSION_ENDED,
}
"""By the code of a JSON-RPC error. Unverified: -7002 for a class that is not shown, and -8500."""
