"""Which sensors run, and which version of the schedules each of them holds."""

from dataclasses import dataclass
from datetime import UTC, datetime

SENSOR_TIMEOUT = 20.0
"""Seconds: a sensor records itself every five."""


@dataclass(frozen=True, slots=True)
class SensorStatus:
    """A sensor that keeps counts, as it last recorded itself."""

    name: str
    version: int
    """The version of the schedules that it holds."""
    seen_at: float
    """Seconds since 1970-01-01 UTC."""

    def is_running(self, now: float) -> bool:
        """Whether it recorded itself a short while ago."""
        return now - self.seen_at < SENSOR_TIMEOUT


def record_sensor(sensor: str, version: int, now: float) -> None:
    """Record that a sensor holds a version of the schedules."""
    from monitor.models import SensorRow

    seen_at = datetime.fromtimestamp(now, UTC)
    SensorRow.objects.update_or_create(
        name=sensor, defaults={"version": version, "seen_at": seen_at}
    )


def list_sensors() -> tuple[SensorStatus, ...]:
    """List every sensor that ever recorded itself, by name."""
    from monitor.models import SensorRow

    return tuple(
        SensorStatus(row.name, row.version, row.seen_at.timestamp())
        for row in SensorRow.objects.order_by("name")
    )


def list_running_sensors(now: float) -> tuple[SensorStatus, ...]:
    """List the sensors that run, by this machine's clock."""
    return tuple(sensor for sensor in list_sensors() if sensor.is_running(now))
