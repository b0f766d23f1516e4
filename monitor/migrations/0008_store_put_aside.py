from django.db import migrations, models


class Migration(migrations.Migration):
    """Keep which files moves put aside, so that they can be erased."""

    dependencies = [
        ("monitor", "0007_scale_of_earlier_figures"),
    ]

    operations = [
        migrations.CreateModel(
            name="StorePutAside",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("path", models.CharField(max_length=1000, unique=True)),
            ],
        ),
    ]
