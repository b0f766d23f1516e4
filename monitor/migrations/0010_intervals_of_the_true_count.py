from collections import defaultdict
from math import ceil, exp, log, sqrt

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

HOURS_THAT_COUNT = 6
"""Of a device on a day: what it does later may be cut away."""
WEEKLY_TOTALS = ("W1", "W2")
HOURS = "R1"
SCALES = {"R1": 6 / 0.38, "W1": 6 / 0.38, "W2": 4 / 0.2375}
"""Of figures that have no scale of their own."""
NORMAL_95 = 1.959964


def say_at_least(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Say 'at least' of earlier figures from which an unknown number was cut away."""
    figures = apps.get_model("monitor", "ReleasedFigure").objects.using(
        schema_editor.connection.alias
    )
    cut = list(figures.filter(table__in=WEEKLY_TOTALS, drawn__isnull=False))
    days = defaultdict(list)
    for figure in figures.filter(table=HOURS, drawn__isnull=False).order_by("released_at"):
        days[figure.day].append(figure)
    cut += [figure for hours in days.values() for figure in hours[HOURS_THAT_COUNT:]]
    for figure in cut:
        scale = figure.scale or SCALES[figure.table]
        figure.low = max(0, figure.drawn - half_width(scale, figure.parts))
        figure.save(update_fields=["low"])


def half_width(scale: float, parts: int) -> int:
    """Return the half width of a 95 % interval around a sum of discrete Laplace draws."""
    p = exp(-1 / scale)
    if parts == 1:
        return ceil(log(0.05 * (1 + p) / 2) / log(p)) - 1
    return ceil(NORMAL_95 * sqrt(parts * 2 * p) / (1 - p))


class Migration(migrations.Migration):
    """A figure keeps the interval of the true count, and the estimate, of when it was released."""

    dependencies = [
        ("monitor", "0009_figures_beyond_a_cap"),
    ]

    operations = [
        *(
            migrations.AddField(
                model_name="releasedfigure",
                name=name,
                field=models.IntegerField(null=True),
            )
            for name in ("low", "high", "estimate", "estimate_low", "estimate_high")
        ),
        migrations.RunPython(say_at_least, migrations.RunPython.noop),
    ]
