"""Checks that what the figures rest on was confirmed by a second person."""

from collections.abc import Iterator

from monitor.diagnostics.finding import Finding, FindingKind
from monitor.diagnostics.sensor_metrics import UNCONFIRMED, SensorMetrics
from monitor.diagnostics.texts.guarded import name_guarded
from monitor.store.guarded.confirmations import SECRET, Confirmation


def check_confirmation(
    confirmation: Confirmation, metrics: SensorMetrics | None
) -> Iterator[Finding]:
    """Check that the settings were confirmed, and that the sensor works with them.

    Args:
        confirmation: of the settings as they are now.
        metrics: of the running sensor; None: none answers.
    """
    if SECRET in confirmation.changed:
        yield Finding(FindingKind.UNCONFIRMED_SECRET)
    elif confirmation.changed:
        about = name_guarded(confirmation.changed)
        yield Finding(FindingKind.UNCONFIRMED, (about,), len(confirmation.changed))
    elif metrics is not None and metrics.total(UNCONFIRMED):
        yield Finding(FindingKind.SENSOR_UNCONFIRMED)
