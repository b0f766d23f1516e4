from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

EARLIER_SCALES = {
    "R1": 6 / 0.38,
    "R2": 4 / 0.2375,
    "R3": 1 / 0.095,
    "R4": 4 / 0.2375,
    "W1": 6 / 0.38,
    "W2": 4 / 0.2375,
}
"""What was drawn before the figure of use under an exemption took its share has these scales."""


def write_down_the_scale(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give the figures drawn before now the scale that they were drawn with."""
    figures = apps.get_model("monitor", "ReleasedFigure").objects.using(
        schema_editor.connection.alias
    )
    for table, scale in EARLIER_SCALES.items():
        figures.filter(table=table, scale=None, drawn__isnull=False).update(scale=scale)


class Migration(migrations.Migration):
    """What was released keeps its noise."""

    dependencies = [
        ("monitor", "0010_intervals_of_the_true_count"),
    ]

    operations = [
        migrations.RunPython(write_down_the_scale, migrations.RunPython.noop),
    ]
