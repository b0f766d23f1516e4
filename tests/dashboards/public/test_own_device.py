"""Where everyone is told that a device can see what is recognised of itself."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from dashboards.public.own_device import own_device_address
from monitor.configuration import DeviceSettings
from tests.dashboards.cast import CONFIGURATION

NAMES = ("lesrust.college.nl", "sensor.college.nl")


@pytest.mark.parametrize(
    ("device", "address"),
    [
        (DeviceSettings(), ""),
        (DeviceSettings(listen="10.0.0.2:9466"), ""),
        (DeviceSettings(names=NAMES), ""),
        (
            DeviceSettings(listen="10.0.0.2:9466", names=NAMES),
            "http://lesrust.college.nl:9466/mijn-apparaat",
        ),
        (
            DeviceSettings(listen="[::]:443", names=NAMES, certificate=Path("device.pem")),
            "https://lesrust.college.nl/mijn-apparaat",
        ),
    ],
)
def test_it_is_told_by_name_and_only_where_it_is(device: DeviceSettings, address: str) -> None:
    assert own_device_address(device) == address


@pytest.mark.store
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_for_everyone_leads_there(
    language: str, at_school: Callable[[str], None], client: Client
) -> None:
    def page() -> str:
        return client.get("/transparantie/", {"taal": language}).content.decode()

    assert "/mijn-apparaat" not in page()
    at_school(CONFIGURATION + '[device]\nlisten = "10.0.0.2:9466"\nnames = ["lesrust.nl"]\n')
    assert 'href="http://lesrust.nl:9466/mijn-apparaat"' in page()
