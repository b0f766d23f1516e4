"""The store of lessons and exemptions: each change is whole, audited, and seen by its version.

A reader asks for `version`, and loads anew when it has gone up. Django is imported inside the
functions: what thinks about lessons does without it.
"""

from schedules.store.audit import changed_at, count_audit_before, delete_audit_before, note
from schedules.store.configuration import note_configuration
from schedules.store.exemptions import (
    Granted,
    exemption,
    grant,
    granted_for,
    listing,
    load_exemptions,
    revoke,
)
from schedules.store.imports import (
    Days,
    Progress,
    Shown,
    compare,
    import_timetable,
    imported_at,
)
from schedules.store.lessons import lesson, load_timetable
from schedules.store.measuring import pause, pauses, resume
from schedules.store.versions import version

__all__ = [
    "Days",
    "Granted",
    "Progress",
    "Shown",
    "changed_at",
    "compare",
    "count_audit_before",
    "delete_audit_before",
    "exemption",
    "grant",
    "granted_for",
    "import_timetable",
    "imported_at",
    "lesson",
    "listing",
    "load_exemptions",
    "load_timetable",
    "note",
    "note_configuration",
    "pause",
    "pauses",
    "resume",
    "revoke",
    "version",
]
