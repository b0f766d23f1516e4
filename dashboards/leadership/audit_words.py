"""Puts in words what the audit keeps in one language for all: who did it, and to what."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

ON_COMMAND_LINE = " (command line)"
NUMBERED: Mapping[str, StrOrPromise] = {
    "timetable": gettext_lazy("timetable %(number)s"),
    "exemption": gettext_lazy("permission %(number)s"),
    "pause": gettext_lazy("interruption %(number)s"),
}
ACCOUNT_CHANGES: Mapping[str, StrOrPromise] = {
    "added": gettext_lazy("added"),
    "removed": gettext_lazy("removed"),
    "roles": gettext_lazy("roles"),
    "roles changed": gettext_lazy("roles changed"),
    "code changed": gettext_lazy("code changed"),
    "password changed": gettext_lazy("password changed"),
    "second factors removed": gettext_lazy("second factors removed"),
}


def describe_author(by: str) -> str:
    """Say who did it; on the machine itself it is the name of a user there."""
    name = by.removesuffix(ON_COMMAND_LINE)
    return by if name == by else _("%(name)s (on the machine)") % {"name": name}


def describe_subject(subject: str) -> str:
    """Say what it was done to; what is not known here stays as it is kept."""
    kind, _space, number = subject.partition(" ")
    if kind in NUMBERED and number.isdigit():
        return str(NUMBERED[kind]) % {"number": number}
    name, _colon, change = subject.rpartition(": ")
    if name and change in ACCOUNT_CHANGES:
        return f"{name}: {ACCOUNT_CHANGES[change]}"
    return subject
