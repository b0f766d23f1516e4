"""Where what must last is kept: released figures, the ledger and the sensors.

What a caller needs stands here; how it is kept stands in the modules. The package is the ledger of
a school's releases, in the sense of `monitor.release.ledger`.
"""

from monitor.store.connection import DATABASE_VARIABLE, connect, database_error, disconnect
from monitor.store.figures import (
    count_figures_before,
    days_with_figures,
    delete_figures_before,
    figures_version,
    load_figures,
    record_release,
    released_keys,
)
from monitor.store.sensors import (
    SENSOR_TIMEOUT,
    SensorStatus,
    list_running_sensors,
    list_sensors,
    record_sensor,
)
from monitor.store.state import StoreState, applied_migrations, measure_state

__all__ = [
    "DATABASE_VARIABLE",
    "SENSOR_TIMEOUT",
    "SensorStatus",
    "StoreState",
    "applied_migrations",
    "connect",
    "count_figures_before",
    "database_error",
    "days_with_figures",
    "delete_figures_before",
    "disconnect",
    "figures_version",
    "list_running_sensors",
    "list_sensors",
    "load_figures",
    "measure_state",
    "record_release",
    "record_sensor",
    "released_keys",
]
