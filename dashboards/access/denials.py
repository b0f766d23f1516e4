"""Why something is not allowed, in words that say what to do."""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from schedules.granting import Denial

_WORDS: dict[Denial, StrOrPromise] = {
    Denial.NOT_OWN_LESSON: _("This is not a lesson of yours."),
    Denial.CANCELLED: _("The lesson is cancelled: there is nothing to allow."),
    Denial.OVER: _("It is over already: nothing was changed."),
    Denial.REVOKED: _("It was stopped already."),
    Denial.NO_PLATFORM: _("Choose a platform first, or all platforms."),
    Denial.NO_GRANTER: _("Your account has no usable name: ask the school's IT."),
    Denial.NO_PLACE: _("Choose a room or a year layer."),
    Denial.NO_REASON: _("Say why: the leadership always gives a reason."),
    Denial.REASON_TOO_LONG: _("The reason is too long: 200 characters at most."),
    Denial.REASON_NOT_TEXT: _("The reason may be one line of text only."),
    Denial.TOO_LONG: _("That is too long: a school year at most."),
    Denial.ENDS_BEFORE_START: _("The end must come after the start."),
}


def explained(denial: Denial) -> StrOrPromise:
    """Give what somebody reads whose request was refused."""
    return _WORDS[denial]
