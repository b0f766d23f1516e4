"""Whom the tests give leases: a tablet whose hostname and MAC address nothing may keep."""

import json
from pathlib import Path

from monitor.identity import DeviceNames, NamingKey
from monitor.place import Place
from monitor.places.attachment_map import Attachment, AttachmentKind, AttachmentMap
from monitor.places.bindings import BindingEvent, SessionUpdate
from monitor.places.feeds.dhcp.leases import LeaseTranslator
from monitor.places.feeds.feed import SessionHasher
from monitor.places.feeds.unmapped import UnmappedAttachments
from tests.canary import find_canaries, pack

HOSTNAME = "ipad-van-jan"
MAC = "02:00:00:aa:bb:cc"
CIRCUIT = "sw-b2:ge-0/0/4:204"
REMOTE = "ap-b204"
OPTION_82 = bytes((1, len(CIRCUIT))) + CIRCUIT.encode() + bytes((2, len(REMOTE))) + REMOTE.encode()
B204 = Place("B204")
NAMING = NamingKey()
TABLET = DeviceNames(hardware=NAMING.name_hardware(bytes.fromhex(MAC.replace(":", ""))))
"""The tablet's name."""
NOW = 1_795_388_500.0
SHARED = Path(__file__).parents[6] / "shared" / "fixtures" / "network"
DEPLOY = Path(__file__).parents[5] / "deploy"


def leases() -> LeaseTranslator:
    mapping = [Attachment(AttachmentKind.CIRCUIT, REMOTE, B204)]
    return LeaseTranslator(AttachmentMap(mapping), SessionHasher(), UnmappedAttachments(), NAMING)


def names_nobody(*values: object) -> None:
    """Whatever is given, on paper, has neither the name nor the MAC address in it."""
    for value in values:
        said = value if isinstance(value, bytes) else repr(value).encode()
        assert find_canaries(said, [MAC, HOSTNAME]) == []
        assert repr(pack(MAC))[2:-1].encode() not in said


def heard(event: BindingEvent) -> SessionUpdate:
    assert isinstance(event, SessionUpdate)
    names_nobody(event)
    return event


def kea_settings(folder: Path, *, cleans_up: int = 0) -> str:
    """Give the settings that are shipped, with what a test's server has beside them.

    Args:
        folder: of the server's files.
        cleans_up: seconds between two clean-ups of its lease file; 0: never.
    """
    text = (DEPLOY / "kea" / "lesrust-kea-dhcp4.json").read_text()
    lines = [line for line in text.splitlines() if not line.strip().startswith("//")]
    settings = json.loads("\n".join(lines))
    settings["Dhcp4"]["lease-database"] |= {
        "name": str(folder / "leases.csv"),
        "lfc-interval": cleans_up,
    }
    settings["Dhcp4"]["control-socket"]["socket-name"] = str(folder / "kea.sock")
    settings["Dhcp4"] |= {
        "interfaces-config": {"interfaces": ["here"], "dhcp-socket-type": "udp"},
        "valid-lifetime": 3600,
        "subnet4": [
            {
                "id": 204,
                "subnet": "10.20.4.0/24",
                "pools": [{"pool": "10.20.4.100-10.20.4.150"}],
                "relay": {"ip-addresses": ["10.99.0.2"]},
            }
        ],
        "loggers": [
            {
                "name": "kea-dhcp4",
                "severity": "INFO",
                "output_options": [{"output": "stdout", "flush": True}],
            }
        ],
    }
    return json.dumps(settings)
