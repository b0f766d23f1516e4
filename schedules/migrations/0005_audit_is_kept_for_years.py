"""The audit may be shortened from its far end: what is older than a year can be deleted, and only that.

How much longer it is kept is the school's to say; a year is the least, by the database's own word.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "schedules_auditentry"
TRUTH = "the audit is append-only"

OLDER_ONLY = {
    "sqlite": [
        f"DROP TRIGGER {TABLE}_no_delete",
        f"""CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE}
        WHEN NOT (OLD.at < datetime('now', '-1 year'))
        BEGIN SELECT RAISE(ABORT, '{TRUTH}'); END""",
    ],
    "postgresql": [
        f"""CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN
        IF TG_OP = 'DELETE' AND OLD.at < now() - interval '1 year' THEN RETURN OLD; END IF;
        RAISE EXCEPTION '{TRUTH}';
        END $$""",
    ],
}
NOTHING = {
    "sqlite": [
        f"DROP TRIGGER {TABLE}_no_delete",
        f"""CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE}
        BEGIN SELECT RAISE(ABORT, '{TRUTH}'); END""",
    ],
    "postgresql": [
        f"""CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{TRUTH}'; END $$""",
    ],
}


def allow_older(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in OLDER_ONLY[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def allow_nothing(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in NOTHING[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("schedules", "0004_pauses_and_versions")]

    operations = [migrations.RunPython(allow_older, allow_nothing)]
