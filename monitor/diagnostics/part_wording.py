"""How the parts of Lesrust and their readings are spoken of, in Dutch and in English.

`lesrust doctor` and the page of IT say it in the same words.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from monitor.diagnostics.condition import State, What
from monitor.diagnostics.finding import Part


@dataclass(frozen=True, slots=True)
class PartWording:
    """Every text of one language."""

    titles: Mapping[Part, str]
    consequences: Mapping[Part, str]
    """What follows when the part is not well."""
    labels: Mapping[What, str]
    """In braces stand `about` and `detail`."""
    details: Mapping[str, str]
    well: str
    paused: str
    """Everything works, and nothing is measured now."""
    wrong: str
    states: Mapping[State, str]
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
        Part.STORE: "Opslag",
        Part.SENSORS: "Sensoren",
        Part.SNAPSHOT: "Rooster en toestemmingen in de sensor",
        Part.CLOCK: "Klok",
        Part.TIMETABLE: "Rooster",
        Part.PLACES: "Plaatsen",
        Part.FEEDS: "RADIUS en DHCP",
        Part.VISIBILITY: "Zicht",
        Part.RELEASES: "Cijfers",
    },
    consequences={
        Part.STORE: "Docenten kunnen niets toestaan en er komt geen nieuw cijfer bij. Het netwerk "
        "werkt door, en wat al gold blijft gelden.",
        Part.SENSORS: "Er wordt niets of te weinig gemeten: de lesuren van nu krijgen geen cijfer. "
        "Het netwerk werkt door.",
        Part.SNAPSHOT: "Wat een docent nu toestaat of stopt, werkt pas als de sensor het heeft "
        "gelezen.",
        Part.CLOCK: "Wat vlak voor of na de bel gebeurt, komt in het verkeerde lesuur.",
        Part.TIMETABLE: "Lessen die ontbreken worden niet gemeten, en wie van lokaal ruilde telt "
        "bij de verkeerde les.",
        Part.PLACES: "Van apparaten in deze lokalen telt niets mee: de cijfers zijn te laag.",
        Part.FEEDS: "Van apparaten waarvan niet bekend is waar ze zijn, telt niets mee: de cijfers "
        "zijn te laag.",
        Part.VISIBILITY: "Wat niet te zien is, telt niet mee: een laag cijfer kan ook hierdoor "
        "komen.",
        Part.RELEASES: "Er komen minder cijfers, of geen.",
    },
    labels={
        What.STORE_ANSWER: "Antwoordt in",
        What.STORE_SIZE: "Grootte",
        What.DISK_FREE: "Vrij op de schijf",
        What.SENSOR_SPOKE: "Sensor {about} meldde zich",
        What.SENSOR_HOLDS_NEWEST: "Sensor {about} heeft het nieuwste",
        What.CORE_BEHIND: "Het tellen loopt achter",
        What.ADDON_ERRORS: "Fouten in de sensor sinds de start",
        What.SNAPSHOT_AGE: "Gelezen uit de opslag",
        What.SNAPSHOT_FAILURES: "Keren dat het lezen mislukte",
        What.CLOCK_AHEAD: "De klok van de sensor loopt voor",
        What.SOURCE_READ: "Bron {about} gelezen",
        What.TIMETABLE_CHANGED: "Rooster gewijzigd",
        What.LESSONS_WITH_ROOM: "Lessen van deze week met een lokaal",
        What.GROUPS_WITH_LAYER: "Groepen van deze week met een leerlaag",
        What.ROOMS_WITH_PLACE: "Lokalen van deze week met een plaats",
        What.UNKNOWN_PLACE: "Verbindingen van onbekende plaats",
        What.SHARED_ADDRESSES: "Gedeelde adressen, die niet meetellen",
        What.FEED_HEARD: "Van {about} gehoord",
        What.FEED_MESSAGES: "{about}: {detail}",
        What.FEED_FAILURES: "Keren dat het lezen mislukte",
        What.SEEN_BY: "Verbindingen bekend door {detail}",
        What.HIDDEN: "Verborgen: {detail}",
        What.DROPPED_PACKETS: "Gemiste pakketten",
        What.PAUSED_UNTIL: "Onderbroken tot",
        What.RELEASE_FAILURES: "Keren dat de opslag een cijfer niet aannam",
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
        State.WELL: "in orde",
        State.WRONG: "let op",
        State.UNKNOWN: "niet bekend",
        State.UNUSED: "niet in gebruik",
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
        Part.STORE: "Store",
        Part.SENSORS: "Sensors",
        Part.SNAPSHOT: "Timetable and permissions in the sensor",
        Part.CLOCK: "Clock",
        Part.TIMETABLE: "Timetable",
        Part.PLACES: "Places",
        Part.FEEDS: "RADIUS and DHCP",
        Part.VISIBILITY: "Visibility",
        Part.RELEASES: "Figures",
    },
    consequences={
        Part.STORE: "Teachers cannot allow anything and no new figure is kept. The network goes "
        "on, and what was in force stays so.",
        Part.SENSORS: "Nothing or too little is measured: the lesson hours of now get no figure. "
        "The network goes on.",
        Part.SNAPSHOT: "What a teacher allows or stops now works only when the sensor has read it.",
        Part.CLOCK: "What happens just before or after the bell falls in the wrong lesson hour.",
        Part.TIMETABLE: "Lessons that are missing are not measured, and whoever changed rooms "
        "counts in the wrong lesson.",
        Part.PLACES: "Nothing of the devices in these rooms counts: the figures are too low.",
        Part.FEEDS: "Nothing counts of devices of which it is not known where they are: the "
        "figures are too low.",
        Part.VISIBILITY: "What cannot be seen does not count: a low figure can come from this.",
        Part.RELEASES: "There are fewer figures, or none.",
    },
    labels={
        What.STORE_ANSWER: "Answers in",
        What.STORE_SIZE: "Size",
        What.DISK_FREE: "Free on the disk",
        What.SENSOR_SPOKE: "Sensor {about} spoke",
        What.SENSOR_HOLDS_NEWEST: "Sensor {about} holds the newest",
        What.CORE_BEHIND: "Counting is behind by",
        What.ADDON_ERRORS: "Errors in the sensor since it started",
        What.SNAPSHOT_AGE: "Read from the store",
        What.SNAPSHOT_FAILURES: "Times that reading failed",
        What.CLOCK_AHEAD: "The sensor's clock is ahead by",
        What.SOURCE_READ: "Source {about} read",
        What.TIMETABLE_CHANGED: "Timetable changed",
        What.LESSONS_WITH_ROOM: "This week's lessons with a room",
        What.GROUPS_WITH_LAYER: "This week's groups with a year layer",
        What.ROOMS_WITH_PLACE: "This week's rooms with a place",
        What.UNKNOWN_PLACE: "Connections of unknown place",
        What.SHARED_ADDRESSES: "Shared addresses, which are left out",
        What.FEED_HEARD: "Heard from {about}",
        What.FEED_MESSAGES: "{about}: {detail}",
        What.FEED_FAILURES: "Times that reading failed",
        What.SEEN_BY: "Connections known by {detail}",
        What.HIDDEN: "Hidden: {detail}",
        What.DROPPED_PACKETS: "Packets missed",
        What.PAUSED_UNTIL: "Interrupted until",
        What.RELEASE_FAILURES: "Times that the store did not take a figure",
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
        State.WELL: "well",
        State.WRONG: "care",
        State.UNKNOWN: "not known",
        State.UNUSED: "not used",
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
