"""Emptying a table passes by the triggers of its rows on PostgreSQL: the audit refuses that as well.

SQLite knows no TRUNCATE; what empties a table there deletes its rows, which is refused already.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "schedules_auditentry"

INSTALL = {
    "sqlite": [],
    "postgresql": [
        f"""CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE}
        FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()""",
    ],
}
REMOVE = {
    "sqlite": [],
    "postgresql": [f"DROP TRIGGER {TABLE}_no_truncate ON {TABLE}"],
}


def install(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in INSTALL[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def remove(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in REMOVE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("schedules", "0006_digests_of_the_configuration")]

    operations = [migrations.RunPython(install, remove)]
