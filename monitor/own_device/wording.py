"""What the page says, in Dutch and in English: plain words, for a pupil of twelve as well."""

from collections.abc import Mapping
from dataclasses import dataclass

from monitor.catalogue import HostnameRole
from monitor.locate import DropReason
from monitor.own_device.look import Ending
from monitor.sighting import Evidence, HidingMethod

type Explained = tuple[tuple[str, str], ...]
"""A word or a heading, and what is said of it."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One language's words; in braces stands what is filled in."""

    language: str
    other_language: str
    other: str
    """That language's own name for itself."""
    title: str
    lead: str
    without_script: str
    begin: str
    stop: str
    stopped: str
    again: str
    connecting: str
    interrupted: str
    lines: str
    nothing_yet: str
    columns: Mapping[str, str]
    """By the part of a line that they are above."""
    address: Mapping[int, str]
    """By the bytes of an address."""
    room: str
    room_of_staff: str
    no_place: str
    lesson: str
    no_lesson: str
    paused: str
    active: str
    not_active: str
    counts: str
    none_seen: str
    by_evidence: str
    hidden: str
    missed: str
    opens: str
    goes_on: str
    either: str
    is_active: str
    not_active_yet: str
    never_alone: str
    dropped: Mapping[DropReason, str]
    roles: Mapping[HostnameRole, str]
    evidence: Mapping[Evidence, str]
    hides: Mapping[HidingMethod, str]
    endings: Mapping[Ending, str]
    explained: str
    meanings: Explained
    more: Explained
    decimal_point: str


