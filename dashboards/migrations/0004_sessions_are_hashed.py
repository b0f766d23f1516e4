from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def delete_sessions(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    """Their keys stand there as browsers have them: whoever is signed in signs in again."""
    apps.get_model("sessions", "Session").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("dashboards", "0003_cache_entries"),
        ("sessions", "0001_initial"),
    ]

    operations = [migrations.RunPython(delete_sessions, migrations.RunPython.noop)]
