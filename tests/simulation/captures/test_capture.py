from datetime import date
from pathlib import Path

from scapy.layers.inet import IP, TCP
from scapy.utils import PcapReader

from addons.names import client_hello
from addons.names.parse_result import ParseStatus
from simulation.captures.capture import write_capture
from simulation.school.bells import bell_spans
from simulation.school.school import SimulatedSchool
from simulation.simulation import Simulation
from simulation.traffic.behaviour import Behaviour
from tests.simulation.cast import MONDAY

FEW = Simulation(SimulatedSchool(48), seed=3)
DAYS = (MONDAY,)


def test_the_same_seed_gives_the_same_file(tmp_path: Path) -> None:
    files = [tmp_path / "1.pcap", tmp_path / "2.pcap", tmp_path / "3.pcap"]
    for file, simulated in zip(
        files, (FEW, FEW, Simulation(SimulatedSchool(48), seed=4)), strict=True
    ):
        write_capture(file, simulated, DAYS, simulated.new_truth())
    first, again, other = (file.read_bytes() for file in files)
    assert first == again != other


def test_it_holds_every_contact_of_the_day_in_the_order_of_time(tmp_path: Path) -> None:
    truth = FEW.new_truth()
    told: list[date] = []
    connections = write_capture(tmp_path / "day.pcap", FEW, DAYS, truth, told.append)
    behaviour = Behaviour(FEW.school, FEW.seed)
    contacts = [c for span in bell_spans(MONDAY) for c in behaviour.simulate_span(span).connections]
    with PcapReader(str(tmp_path / "day.pcap")) as reader:
        packets = list(reader)
    assert [float(p.time) for p in packets] == sorted(float(p.time) for p in packets)
    opened = [p for p in packets if bytes(p[TCP].payload).startswith(b"\x16\x03\x01")]
    named = [client_hello.parse_client_hello(bytes(p[TCP].payload)) for p in opened]
    assert connections == len(opened) == len(contacts)
    assert {p[IP].src for p in opened} == {".".join(map(str, c.client)) for c in contacts}
    assert sum(reading.status is ParseStatus.NAME for reading in named) == sum(
        bool(c.hostname) for c in contacts
    )
    assert truth.cells
    assert told == [MONDAY] * len(bell_spans(MONDAY))