DUTCH = Wording(
    language="nl",
    other_language="en",
    other="English",
    title="Mijn apparaat",
    lead=(
        "Hier zie je wat de sensor van de school op dit moment herkent van dit apparaat, en van "
        "geen ander. Open daarnaast een app of een site, en kijk wat er verschijnt."
    ),
    without_script="Je browser voert geen scripts uit. Het kan ook zonder.",
    begin="Begin met kijken",
    stop="Stop met kijken",
    stopped="Je kijkt niet meer. Van wat je zag, is niets bewaard.",
    again="Opnieuw kijken",
    connecting="Verbinding maken met de sensor …",
    interrupted="De verbinding met de sensor is weg. Er wordt opnieuw verbinding gemaakt.",
    lines="Wat er wordt herkend",
    nothing_yet="Nog niets. Open een app of site van een platform, zoals Instagram of YouTube.",
    columns={
        "when": "Tijd",
        "hostname": "Server",
        "platform": "Platform",
        "role": "Waarvoor",
        "evidence": "Gezien aan",
        "carried": "Verbinding",
        "outcome": "Wat ermee gebeurt",
    },
    address={
        4: "Je kijkt vanaf een IPv4-adres.",
        16: "Je kijkt vanaf een IPv6-adres.",
    },
    room="Dit apparaat is in lokaal {room}.",
    room_of_staff="Dit apparaat is in lokaal {room}, op het netwerk van het personeel.",
    no_place=(
        "Van dit adres is niet bekend in welk lokaal het is: hier wordt niets van geteld. "
        "Hieronder zie je wel wat er wordt herkend."
    ),
    lesson="Daar is nu les: lesuur {period}, tot {until}.",
    no_lesson="Daar is nu geen les: er wordt niets geteld.",
    paused="Het meten is onderbroken: de sensor ziet nu niets, ook niet van dit apparaat.",
    active="Sinds je kijkt, is dit apparaat in deze les actief op: {platforms}.",
    not_active="Sinds je kijkt, is dit apparaat in deze les nergens actief op.",
    counts=(
        "Verbindingen van dit apparaat sinds {since}: {connections}. "
        "Naar een platform: {platforms}."
    ),
    none_seen="Sinds {since} zag de sensor nog geen verbinding van dit apparaat.",
    by_evidence="Gezien aan: {counts}.",
    hidden="Verborgen: {counts}.",
    missed="Er kwam meer dan deze pagina kan tonen: {count} regels zijn overgeslagen.",
    opens="nieuw, {size}",
    goes_on="loopt door, {size}",
    either="{first} of {second}",
    is_active="actief in deze les",
    not_active_yet="les; nog niet actief",
    never_alone="les; op zichzelf geen gebruik",
    dropped={
        DropReason.UNKNOWN_PLACE: "plaats onbekend: telt niet",
        DropReason.HIDDEN: "verborgen: telt niet",
        DropReason.NO_PLATFORM: "geen platform: telt niet",
        DropReason.SIGNING_IN: "inloggen: telt nooit",
        DropReason.STAFF: "personeel: telt niet",
        DropReason.NO_LESSON: "geen les: telt niet",
        DropReason.EXEMPT: "toegestaan: telt niet",
    },
    roles={
        HostnameRole.APP: "de app of site zelf",
        HostnameRole.MEDIA: "foto's en films",
        HostnameRole.EMBED: "ingebed in iets anders",
        HostnameRole.BACKGROUND: "op de achtergrond",
        HostnameRole.AUTH: "inloggen",
    },
    evidence={
        Evidence.SNI: "TLS",
        Evidence.QUIC: "QUIC",
        Evidence.HTTP: "HTTP",
        Evidence.DNS: "DNS",
        Evidence.ADDRESS: "adres",
        Evidence.HIDDEN: "verborgen",
    },
    hides={
        HidingMethod.NAMELESS: "zonder naam",
        HidingMethod.ENCRYPTED_HELLO: "versleutelde naam (ECH)",
        HidingMethod.SPOOFED: "naam die niet bij het adres hoort",
        HidingMethod.RESOLVER: "versleutelde DNS",
        HidingMethod.VPN: "VPN",
        HidingMethod.RELAY: "doorgeefdienst",
    },
    endings={
        Ending.PROXIED: (
            "Deze vraag komt langs een proxy. Dan is niet te zien van welk apparaat zij is, en zou "
            "je kunnen zien wat een ander doet. Open de pagina zonder proxy."
        ),
        Ending.SHARED: (
            "Achter dit adres zitten meer apparaten, of kijken er twee browsers tegelijk. Dan zou "
            "je kunnen zien wat een ander doet, en daarom is hier niets te zien. Zo'n adres telt "
            "ook in geen enkel cijfer mee als er te veel van komt voor één apparaat."
        ),
        Ending.HERE: (
            "Deze vraag komt van de machine van de sensor zelf, of langs een proxy die daar "
            "draait. Open de pagina op een apparaat in het netwerk van de school."
        ),
        Ending.FULL: "Er kijken nu te veel apparaten tegelijk. Probeer het over een paar minuten.",
        Ending.MOVED: (
            "Je apparaat heeft een andere plaats in het netwerk gekregen. Dit adres kan nu van een "
            "ander zijn. Daarom is het kijken gestopt."
        ),
        Ending.REPLACED: "De pagina is op dit apparaat opnieuw geopend. Daar gaat het verder.",
        Ending.OVER: "Na een kwartier stopt het kijken vanzelf.",
    },
    explained="Wat je ziet",
    meanings=(
        ("Server", "De naam van de computer waarmee je apparaat verbinding maakt."),
        ("Platform", "Bij welk sociaal medium die naam hoort."),
        (
            "Waarvoor",
            (
                "De app of site zelf, foto's en films, iets wat in een andere site of app is "
                "ingebed, iets op de achtergrond (zoals meldingen), of inloggen."
            ),
        ),
        (
            "Gezien aan",
            (
                "Waar de naam stond: in het begin van een beveiligde verbinding (TLS of QUIC), "
                "in een onbeveiligde (HTTP), of in een antwoord van DNS, het telefoonboek van "
                "internet."
            ),
        ),
        ("Verbinding", "Of zij nieuw is of doorloopt, en hoeveel er sinds de vorige regel ging."),
        (
            "Wat ermee gebeurt",
            (
                "Buiten de les telt niets. In de les telt een apparaat pas als het actief is: "
                "als het een platform echt een tijd gebruikt. Wat de docent of de schoolleiding "
                "toestaat, telt niet."
            ),
        ),
    ),
    more=(
        (
            "Wat niet te zien is",
            (
                "De sensor ziet niet wat je leest, kijkt, zoekt, schrijft of stuurt, niet welke "
                "pagina of film het is, en niet wie je bent. Namen die niet bij een platform "
                "horen, worden niet bewaard en hier niet getoond, alleen geteld."
            ),
        ),
        (
            "Wat er van bewaard wordt",
            (
                "Niets. Wat je hier ziet, begint als je de pagina opent en is weg als je haar "
                "sluit. Door te kijken tel je niet meer mee, en niet minder. Wat vóór het openen "
                "gebeurde, is hier niet te zien: daarom kan het tellen in de les al eerder "
                "begonnen zijn dan deze pagina laat zien."
            ),
        ),
        (
            "Wat de school ziet",
            (
                "De school ziet deze pagina niet. Zij ziet alleen afgeronde aantallen met ruis, "
                "van de hele school of een hele leerlaag, en nooit iets van één apparaat."
            ),
        ),
        (
            "Meer dan één adres",
            (
                "Heeft je apparaat een IPv4- en een IPv6-adres, dan zie je hier soms maar één "
                "van beide. Wat over het andere adres gaat, zie je als je de pagina daarover "
                "opent."
            ),
        ),
    ),
    decimal_point=",",
)

