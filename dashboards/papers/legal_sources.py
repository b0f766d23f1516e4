"""The law that the papers lean on, and whether somebody read it at its source.

The makers are no lawyers. A source that was not read where it is published is marked wherever a
paper names it, so that whoever signs the paper knows what is still to be looked up. Who reads one
says so here, and every paper follows.
"""

from collections.abc import Mapping
from dataclasses import dataclass

UNVERIFIED = "niet geverifieerd"
"""What stands behind each reference that nobody has read at its source."""


@dataclass(frozen=True, slots=True)
class LegalSource:
    """A place in a law, a list or an agreement."""

    title: str
    """As it is cited, in Dutch."""
    subject: str
    """What the papers take it to say."""
    is_verified: bool = False
    """Whether it was read where it is published."""

    def __str__(self) -> str:
        return self.title if self.is_verified else f"{self.title} [{UNVERIFIED}]"


LEGAL_SOURCES: Mapping[str, LegalSource] = {
    "definitions": LegalSource("artikel 4 AVG", "wat persoonsgegevens en pseudonimisering zijn"),
    "anonymous": LegalSource(
        "overweging 26 AVG", "de AVG geldt niet voor gegevens die anoniem zijn"
    ),
    "children": LegalSource("overweging 38 AVG", "kinderen verdienen extra bescherming"),
    "principles": LegalSource("artikel 5 AVG", "de beginselen, waaronder dataminimalisatie"),
    "basis": LegalSource("artikel 6, eerste lid, AVG", "de grondslagen"),
    "public_task": LegalSource(
        "artikel 6, eerste lid, onder e, AVG", "een taak van algemeen belang"
    ),
    "interest": LegalSource(
        "artikel 6, eerste lid, onder f, AVG",
        "een gerechtvaardigd belang; niet voor een overheidsinstantie die haar taken uitvoert",
    ),
    "no_identification": LegalSource(
        "artikel 11 AVG", "een verwerking waarvoor identificatie niet nodig is"
    ),
    "clear_words": LegalSource("artikel 12 AVG", "begrijpelijke taal, zeker voor kinderen"),
    "information": LegalSource("artikelen 13 en 14 AVG", "wat iemand te horen krijgt"),
    "access": LegalSource("artikel 15 AVG", "inzage"),
    "rectification": LegalSource("artikel 16 AVG", "rectificatie"),
    "erasure": LegalSource("artikel 17 AVG", "wissen"),
    "restriction": LegalSource("artikel 18 AVG", "beperking van de verwerking"),
    "portability": LegalSource("artikel 20 AVG", "overdraagbaarheid"),
    "objection": LegalSource("artikel 21 AVG", "bezwaar"),
    "decisions": LegalSource("artikel 22 AVG", "geautomatiseerde besluiten en profilering"),
    "design": LegalSource("artikel 25 AVG", "bescherming door ontwerp en standaardinstellingen"),
    "processor": LegalSource("artikel 28 AVG", "de overeenkomst met een verwerker"),
    "register": LegalSource("artikel 30 AVG", "het register van verwerkingsactiviteiten"),
    "security": LegalSource("artikel 32 AVG", "beveiliging"),
    "breach": LegalSource(
        "artikelen 33 en 34 AVG", "een datalek melden: in beginsel binnen 72 uur"
    ),
    "assessment": LegalSource("artikel 35 AVG", "de DPIA, en het advies van de FG daarbij"),
    "consultation": LegalSource(
        "artikel 36 AVG", "voorafgaande raadpleging als een hoog risico overblijft"
    ),
    "officer": LegalSource("artikelen 37 tot en met 39 AVG", "de functionaris"),
    "complaint": LegalSource("artikel 77 AVG", "een klacht bij de toezichthouder"),
    "ap_list": LegalSource(
        "de lijst van verplichte DPIA’s van de Autoriteit Persoonsgegevens",
        "controle van het internetgebruik van personeel staat erop",
    ),
    "staff_section": LegalSource(
        "artikel 12 Wet medezeggenschap op scholen",
        "instemming van de personeelsgeleding met een voorziening waarmee personeel te volgen is, "
        "en met regels over gegevens van personeel",
    ),
    "other_sections": LegalSource(
        "artikelen 13 en 14 Wet medezeggenschap op scholen",
        "rechten van de ouder- en de leerlinggeleding, ook bij gegevens van leerlingen",
    ),
    "whole_council": LegalSource(
        "artikel 10 Wet medezeggenschap op scholen",
        "instemming van de hele raad, ook met het schoolreglement",
    ),
    "telecommunication": LegalSource(
        "artikel 13 Grondwet en de Telecommunicatiewet", "het geheim van communicatie"
    ),
    "education_task": LegalSource(
        "de Wet voortgezet onderwijs 2020", "de taak van de school, en de orde op school"
    ),
    "phone_agreement": LegalSource(
        "de landelijke afspraak over telefoons in de les",
        "sinds 1 januari 2024 geen telefoons in de les; een afspraak en geen wet",
    ),
}
"""By the name that templates use: `{{ law.register }}`."""
