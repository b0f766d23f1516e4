from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

EARLIER_SCALES = {
    "R1": 6 / 0.388,
    "R2": 4 / 0.2425,
    "R3": 1 / 0.097,
    "R4": 4 / 0.2425,
    "W1": 6 / 0.388,
    "W2": 4 / 0.2425,
}
"""What was drawn before the tables of what goes beyond a cap took their share has these scales."""


def write_down_the_scale(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give the figures drawn before now the scale that they were drawn with."""
    figures = apps.get_model("monitor", "ReleasedFigure").objects.using(
        schema_editor.connection.alias
    )
    for table, scale in EARLIER_SCALES.items():
        figures.filter(table=table, scale=None, drawn__isnull=False).update(scale=scale)


class Migration(migrations.Migration):
    """A figure may be of how far device-days go beyond a cap; what was released keeps its noise."""

    dependencies = [
        ("monitor", "0008_store_put_aside"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="releasedfigure", name="one_figure_a_cell"),
        migrations.AddField(
            model_name="releasedfigure",
            name="beyond",
            field=models.CharField(blank=True, default="", max_length=4),
        ),
        migrations.AddConstraint(
            model_name="releasedfigure",
            constraint=models.UniqueConstraint(
                fields=["table", "day", "period", "layer", "platform", "evidence", "beyond"],
                name="one_figure_a_cell",
            ),
        ),
        migrations.RunPython(write_down_the_scale, migrations.RunPython.noop),
    ]
