"""What a process is refused with, and what an error in it costs."""

from pathlib import Path

import pytest

from monitor.configuration import AttachmentSettings, Configuration
from monitor.runtime.service import Service
from schedules.problem import Refused
from tests.cast import at
from tests.clock import ManualClock
from tests.monitor.runtime.service.conftest import live, read_health

pytestmark = [pytest.mark.usefixtures("living_store"), pytest.mark.store]


def test_a_second_process_on_the_same_store_is_refused(
    configuration: Configuration, service: Service, clock: ManualClock
) -> None:
    with pytest.raises(Refused, match="another process that releases into it"):
        Service(configuration, clock=clock).open()


def test_an_address_that_is_taken_is_refused(
    configuration: Configuration, service: Service, clock: ManualClock, tmp_path: Path
) -> None:
    taken = configuration.metrics.model_copy(update={"listen": f"127.0.0.1:{service.metrics_port}"})
    elsewhere = configuration.store.model_copy(update={"database": str(tmp_path / "another")})
    changes = {"metrics": taken, "store": elsewhere}
    with pytest.raises(Refused, match=r"key metrics\.listen"):
        Service(configuration.model_copy(update=changes), clock=clock).open()


def test_an_error_in_the_core_is_counted_and_goes_no_further(
    service: Service, clock: ManualClock
) -> None:
    service.receive_sighting(None)  # type: ignore[arg-type]
    live(service, clock, at(8, 2))
    assert service.health.counts["addon_errors"] == 1
    assert "lesrust_hour_addon_errors 1.0" in read_health(service)


def test_a_mapping_that_is_wrong_is_refused(
    configuration: Configuration, clock: ManualClock, tmp_path: Path
) -> None:
    mapping = tmp_path / "aansluitingen.csv"
    mapping.write_text("kind,name,room\nlokaal,204,101\n")
    changes = {"attachments": AttachmentSettings(file=mapping)}
    with pytest.raises(Refused, match="line 2: found 'lokaal'"):
        Service(configuration.model_copy(update=changes), clock=clock).open()
