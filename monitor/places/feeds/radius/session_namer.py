"""Hashes what accounting says of who is on which device: no more than the unit needs."""

from dataclasses import dataclass, field

from monitor.identity import NO_NAMES, DeviceNames, NamingKey, Unit
from monitor.places.feeds.radius.message import AccountingMessage
from monitor.places.hardware_address import parse_mac


@dataclass(frozen=True, slots=True)
class SessionNamer:
    """Names sessions for one unit."""

    naming: NamingKey = field(default_factory=NamingKey)
    unit: Unit = Unit.DEVICE
    takes_keyed: bool = False
    """Whether to take what a server made of a MAC address with a key of its own: only where nothing
    else tells MAC addresses, since one device would have two names."""

    def name_session(self, message: AccountingMessage) -> DeviceNames:
        """Return whose a session is; nothing that the unit does not need."""
        if self.unit is Unit.ADDRESS:
            return NO_NAMES
        mac = parse_mac(message.station)
        hardware = self.naming.name_hardware(mac) if mac else b""
        if not mac and self.takes_keyed and message.station:
            hardware = self.naming.name_station(message.station)
        is_person = self.unit is Unit.PERSON
        return DeviceNames(self.naming.name_person(message.user) if is_person else b"", hardware)

    def is_told_too_much(self, message: AccountingMessage) -> bool:
        """Say whether a message says more than the unit needs."""
        if self.unit is Unit.PERSON:
            return False
        is_mac_needed = self.unit is Unit.DEVICE
        return message.has_readable_user or bool(not is_mac_needed and parse_mac(message.station))