ENGLISH = Wording(
    language="en",
    other_language="nl",
    other="Nederlands",
    title="My own device",
    lead=(
        "Here you see what the school's sensor recognises of this device at this moment, and of "
        "no other. Open an app or a site beside it, and see what appears."
    ),
    without_script="Your browser runs no scripts. It works without them too.",
    begin="Start looking",
    stop="Stop looking",
    stopped="You are no longer looking. Nothing of what you saw is kept.",
    again="Look again",
    connecting="Connecting to the sensor …",
    interrupted="The connection to the sensor is gone. It is being made again.",
    lines="What is recognised",
    nothing_yet="Nothing yet. Open an app or site of a platform, such as Instagram or YouTube.",
    columns={
        "when": "Time",
        "hostname": "Server",
        "platform": "Platform",
        "role": "What for",
        "evidence": "Seen by",
        "carried": "Connection",
        "outcome": "What becomes of it",
    },
    address={
        4: "You are looking from an IPv4 address.",
        16: "You are looking from an IPv6 address.",
    },
    room="This device is in room {room}.",
    room_of_staff="This device is in room {room}, on the network of the staff.",
    no_place=(
        "It is not known in which room this address is: nothing of it is counted. "
        "Below you do see what is recognised."
    ),
    lesson="A lesson is held there now: lesson hour {period}, until {until}.",
    no_lesson="No lesson is held there now: nothing is counted.",
    paused="Measuring is interrupted: the sensor sees nothing now, of this device neither.",
    active="Since you began to look, this device is active in this lesson on: {platforms}.",
    not_active="Since you began to look, this device is active on nothing in this lesson.",
    counts=("Connections of this device since {since}: {connections}. To a platform: {platforms}."),
    none_seen="Since {since} the sensor has seen no connection of this device.",
    by_evidence="Seen by: {counts}.",
    hidden="Hidden: {counts}.",
    missed="More came than this page can show: {count} lines were left out.",
    opens="new, {size}",
    goes_on="goes on, {size}",
    either="{first} or {second}",
    is_active="active in this lesson",
    not_active_yet="lesson; not active yet",
    never_alone="lesson; by itself no use",
    dropped={
        DropReason.UNKNOWN_PLACE: "place not known: not counted",
        DropReason.HIDDEN: "hidden: not counted",
        DropReason.NO_PLATFORM: "no platform: not counted",
        DropReason.SIGNING_IN: "signing in: never counted",
        DropReason.STAFF: "staff: not counted",
        DropReason.NO_LESSON: "no lesson: not counted",
        DropReason.EXEMPT: "allowed: not counted",
    },
    roles={
        HostnameRole.APP: "the app or site itself",
        HostnameRole.MEDIA: "photos and films",
        HostnameRole.EMBED: "embedded in something else",
        HostnameRole.BACKGROUND: "in the background",
        HostnameRole.AUTH: "signing in",
    },
    evidence={
        Evidence.SNI: "TLS",
        Evidence.QUIC: "QUIC",
        Evidence.HTTP: "HTTP",
        Evidence.DNS: "DNS",
        Evidence.ADDRESS: "address",
        Evidence.HIDDEN: "hidden",
    },
    hides={
        HidingMethod.NAMELESS: "without a name",
        HidingMethod.ENCRYPTED_HELLO: "encrypted name (ECH)",
        HidingMethod.SPOOFED: "a name that is not the address's",
        HidingMethod.RESOLVER: "encrypted DNS",
        HidingMethod.VPN: "VPN",
        HidingMethod.RELAY: "private relay",
    },
    endings={
        Ending.PROXIED: (
            "This request came through a proxy. Then it cannot be seen which device's it is, and "
            "you could see what somebody else does. Open the page without a proxy."
        ),
        Ending.SHARED: (
            "There are several devices behind this address, or two browsers look at a time. Then "
            "you could see what somebody else does, so nothing is shown here. When more comes from "
            "such an address than one device can open, it is in no figure either."
        ),
        Ending.HERE: (
            "This request came from the sensor's own machine, or through a proxy that runs there. "
            "Open the page on a device in the school's network."
        ),
        Ending.FULL: "Too many devices are looking at the moment. Try again in a few minutes.",
        Ending.MOVED: (
            "Your device has got another place in the network. This address may be somebody "
            "else's now. That is why looking has ended."
        ),
        Ending.REPLACED: "The page was opened again on this device. It goes on there.",
        Ending.OVER: "After a quarter of an hour, looking ends by itself.",
    },
    explained="What you see",
    meanings=(
        ("Server", "The name of the computer that your device connects to."),
        ("Platform", "The social medium that the name belongs to."),
        (
            "What for",
            (
                "The app or site itself, photos and films, something embedded in another site or "
                "app, something in the background (such as notifications), or signing in."
            ),
        ),
        (
            "Seen by",
            (
                "Where the name stood: at the start of a secure connection (TLS or QUIC), in one "
                "that is not secure (HTTP), or in an answer of DNS, the internet's phone book."
            ),
        ),
        ("Connection", "Whether it is new or goes on, and how much went since the line before."),
        (
            "What becomes of it",
            (
                "Outside lessons nothing is counted. In a lesson a device is counted only when "
                "it is active: when it really uses a platform for some time. What the teacher or "
                "the school's leadership allows is not counted."
            ),
        ),
    ),
    more=(
        (
            "What is not seen",
            (
                "The sensor does not see what you read, watch, search, write or send, nor which "
                "page or film it is, nor who you are. Names that belong to no platform are not "
                "kept and not shown here, only counted."
            ),
        ),
        (
            "What is kept of it",
            (
                "Nothing. What you see here begins when you open the page, and is gone when you "
                "close it. You are not counted more for looking, and not less. What happened "
                "before you opened the page is not shown: so counting in the lesson may have "
                "begun earlier than this page shows."
            ),
        ),
        (
            "What the school sees",
            (
                "The school does not see this page. It sees only rounded numbers with noise, of "
                "the whole school or a whole year layer, and never anything of one device."
            ),
        ),
        (
            "More than one address",
            (
                "If your device has an IPv4 and an IPv6 address, you may see only one of them "
                "here. You see what goes over the other when you open the page over that one."
            ),
        ),
    ),
    decimal_point=".",
)

LANGUAGES = {wording.language: wording for wording in (DUTCH, ENGLISH)}


def preferred(asked: str) -> Wording:
    """Choose by what a browser accepts (`Accept-Language`): Dutch, unless it prefers English."""
    best, chosen = 0.0, DUTCH
    for each in asked.lower().split(","):
        tag, _, weight = each.partition(";")
        language = LANGUAGES.get(tag.strip().partition("-")[0])
        quality = _quality(weight)
        if language is not None and quality > best:
            best, chosen = quality, language
    return chosen


def _quality(weight: str) -> float:
    name, _, value = weight.strip().partition("=")
    try:
        return float(value) if name == "q" else 1.0
    except ValueError:
        return 0.0
