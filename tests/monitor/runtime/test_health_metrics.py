"""Health as Prometheus reads it."""

from urllib.request import urlopen

from monitor.configuration import MetricsSettings
from monitor.evidence import Evidence
from monitor.health import Health, SourceFreshness
from monitor.runtime.endpoints import serve_metrics
from monitor.runtime.health_metrics import FAULT_COUNTERS, HOURLY_GAUGES, HealthCollector
from tests.cast import ExactHealth

ANY = MetricsSettings(listen="127.0.0.1:0")


def text(port: int) -> str:
    with urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
        read: str = answer.read().decode()
    return read


def test_health_tells_counts_and_ages() -> None:
    health = ExactHealth()
    health.count_connection(Evidence.SNI, place_is_known=True)
    health.snapshot_read_at = 1_000.0
    health.publish()
    health.tick(1_060.0)
    with serve_metrics("health.listen", ANY, HealthCollector(health, lambda: 1_062.5)) as port:
        lines = text(port).splitlines()
    assert 'lesrust_hour_connections{evidence="sni"} 1.0' in lines
    assert "lesrust_snapshot_age_seconds 62.5" in lines
    assert "lesrust_watermark_lag_seconds 2.5" in lines
    assert all(f"lesrust_hour_{name} 0.0" in lines for name in HOURLY_GAUGES)
    assert all(f"lesrust_{name}_total 0.0" in lines for name in FAULT_COUNTERS)


def test_health_tells_how_old_each_source_of_the_timetable_is() -> None:
    health = Health()
    health.sources = [
        SourceFreshness("zermelo", is_server=True, read_at=1_000.0),
        SourceFreshness("untis", is_server=False, read_at=0.0),
    ]
    with serve_metrics("health.listen", ANY, HealthCollector(health, lambda: 1_300.0)) as port:
        lines = text(port).splitlines()
    assert 'lesrust_timetable_age_seconds{kind="server",source="zermelo"} 300.0' in lines
    assert 'lesrust_timetable_age_seconds{kind="file",source="untis"} +Inf' in lines
