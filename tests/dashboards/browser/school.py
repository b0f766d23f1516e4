"""The school whose pages are looked at, as its configuration has it."""

from monitor.configuration import Configuration
from tests.benchmark.years import LAYERS

SCHOOL = Configuration.model_validate(
    {
        "school": {"name": "Voorbeeldcollege"},
        "layer": [
            {"name": name, "pupils": 250, "groups": ["h3*"] if name == "3 havo" else []}
            for name in LAYERS
        ],
        "place": [
            {"prefixes": ["10.30.14.0/24"], "room": "014"},
            {"prefixes": ["10.30.15.0/24"], "room": "015"},
            {"prefixes": ["10.31.14.0/24"], "room": "1.14"},
        ],
        "contact": {
            "name": "de afdeling ICT",
            "email": "ict@voorbeeldcollege.nl",
            "privacy_officer": "M. de Wit, fg@voorbeeldcollege.nl",
            "objection": "Schrijf een brief of e-mail aan de directie.",
        },
    }
)
