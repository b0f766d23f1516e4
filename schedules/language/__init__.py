"""Words in the language of whoever reads them, for every package.

English stands in the code, and names the message. Its Dutch stands in the catalogue of the package
that says it: `<package>/locale`, made by `make words`. Dates, numbers, durations and lists are
written by `schedules.language.writing`.
"""

from schedules.language.active import Language, active, override, set_provider, speaking
from schedules.language.messages import (
    Message,
    gettext,
    gettext_lazy,
    ngettext,
    ngettext_lazy,
    npgettext,
    pgettext,
    pgettext_lazy,
)
from schedules.language.system_errors import describe_os_error

__all__ = [
    "Language",
    "Message",
    "active",
    "describe_os_error",
    "gettext",
    "gettext_lazy",
    "ngettext",
    "ngettext_lazy",
    "npgettext",
    "override",
    "pgettext",
    "pgettext_lazy",
    "set_provider",
    "speaking",
]
