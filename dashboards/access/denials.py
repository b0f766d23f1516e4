"""Why something is not allowed, in words that say what to do."""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from schedules.exemption_rules import DenialReason

_WORDS: dict[DenialReason, StrOrPromise] = {
    DenialReason.NOT_OWN_LESSON: _("This is not a lesson of yours."),
    DenialReason.CANCELLED: _("The lesson is cancelled: there is nothing to allow."),
    DenialReason.OVER: _("It is over already: nothing was changed."),
    DenialReason.REVOKED: _("It was stopped already."),
    DenialReason.NO_PLATFORM: _("Choose a platform first, or all platforms."),
    DenialReason.NO_GRANTER: _("Your account has no usable name: ask the school's IT."),
    DenialReason.NO_PLACE: _("Choose a room or a year layer."),
    DenialReason.NO_REASON: _("Say why: the leadership always gives a reason."),
    DenialReason.REASON_TOO_LONG: _("The reason is too long: 200 characters at most."),
    DenialReason.REASON_NOT_TEXT: _("The reason may be one line of text only."),
    DenialReason.TOO_LONG: _("That is too long: a school year at most."),
    DenialReason.ENDS_BEFORE_START: _("The end must come after the start."),
}


def explained(denial: DenialReason) -> StrOrPromise:
    """Give what somebody reads whose request was refused."""
    return _WORDS[denial]
