"""Writes the simulated school's configuration, timetable and sizes of groups, as a school would."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from simulation.school.school import LAYERS, SimulatedSchool
from simulation.simulation import Simulation

CONFIGURATION = "lesrust.toml"
TIMETABLE = "rooster.csv"
GROUP_SIZES = "groepsgrootten.csv"
TRUTH = "truth.csv"
NAME = "Gesimuleerde school"
APPROVAL = "geen: dit is een demonstratie met verzonnen verkeer"
CONTACT = """[contact]
name = "de afdeling ICT"
email = "ict@school.example"
privacy_officer = "M. de Wit, fg@school.example"
objection = "Schrijf een brief of e-mail aan de directie"
"""


def write_school(
    folder: Path, simulation: Simulation, days: Sequence[date], **addresses: str
) -> Path:
    """Write configuration, timetable and sizes of groups, and return the configuration's path.

    Args:
        folder: made if it is absent.
        simulation: the school.
        days: the days of the timetable.
        addresses: where to listen instead of the defaults, by section: `metrics`, `health`, `web`,
            `device`, and `gateway`, with commas between its modes.

    Raises:
        FileExistsError: when the folder has a configuration already: it may be a real school's.
        OSError: when the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / CONFIGURATION
    with path.open("x", encoding="utf-8") as file:
        file.write(format_configuration(simulation.school, **addresses))
    (folder / TIMETABLE).write_text(simulation.format_timetable(tuple(days)), "utf-8")
    (folder / GROUP_SIZES).write_text(format_group_sizes(simulation.school), "utf-8")
    return path


def format_group_sizes(school: SimulatedSchool) -> str:
    """Format how many pupils each group has, as an administration exports it."""
    rows = (f"{group.name};{school.group_size(group)}" for group in school.groups)
    return "\n".join(["groep;aantal", *rows, ""])


def format_configuration(school: SimulatedSchool, **addresses: str) -> str:
    """Format the configuration as TOML."""
    own_place = _format_own_place(school) if "device" in addresses else ()
    sections = [*_format_sections(addresses), *_format_layers(school), *_format_places(school)]
    return "\n".join([*sections, *own_place])


def _format_sections(addresses: dict[str, str]) -> Iterator[str]:
    yield f'[school]\nname = "{NAME}"\n'
    # Each device has one address here, for as long as the simulation lasts.
    yield '[identity]\nunit = "address"\nreused = false\n'
    yield f'[approval]\ndpia = "{APPROVAL}"\ncouncil = "{APPROVAL}"\n'
    yield f'[groups]\nsizes = "{GROUP_SIZES}"\n'
    yield CONTACT
    for section, address in addresses.items():
        quoted = ", ".join(f'"{value}"' for value in address.split(","))
        value = f"[{quoted}]" if section == "gateway" else quoted
        # Its servers are on this machine too.
        inside = 'inside = ["127.0.0.0/8"]\n' if section == "gateway" else ""
        yield f"[{section}]\nlisten = {value}\n{inside}"


def _format_layers(school: SimulatedSchool) -> Iterator[str]:
    for name, prefix, _ in LAYERS:
        pupils = school.layer_size(name)
        yield f'[[layer]]\nname = "{name}"\npupils = {pupils}\ngroups = ["{prefix}*"]\n'


def _format_places(school: SimulatedSchool) -> Iterator[str]:
    for group in school.groups:
        for staff in (False, True):
            prefix = school.prefix(group, staff=staff)
            role = 'role = "staff"\n' if staff else ""
            yield f'[[place]]\nprefixes = ["{prefix}"]\nroom = "{group.room}"\n{role}'


def _format_own_place(school: SimulatedSchool) -> Iterator[str]:
    """Put this machine in a room: its browser can look at the page of its own device."""
    room = next(iter(school.groups)).room
    yield f'[[place]]\nprefixes = ["127.0.0.1/32"]\nroom = "{room}"\n'
