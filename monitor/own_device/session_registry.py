"""The devices that see themselves now; almost always none, which costs a sighting nothing."""

from monitor.core import Core
from monitor.locate import locate_client
from monitor.own_device.device_session import DeviceSession, EndReason
from monitor.sighting import Sighting

MAX_SESSIONS = 64


class SessionRegistry:
    """The sessions of all devices that see themselves.

    The page's thread opens and closes them. The sensor's thread looks them up in `by_device`, and
    queues their sightings.
    """

    def __init__(self) -> None:
        self.by_device: dict[bytes, DeviceSession] = {}

    def receive_sighting(self, sighting: Sighting, core: Core) -> None:
        """Queue a sighting for the session of its device, if there is one."""
        client, timestamp = sighting.client, sighting.timestamp
        _, device = locate_client(client, timestamp, core.snapshot.prefixes, core.bindings)
        session = self.by_device.get(device)
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
        before = self.by_device.get(session.device)
        if before is not None:
            self._end(before, EndReason.REPLACED if before.browser == browser else EndReason.SHARED)
        if not core.is_one_device(session.device) or (
            before and before.end_reason is EndReason.SHARED
        ):
            session.end_reason = EndReason.SHARED
        elif len(self.by_device) >= MAX_SESSIONS:
            session.end_reason = EndReason.FULL
        else:
            self.by_device[session.device] = session
        return session

    def close_session(self, session: DeviceSession) -> None:
        """Close a session: nothing of it is left."""
        if self.by_device.get(session.device) is session:
            del self.by_device[session.device]

    def _end(self, session: DeviceSession, why: EndReason) -> None:
        session.end_reason = session.end_reason or why
        self.close_session(session)
