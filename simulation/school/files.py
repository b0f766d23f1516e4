"""The simulated school's files, as an administrator would make them."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from simulation.school.school import LAYERS, SimulatedSchool
from simulation.simulation import Simulation

CONFIGURATION = "lesrust.toml"
TIMETABLE = "rooster.csv"
TRUTH = "truth.csv"
NAME = "Gesimuleerde school"


def write_school(
    folder: Path, simulated: Simulation, days: Sequence[date], **addresses: str
) -> Path:
    """Write configuration and timetable into a folder, and give the configuration's path.

    Args:
        folder: is made if it is not there.
        simulated: the school.
        days: of the timetable.
        addresses: where to listen, when not the defaults: `metrics`, `health`, `web`, `device`,
            and `gateway`, with commas between its modes.

    Raises:
        FileExistsError: when the folder has a configuration already: it may be a real school's.
        OSError: when the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / CONFIGURATION
    with path.open("x", encoding="utf-8") as file:
        file.write(format_configuration(simulated.school, **addresses))
    (folder / TIMETABLE).write_text(simulated.timetable(tuple(days)), "utf-8")
    return path


def format_configuration(school: SimulatedSchool, **addresses: str) -> str:
    """Write the configuration."""
    here = _this_machine(school) if "device" in addresses else ()
    return "\n".join([*_head(addresses), *_layers(school), *_places(school), *here])


def _head(addresses: dict[str, str]) -> Iterator[str]:
    yield f'[school]\nname = "{NAME}"\n'
    for section, address in addresses.items():
        quoted = ", ".join(f'"{one}"' for one in address.split(","))
        value = f"[{quoted}]" if section == "gateway" else quoted
        yield f"[{section}]\nlisten = {value}\n"


def _layers(school: SimulatedSchool) -> Iterator[str]:
    for name, begins, _ in LAYERS:
        pupils = school.layer_size(name)
        yield f'[[layer]]\nname = "{name}"\npupils = {pupils}\ngroups = ["{begins}*"]\n'


def _places(school: SimulatedSchool) -> Iterator[str]:
    for group in school.groups:
        for staff in (False, True):
            prefix = school.prefix(group, staff=staff)
            role = 'role = "staff"\n' if staff else ""
            yield f'[[place]]\nprefixes = ["{prefix}"]\nroom = "{group.room}"\n{role}'


def _this_machine(school: SimulatedSchool) -> Iterator[str]:
    """Put this machine in a room: its browser can look at the page of its own device."""
    room = next(iter(school.groups)).room
    yield f'[[place]]\nprefixes = ["127.0.0.1/32"]\nroom = "{room}"\n'
