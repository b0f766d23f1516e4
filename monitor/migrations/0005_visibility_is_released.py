from django.db import migrations


class Migration(migrations.Migration):
    """Delete the visibility of days: it had no noise. Visibility is a released table now."""

    dependencies = [
        ("monitor", "0004_evidence_and_scale_of_a_figure"),
    ]

    operations = [
        migrations.DeleteModel(name="VisibilityOfDay"),
    ]
