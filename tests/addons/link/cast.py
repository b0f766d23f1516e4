"""A sighting, and a sink that can fail."""

from monitor.evidence import Evidence
from monitor.sighting import Sighting
from tests.addons.flows.wire import NOON, PUPIL, WEBLOG, WEBLOG_HOST
from tests.addons.sinks import RecordingSink

SEEN = Sighting(
    NOON, PUPIL, WEBLOG, Evidence.SNI, 5, 70_000, opens_connection=False, cname=WEBLOG_HOST
)


class FailingSink(RecordingSink):
    """Fails when it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.fails = False

    def receive_sighting(self, sighting: Sighting) -> None:
        if self.fails:
            raise OverflowError
        super().receive_sighting(sighting)
