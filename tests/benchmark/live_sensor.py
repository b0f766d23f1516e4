"""The sensor that is measured live: the loop of `lesrust watch`, with a receiver that only counts.

    python -m tests.benchmark.live_sensor INTERFACE

For each line on standard input it prints a line of JSON: `names` of connections that it has read,
`lost` packets that the kernel dropped, and its `cpu` in seconds.
"""

import json
import sys
import time
from threading import Thread

from addons.flows.naming import FlowNamer
from addons.passive import PassiveSensor
from addons.runtime.capture_loop import CaptureLoop, open_interfaces
from monitor import catalogue
from monitor.catalogue import hiding
from monitor.sighting import Sighting


class Counting:
    """Takes the place of a core."""

    def __init__(self) -> None:
        self.names = 0
        self.lost = 0
        self.errors = 0

    @property
    def health(self) -> "Counting":
        return self

    def receive_sighting(self, sighting: Sighting) -> None:
        self.names += sighting.opens_connection

    def name_hardware(self, mac: bytes) -> bytes:
        return mac

    def name_dns_client(self, client: bytes, hardware: bytes, timestamp: float) -> bytes:
        return hardware or client

    def tick(self) -> None:
        """Do nothing."""

    def count_addon_error(self) -> None:
        self.errors += 1

    def count_dropped_packets(self, packets: int) -> None:
        self.lost += packets


def main() -> None:
    """Watch until standard input ends."""
    loaded, hides = catalogue.load_catalogue(), hiding.load_hiding_list()
    counting = Counting()
    passive = PassiveSensor(counting, FlowNamer(lambda: loaded, hides))
    with open_interfaces([sys.argv[1]], (), promiscuous=True) as interfaces:
        watching = CaptureLoop(interfaces, passive, counting, time.time)

        def answer() -> None:
            for _ in sys.stdin:
                say(names=counting.names, lost=counting.lost, cpu=time.process_time())
            watching.is_ended = True

        say(ready=True)
        Thread(target=answer, daemon=True).start()
        watching.run()


def say(**values: float) -> None:
    sys.stdout.write(json.dumps(values) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
