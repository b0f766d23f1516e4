from django.db import migrations, models


class Migration(migrations.Migration):
    """Keep which settings were confirmed, as fingerprints, by whom and when."""

    dependencies = [
        ("monitor", "0005_visibility_is_released"),
    ]

    operations = [
        migrations.CreateModel(
            name="ConfirmedSettings",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("keyed_by", models.CharField(max_length=32)),
                ("fingerprints", models.JSONField()),
                ("epsilon", models.FloatField()),
                ("by", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
            ],
        ),
    ]
