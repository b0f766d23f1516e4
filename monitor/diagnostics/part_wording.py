"""How the parts of Lesrust and their readings are spoken of, in Dutch and in English.

`lesrust doctor` and the page of IT say it in the same words.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from monitor.diagnostics.condition import PartState
from monitor.diagnostics.finding import SystemPart
from monitor.diagnostics.reading import ReadingKind


@dataclass(frozen=True, slots=True)
class PartWording:
    """Every text of one language."""

    titles: Mapping[SystemPart, str]
    consequences: Mapping[SystemPart, str]
    """What follows when the part is not well."""
    labels: Mapping[ReadingKind, str]
    """In braces stand `about` and `detail`."""
    details: Mapping[str, str]
    well: str
    paused: str
    """Everything works, and nothing is measured now."""
    wrong: str
    states: Mapping[PartState, str]
    last_seen: str
    never: str
    now: str
    ago: str
    seconds: str
    minutes: str
    hours: str
    days: str
    yes: str
    no: str
    decimal: str
    thousands: str
    missing: str
    follows: str
    moment: str
    """For `strftime`."""


DUTCH = PartWording(
    titles={
        SystemPart.STORE: "Opslag",
        SystemPart.SENSORS: "Sensoren",
        SystemPart.SNAPSHOT: "Rooster en toestemmingen in de sensor",
        SystemPart.CLOCK: "Klok",
        SystemPart.TIMETABLE: "Rooster",
        SystemPart.PLACES: "Plaatsen",
        SystemPart.FEEDS: "RADIUS en DHCP",
        SystemPart.VISIBILITY: "Zicht",
        SystemPart.RELEASES: "Cijfers",
    },
    consequences={
        SystemPart.STORE: "Docenten kunnen niets toestaan en er komt geen nieuw cijfer bij. Het "
        "netwerk werkt door, en wat al gold blijft gelden.",
        SystemPart.SENSORS: "Er wordt niets of te weinig gemeten: de lesuren van nu krijgen geen "
        "cijfer. Het netwerk werkt door.",
        SystemPart.SNAPSHOT: "Wat een docent nu toestaat of stopt, werkt pas als de sensor het "
        "heeft gelezen.",
        SystemPart.CLOCK: "Wat vlak voor of na de bel gebeurt, komt in het verkeerde lesuur.",
        SystemPart.TIMETABLE: "Lessen die ontbreken worden niet gemeten, en wie van lokaal ruilde "
        "telt bij de verkeerde les.",
        SystemPart.PLACES: "Van apparaten in deze lokalen telt niets mee: de cijfers zijn te laag.",
        SystemPart.FEEDS: "Van apparaten waarvan niet bekend is waar ze zijn, telt niets mee: de "
        "cijfers zijn te laag.",
        SystemPart.VISIBILITY: "Wat niet te zien is, telt niet mee: een laag cijfer kan ook "
        "hierdoor komen.",
        SystemPart.RELEASES: "Er komen minder cijfers, of geen.",
    },
    labels={
        ReadingKind.STORE_ANSWER: "Antwoordt in",
        ReadingKind.STORE_SIZE: "Grootte",
        ReadingKind.DISK_FREE: "Vrij op de schijf",
        ReadingKind.SENSOR_SPOKE: "Sensor {about} meldde zich",
        ReadingKind.SENSOR_HOLDS_NEWEST: "Sensor {about} heeft het nieuwste",
        ReadingKind.CORE_BEHIND: "Het tellen loopt achter",
        ReadingKind.ADDON_ERRORS: "Fouten in de sensor sinds de start",
        ReadingKind.SNAPSHOT_AGE: "Gelezen uit de opslag",
        ReadingKind.SNAPSHOT_FAILURES: "Keren dat het lezen mislukte",
        ReadingKind.CLOCK_AHEAD: "De klok van de sensor loopt voor",
        ReadingKind.SOURCE_READ: "Bron {about} gelezen",
        ReadingKind.TIMETABLE_CHANGED: "Rooster gewijzigd",
        ReadingKind.LESSONS_WITH_ROOM: "Lessen van deze week met een lokaal",
        ReadingKind.GROUPS_WITH_LAYER: "Groepen van deze week met een leerlaag",
        ReadingKind.ROOMS_WITH_PLACE: "Lokalen van deze week met een plaats",
        ReadingKind.UNKNOWN_PLACE: "Verbindingen van onbekende plaats",
        ReadingKind.SHARED_ADDRESSES: "Gedeelde adressen, die niet meetellen",
        ReadingKind.FEED_HEARD: "Van {about} gehoord",
        ReadingKind.FEED_MESSAGES: "{about}: {detail}",
        ReadingKind.FEED_FAILURES: "Keren dat het lezen mislukte",
        ReadingKind.SEEN_BY: "Verbindingen bekend door {detail}",
        ReadingKind.HIDDEN: "Verborgen: {detail}",
        ReadingKind.DROPPED_PACKETS: "Gemiste pakketten",
        ReadingKind.PAUSED_UNTIL: "Onderbroken tot",
        ReadingKind.RELEASE_FAILURES: "Keren dat de opslag een cijfer niet aannam",
    },
    details={
        "taken": "gebruikt",
        "malformed": "onleesbaar, weggegooid",
        "not_trusted": "afzender niet vertrouwd, weggegooid",
        "repeated": "herhaald, weggegooid",
        "without_address": "zonder adres, weggegooid",
        "without_room": "aansluiting zonder lokaal, weggegooid",
        "names_someone": "met een naam of MAC-adres, die is weggegooid",
        "clock_differs": "met een klok die afwijkt",
        "ignored": "van een andere soort, overgeslagen",
        "sni": "de naam in TLS",
        "quic": "de naam in QUIC",
        "http": "de naam in HTTP",
        "dns": "een antwoord van DNS",
        "address": "een adres dat DNS noemde",
        "hidden": "niets (de naam is verborgen)",
        "nameless": "zonder naam",
        "encrypted_hello": "versleutelde ClientHello (ECH)",
        "spoofed": "een naam die niet bij het adres hoort",
        "resolver": "versleutelde DNS",
        "vpn": "VPN",
        "relay": "doorgeefdienst",
    },
    well="Alles werkt",
    paused="Alles werkt; het meten is onderbroken",
    wrong="Niet alles werkt",
    states={
        PartState.WELL: "in orde",
        PartState.WRONG: "let op",
        PartState.UNKNOWN: "niet bekend",
        PartState.UNUSED: "niet in gebruik",
    },
    last_seen="Laatst gezien: {when}",
    never="nooit",
    now="zojuist",
    ago="{how_long} geleden",
    seconds="{count} s",
    minutes="{count} min",
    hours="{count} uur",
    days="{count} dagen",
    yes="ja",
    no="nee",
    decimal=",",
    thousands=".",
    missing="Ontbreekt: {names}",
    follows="Wat volgt: ",
    moment="%d-%m-%Y %H:%M",
)
ENGLISH = PartWording(
    titles={
        SystemPart.STORE: "Store",
        SystemPart.SENSORS: "Sensors",
        SystemPart.SNAPSHOT: "Timetable and permissions in the sensor",
        SystemPart.CLOCK: "Clock",
        SystemPart.TIMETABLE: "Timetable",
        SystemPart.PLACES: "Places",
        SystemPart.FEEDS: "RADIUS and DHCP",
        SystemPart.VISIBILITY: "Visibility",
        SystemPart.RELEASES: "Figures",
    },
    consequences={
        SystemPart.STORE: "Teachers cannot allow anything and no new figure is kept. The network "
        "goes on, and what was in force stays so.",
        SystemPart.SENSORS: "Nothing or too little is measured: the lesson hours of now get no "
        "figure. The network goes on.",
        SystemPart.SNAPSHOT: "What a teacher allows or stops now works only when the sensor has "
        "read it.",
        SystemPart.CLOCK: "What happens just before or after the bell falls in the wrong lesson "
        "hour.",
        SystemPart.TIMETABLE: "Lessons that are missing are not measured, and whoever changed "
        "rooms counts in the wrong lesson.",
        SystemPart.PLACES: "Nothing of the devices in these rooms counts: the figures are too low.",
        SystemPart.FEEDS: "Nothing counts of devices of which it is not known where they are: the "
        "figures are too low.",
        SystemPart.VISIBILITY: "What cannot be seen does not count: a low figure can come from "
        "this.",
        SystemPart.RELEASES: "There are fewer figures, or none.",
    },
    labels={
        ReadingKind.STORE_ANSWER: "Answers in",
        ReadingKind.STORE_SIZE: "Size",
        ReadingKind.DISK_FREE: "Free on the disk",
        ReadingKind.SENSOR_SPOKE: "Sensor {about} spoke",
        ReadingKind.SENSOR_HOLDS_NEWEST: "Sensor {about} holds the newest",
        ReadingKind.CORE_BEHIND: "Counting is behind by",
        ReadingKind.ADDON_ERRORS: "Errors in the sensor since it started",
        ReadingKind.SNAPSHOT_AGE: "Read from the store",
        ReadingKind.SNAPSHOT_FAILURES: "Times that reading failed",
        ReadingKind.CLOCK_AHEAD: "The sensor's clock is ahead by",
        ReadingKind.SOURCE_READ: "Source {about} read",
        ReadingKind.TIMETABLE_CHANGED: "Timetable changed",
        ReadingKind.LESSONS_WITH_ROOM: "This week's lessons with a room",
        ReadingKind.GROUPS_WITH_LAYER: "This week's groups with a year layer",
        ReadingKind.ROOMS_WITH_PLACE: "This week's rooms with a place",
        ReadingKind.UNKNOWN_PLACE: "Connections of unknown place",
        ReadingKind.SHARED_ADDRESSES: "Shared addresses, which are left out",
        ReadingKind.FEED_HEARD: "Heard from {about}",
        ReadingKind.FEED_MESSAGES: "{about}: {detail}",
        ReadingKind.FEED_FAILURES: "Times that reading failed",
        ReadingKind.SEEN_BY: "Connections known by {detail}",
        ReadingKind.HIDDEN: "Hidden: {detail}",
        ReadingKind.DROPPED_PACKETS: "Packets missed",
        ReadingKind.PAUSED_UNTIL: "Interrupted until",
        ReadingKind.RELEASE_FAILURES: "Times that the store did not take a figure",
    },
    details={
        "taken": "used",
        "malformed": "malformed, dropped",
        "not_trusted": "sender not trusted, dropped",
        "repeated": "repeated, dropped",
        "without_address": "without an address, dropped",
        "without_room": "attached to no known room, dropped",
        "names_someone": "with a name or MAC address, which was dropped",
        "clock_differs": "with a clock that differs",
        "ignored": "of another kind, ignored",
        "sni": "the name in TLS",
        "quic": "the name in QUIC",
        "http": "the name in HTTP",
        "dns": "an answer of DNS",
        "address": "an address that DNS named",
        "hidden": "nothing (the name is hidden)",
        "nameless": "without a name",
        "encrypted_hello": "encrypted ClientHello (ECH)",
        "spoofed": "a name that is not the address's",
        "resolver": "encrypted DNS",
        "vpn": "VPN",
        "relay": "relay",
    },
    well="Everything works",
    paused="Everything works; measuring is interrupted",
    wrong="Not everything works",
    states={
        PartState.WELL: "well",
        PartState.WRONG: "care",
        PartState.UNKNOWN: "not known",
        PartState.UNUSED: "not used",
    },
    last_seen="Last seen: {when}",
    never="never",
    now="just now",
    ago="{how_long} ago",
    seconds="{count} s",
    minutes="{count} min",
    hours="{count} h",
    days="{count} days",
    yes="yes",
    no="no",
    decimal=".",
    thousands=",",
    missing="Missing: {names}",
    follows="What follows: ",
    moment="%Y-%m-%d %H:%M",
)
PART_WORDINGS: Mapping[str, PartWording] = {"nl": DUTCH, "en": ENGLISH}
