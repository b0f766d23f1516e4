from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import StateApps

EARLIER_SCALES = {"R1": 15.0, "R2": 16.0, "R3": 10.0, "R4": 16.0, "W1": 15.0, "W2": 16.0}
"""What was drawn before visibility took its share of the loss has noise of these scales."""


def write_down_the_scale(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give the figures drawn before then the scale that they were drawn with."""
    applied = (
        MigrationRecorder(schema_editor.connection)
        .migration_qs.filter(app="monitor", name="0005_visibility_is_released")
        .values_list("applied", flat=True)
    )
    figures = apps.get_model("monitor", "ReleasedFigure").objects.using(
        schema_editor.connection.alias
    )
    for moment in applied:
        for table, scale in EARLIER_SCALES.items():
            figures.filter(
                table=table, scale=None, drawn__isnull=False, released_at__lt=moment
            ).update(scale=scale)


class Migration(migrations.Migration):
    """A figure keeps the interval that it was released with."""

    dependencies = [
        ("monitor", "0006_confirmed_settings"),
    ]

    operations = [
        migrations.RunPython(write_down_the_scale, migrations.RunPython.noop),
    ]
