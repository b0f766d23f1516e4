from django.db import migrations, models


class Migration(migrations.Migration):
    """A figure may be of a kind of evidence, and have noise of another scale than is declared."""

    dependencies = [
        ("monitor", "0003_visibility"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="releasedfigure", name="one_figure_a_cell"),
        migrations.AddField(
            model_name="releasedfigure",
            name="evidence",
            field=models.CharField(blank=True, default="", max_length=20),
        ),
        migrations.AddField(
            model_name="releasedfigure",
            name="scale",
            field=models.FloatField(null=True),
        ),
        migrations.AddConstraint(
            model_name="releasedfigure",
            constraint=models.UniqueConstraint(
                fields=["table", "day", "period", "layer", "platform", "evidence"],
                name="one_figure_a_cell",
            ),
        ),
    ]
