"""What a demonstration says, in Dutch and in English."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Wording:
    """One language's words."""

    welcome: str
    preparing: str
    past: str
    live: str
    beside: str
    """Beside the bar of the lesson hour of now."""
    connections: str
    undecrypted: str
    some_failed: str
    metrics: str
    health: str
    pages: str
    roles: Mapping[str, str]
    everyone: str
    device: str
    own_traffic: str
    goes_on: str
    ended: str
    late: str


DUTCH = Wording(
    welcome=(
        "[bold]Lesrust, een demonstratie.[/] Een gesimuleerde school met {pupils} leerlingen in "
        "48 lokalen, 40 lessen tegelijk. Alles blijft op deze computer."
    ),
    preparing="School, rooster en vrijstellingen",
    past="De afgelopen vier weken",
    live="Nu: lesuur 1, live ({speed:g} keer zo snel)",
    beside="{clock}, {connections} TLS",
    connections=(
        "In lesuur 1 maakten {devices} apparaten {connections} echte TLS-verbindingen door de "
        "gateway ({megabytes} MB)."
    ),
    undecrypted=(
        "Bij {verified} daarvan klopte het certificaat van de server: er is niets ontsleuteld."
    ),
    some_failed="{failed} verbindingen zijn mislukt: deze computer had het te druk.",
    metrics="De vrijgegeven cijfers voor Prometheus: http://{address}/metrics",
    health="Hoe het met Lesrust zelf gaat (voor de beheerder): http://{address}/metrics",
    pages="De webapplicatie. Elke link meldt aan, en alleen een demonstratie heeft zulke links:",
    roles={
        "teacher": "docent",
        "leadership": "schoolleiding",
        "directie": "directie",
        "it": "ICT",
    },
    everyone="iedereen",
    device="mijn apparaat",
    own_traffic=(
        "Stel http://{proxy} in als proxy van een browser, en 'mijn apparaat' toont wat Lesrust "
        "van die browser herkent."
    ),
    goes_on="De schoolklok staat stil; de gateway draait door. Stoppen: Ctrl-C.",
    ended="De demonstratie is gestopt, en haar bestanden zijn weg.",
    late="Het cijfer van lesuur 1 is niet op tijd vrijgegeven: deze computer had het te druk.",
)
ENGLISH = Wording(
    welcome=(
        "[bold]Lesrust, a demonstration.[/] A simulated school with {pupils} pupils in 48 rooms, "
        "40 lessons at a time. All of it stays on this computer."
    ),
    preparing="School, timetable and exemptions",
    past="The past four weeks",
    live="Now: lesson hour 1, live ({speed:g} times as fast)",
    beside="{clock}, {connections} TLS",
    connections=(
        "In lesson hour 1, {devices} devices made {connections} real TLS connections through the "
        "gateway ({megabytes} MB)."
    ),
    undecrypted="{verified} of them were shown the server's own certificate: nothing is decrypted.",
    some_failed="{failed} connections failed: this computer was too busy.",
    metrics="The released figures, for Prometheus: http://{address}/metrics",
    health="How Lesrust itself is (for the administrator): http://{address}/metrics",
    pages="The web application. Each link signs in, and only a demonstration has such links:",
    roles={
        "teacher": "teacher",
        "leadership": "leadership",
        "directie": "directie",
        "it": "IT",
    },
    everyone="everyone",
    device="my own device",
    own_traffic=(
        "Set http://{proxy} as a browser's proxy, and 'my own device' shows what Lesrust "
        "recognises of that browser."
    ),
    goes_on="The school's clock stands still; the gateway runs on. To end: Ctrl-C.",
    ended="The demonstration has ended, and its files are gone.",
    late="The figure of lesson hour 1 was not released in time: this computer was too busy.",
)
WORDINGS = {"nl": DUTCH, "en": ENGLISH}
