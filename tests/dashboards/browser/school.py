"""The school whose pages are looked at, as its configuration has it."""

from collections.abc import Iterator
from pathlib import Path
from string import ascii_lowercase

from monitor.configuration import Configuration
from schedules.secret import write_secret
from tests.benchmark.years import LAYERS

CLASSES_OF_A_LAYER, PUPILS_OF_A_CLASS = 10, 25
YEARS = ("1", "2", "h3", "v3", "h4", "v4")
"""What classes begin with, a layer each."""
ROOMS = 62
"""That have an access point of their own."""


def set_up_school(folder: Path) -> Configuration:
    """Write the files that the school's settings name, so that changes of them are seen too."""
    path, secret, of_radius = (
        folder / name for name in ("lesrust.toml", "web.secret", "radius.secret")
    )
    rooms, sizes = folder / "lokalen.csv", folder / "groepen.csv"
    path.touch()
    write_secret(secret, "a secret of the school")
    write_secret(of_radius, "a secret of its controller")
    rooms.write_text("\n".join(("kind,name,room", *_access_points())))
    sizes.write_text("\n".join(("groep;aantal", *_sizes())))
    return Configuration.model_validate(
        {
            "school": {"name": "Voorbeeldcollege"},
            "approval": {
                "dpia": "DPIA Lesrust, vastgesteld 12 mei 2026",
                "council": "besluit van de medezeggenschapsraad, 3 juni 2026",
            },
            "layer": [
                {
                    "name": name,
                    "pupils": CLASSES_OF_A_LAYER * PUPILS_OF_A_CLASS,
                    "groups": ["h3*"] if name == "3 havo" else [],
                }
                for name in LAYERS
            ],
            "place": [
                {"prefixes": ["10.30.14.0/24"], "room": "014"},
                {"prefixes": ["10.30.15.0/24"], "room": "015"},
                {"prefixes": ["10.31.14.0/24"], "room": "1.14"},
                {"prefixes": ["10.40.0.0/22"], "room": "personeelskamer", "role": "staff"},
            ],
            "attachments": {"file": str(rooms)},
            "groups": {"sizes": str(sizes)},
            "radius": {"listen": "127.0.0.1:1813", "staff_classes": ["personeel"]},
            "sender": [{"prefix": "10.1.0.5/32", "secret": str(of_radius)}],
            "dhcp": {"kea_leases": str(folder / "leases.csv")},
            "staff": {"consent": "instemming personeelsgeleding MR, 3 juni 2026"},
            "contact": {
                "name": "de afdeling ICT",
                "email": "ict@voorbeeldcollege.nl",
                "privacy_officer": "M. de Wit, fg@voorbeeldcollege.nl",
                "objection": "Schrijf een brief of e-mail aan de directie.",
            },
            "web": {"secret": str(secret)},
        }
    ).with_path(path)


def _access_points() -> Iterator[str]:
    for number in range(1, ROOMS + 1):
        yield f"access_point,ap-{number:03},{number:03}"


def _sizes() -> Iterator[str]:
    for year in YEARS:
        for letter in ascii_lowercase[:CLASSES_OF_A_LAYER]:
            yield f"{year}{letter};{PUPILS_OF_A_CLASS}"
