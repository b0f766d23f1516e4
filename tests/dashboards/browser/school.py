"""The school whose pages are looked at, as its configuration has it."""

from monitor.configuration import Configuration

SCHOOL = Configuration.model_validate(
    {
        "school": {"name": "Voorbeeldcollege"},
        "layer": [
            {"name": "3 havo", "pupils": 320, "groups": ["h3*"]},
            {"name": "3 vwo", "pupils": 280, "groups": ["v3*"]},
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
