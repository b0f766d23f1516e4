"""The devices that see themselves now; almost always none, which costs a sighting nothing."""

from monitor.core import Core
from monitor.locate import locate_client
from monitor.own_device.device_session import DeviceSession, EndReason
from monitor.place import plain_address
from monitor.sighting import Sighting

MAX_SESSIONS = 64


class SessionRegistry:
    """The sessions of all devices that see themselves.

    The page's thread opens and closes them. The sensor's thread looks them up in `by_device`, by
    the address or by the name of the MAC address, and queues their sightings.
    """

    def __init__(self) -> None:
        self.by_device: dict[bytes, DeviceSession] = {}

    def receive_sighting(self, sighting: Sighting, core: Core) -> None:
        """Queue a sighting for the session of its device, if there is one."""
        client, timestamp = plain_address(sighting.client), sighting.timestamp
        session = self.by_device.get(client)
        if session is None:
            hardware = sighting.hardware or core.bindings.observed_hardware_of(client, timestamp)
            session = self.by_device.get(hardware)
        if session is not None:
            session.queue_sighting(sighting)

    def open_session(
        self, core: Core, client: bytes, timestamp: float, browser: str = ""
    ) -> DeviceSession:
        """Open a session for the device at a packed address; `end_reason` says when it may not.

        A device has one session: a new one ends the one before. Two browsers do not have one at
        the same address, since they may be two people's.
        """
        session = DeviceSession(core, client, timestamp, browser)
        before = {self.by_device[name] for name in session.names if name in self.by_device}
        for other in before:
            self._end(other, EndReason.REPLACED if other.browser == browser else EndReason.SHARED)
        _, address = locate_client(client, b"", timestamp, core.snapshot, core.bindings)
        if not all(core.is_one_device(name) for name in {*session.names, address}) or any(
            other.end_reason is EndReason.SHARED for other in before
        ):
            session.end_reason = EndReason.SHARED
        elif len(set(self.by_device.values())) >= MAX_SESSIONS:
            session.end_reason = EndReason.FULL
        else:
            self.by_device.update(dict.fromkeys(session.names, session))
        return session

    def close_session(self, session: DeviceSession) -> None:
        """Close a session: nothing of it is left."""
        for name in session.names:
            if self.by_device.get(name) is session:
                del self.by_device[name]

    def _end(self, session: DeviceSession, why: EndReason) -> None:
        session.end_reason = session.end_reason or why
        self.close_session(session)
