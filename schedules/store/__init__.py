"""The store of lessons, exemptions and pauses. A change is whole, audited and has a version.

A reader asks for `current_version`, and loads again when it has gone up. Rows that are deleted for
their age are so old that no reader has them any more: that raises no version and is not audited.
Django is imported inside the functions, so that the callers do without it.
"""

from schedules.store.audit import (
    count_audit_before,
    delete_audit_before,
    last_change_timestamp,
    record_audit_entry,
)
from schedules.store.configuration import record_configuration
from schedules.store.exemptions import (
    ExemptionWithLesson,
    add_exemption,
    count_exemptions_before,
    delete_exemptions_before,
    find_exemption,
    list_exemptions,
    list_exemptions_for,
    load_exemptions,
    revoke_exemption,
)
from schedules.store.imports import (
    OnDifference,
    OnProgress,
    compare_timetable,
    count_imports_before,
    delete_imports_before,
    import_timetable,
    last_import_timestamp,
)
from schedules.store.lessons import (
    count_lessons_before,
    delete_lessons_before,
    find_lesson,
    load_timetable,
)
from schedules.store.pauses import (
    add_pause,
    count_pauses_before,
    delete_pauses_before,
    end_pauses,
    list_pauses,
)
from schedules.store.versions import current_version

__all__ = [
    "ExemptionWithLesson",
    "OnDifference",
    "OnProgress",
    "add_exemption",
    "add_pause",
    "compare_timetable",
    "count_audit_before",
    "count_exemptions_before",
    "count_imports_before",
    "count_lessons_before",
    "count_pauses_before",
    "current_version",
    "delete_audit_before",
    "delete_exemptions_before",
    "delete_imports_before",
    "delete_lessons_before",
    "delete_pauses_before",
    "end_pauses",
    "find_exemption",
    "find_lesson",
    "import_timetable",
    "last_change_timestamp",
    "last_import_timestamp",
    "list_exemptions",
    "list_exemptions_for",
    "list_pauses",
    "load_exemptions",
    "load_timetable",
    "record_audit_entry",
    "record_configuration",
    "revoke_exemption",
]
