"""The store of lessons and exemptions: each change is whole, audited, and seen by its version.

A reader asks for `version`, and loads anew when it has gone up. What only age deletes is so old
that no reader holds it any more: that raises no version, and is not audited. Django is imported
inside the functions: what thinks about lessons does without it.
"""

from schedules.store.audit import changed_at, count_audit_before, delete_audit_before, note
from schedules.store.configuration import note_configuration
from schedules.store.exemptions import (
    Granted,
    count_exemptions_before,
    delete_exemptions_before,
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
    count_imports_before,
    delete_imports_before,
    import_timetable,
    imported_at,
)
from schedules.store.lessons import (
    count_lessons_before,
    delete_lessons_before,
    lesson,
    load_timetable,
)
from schedules.store.measuring import (
    count_pauses_before,
    delete_pauses_before,
    pause,
    pauses,
    resume,
)
from schedules.store.versions import version

__all__ = [
    "Days",
    "Granted",
    "Progress",
    "Shown",
    "changed_at",
    "compare",
    "count_audit_before",
    "count_exemptions_before",
    "count_imports_before",
    "count_lessons_before",
    "count_pauses_before",
    "delete_audit_before",
    "delete_exemptions_before",
    "delete_imports_before",
    "delete_lessons_before",
    "delete_pauses_before",
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
