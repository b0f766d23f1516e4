"""Where a device can see what is recognised of itself: on the sensor, which serves that page."""

from monitor.configuration import DeviceSettings
from monitor.own_device.page import PATH

PORTS = {"http": 80, "https": 443}


def own_device_address(device: DeviceSettings) -> str:
    """Return the page's address; empty where the school has none, or has not given it a name.

    An address of the network itself is not told to everyone.
    """
    if device.address is None or not device.names:
        return ""
    scheme = "https" if device.certificate else "http"
    _, port = device.address
    at = "" if port == PORTS[scheme] else f":{port}"
    return f"{scheme}://{device.names[0]}{at}{PATH}"
