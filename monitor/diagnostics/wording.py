"""What is said of each finding, and what to do about it, in Dutch and in English.

`lesrust check`, `lesrust doctor` and the page of IT say it in the same words. In braces stand
`about`, the names that it is about, and `count`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from monitor.diagnostics.finding import FindingKind


@dataclass(frozen=True, slots=True)
class Said:
    """A finding in words, and its remedy."""

    found: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Wording:
    """Every text of one language."""

    findings: Mapping[FindingKind, Said]
    nothing: str
    problem: str
    note: str
    remedy: str
    more: str


DUTCH = Wording(
    nothing="Er is niets op aan te merken.",
    problem="LET OP",
    note="ter info",
    remedy="Wat te doen: ",
    more="en nog {count}",
    findings={
        FindingKind.NO_LESSONS: Said(
            "Er staan geen lessen in het rooster van vandaag en de komende twee weken.",
            "Lees een rooster in met `lesrust timetable import`. Is het vakantie, zet die dan "
            "onder [calendar].",
        ),
        FindingKind.HOLIDAY: Said(
            "Vandaag en de komende twee weken is er geen les: {about}.",
            "Niets: na de vakantie kijkt `check` weer naar de lessen.",
        ),
        FindingKind.NO_SOURCE: Said(
            "Er is geen [[timetable]] ingesteld: het rooster wordt niet vanzelf ververst.",
            "Noem de bron in lesrust.toml en draai `lesrust timetable watch`.",
        ),
        FindingKind.NEVER_READ: Said(
            "De roosterbron is nog nooit gelezen: {about}.",
            "Draai `lesrust timetable watch`, en bij Zermelo eerst `lesrust timetable link`.",
        ),
        FindingKind.SOURCE_TROUBLE: Said(
            "De roosterbron is al {count} uur niet gelezen; het laatste rooster blijft gelden: "
            "{about}.",
            "Los op wat er staat; `lesrust timetable preview` met de naam laat zien of het lukt.",
        ),
        FindingKind.STALE_SOURCE: Said(
            "Het rooster is {count} uur oud: {about}.",
            "Kijk of `lesrust timetable watch` draait en of de export nog wordt geschreven.",
        ),
        FindingKind.NO_BELLS: Said(
            "Een rooster van Untis noemt alleen lesuren, en er zijn geen lestijden.",
            "Zet de lestijden in lesrust.toml onder [[bells]].",
        ),
        FindingKind.LESSONS_WITHOUT_ROOM: Said(
            "Lessen zonder lokaal: {count}. Daar wordt niets geteld.",
            "Vul in het rooster de lokalen in.",
        ),
        FindingKind.ROOMS_WITHOUT_PLACE: Said(
            "Lokalen uit het rooster waarvan niet bekend is waar ze zijn: {count} ({about}).",
            "Geef elk een [[place]] met voorvoegsels, of een regel in het bestand bij "
            "[attachments]. Let op hoofdletters.",
        ),
        FindingKind.PLACES_WITHOUT_LESSON: Said(
            "Plaatsen waar in deze weken geen les is: {about}.",
            "Kijk of de naam precies zo in het rooster staat.",
        ),
        FindingKind.GROUPS_WITHOUT_LAYER: Said(
            "Groepen die in geen leerlaag vallen: {count} ({about}).",
            "Breid `groups` bij een [[layer]] uit. Zonder laag tellen ze alleen in schoolcijfers.",
        ),
        FindingKind.SCHOOL_TOO_SMALL: Said(
            "De leerlijst telt {count} leerlingen: te weinig voor enig cijfer (200).",
            "Vul bij [[layer]] hoeveel leerlingen er zijn.",
        ),
        FindingKind.SCHOOL_WEEKLY: Said(
            "De leerlijst telt {count} leerlingen: onder de 500 komen er alleen weekcijfers.",
            "Niets: zo is niemand te herkennen.",
        ),
        FindingKind.LAYER_TOO_SMALL: Said(
            "Leerlagen met minder dan 100 leerlingen, die zijn samengevoegd: {about}.",
            "Niets: zo is niemand te herkennen.",
        ),
        FindingKind.HOUR_TOO_SMALL: Said(
            "Lesuren met minder dan 20 lokalen, waarover geen cijfer per uur komt: {about}.",
            "Niets, als dat klopt; anders ontbreken er lessen of lokalen.",
        ),
        FindingKind.FEED_WITHOUT_MAPPING: Said(
            "RADIUS of DHCP is ingesteld, maar niet bij welk lokaal een aansluiting hoort.",
            "Maak het bestand bij [attachments], zie docs/plaatsen.md.",
        ),
        FindingKind.NO_SENDER: Said(
            "RADIUS luistert, maar niemand mag accounting sturen.",
            "Zet de server onder [[sender]], met zijn geheim.",
        ),
        FindingKind.SECRET: Said(
            "Een bestand met een geheim is niet te gebruiken: {about}.",
            "Zet het geheim erin en geef het modus 0600, met als eigenaar wie Lesrust draait.",
        ),
        FindingKind.NOT_RUNNING: Said(
            "Op het adres onder [health] antwoordt geen sensor.",
            "Start `lesrust gateway` of `lesrust watch`, of kijk waarom hij is gestopt.",
        ),
        FindingKind.FEED_SILENT: Said(
            "Al een uur niets gehoord van: {about}.",
            "Kijk of de server nog stuurt en of de firewall het doorlaat. Buiten schooltijd "
            "klopt dit.",
        ),
        FindingKind.UNKNOWN_ATTACHMENTS: Said(
            "Berichten van {about} over een accesspoint, VLAN of poort zonder lokaal: {count}.",
            "Vul het bestand bij [attachments] aan en herstart de sensor. Noemt `check` er geen, "
            "laat de afzender dan zeggen waar een apparaat hangt (docs/plaatsen.md).",
        ),
        FindingKind.UNMAPPED: Said(
            "Zonder lokaal, het laatst gehoord: {about}.",
            "Zet elk met zijn lokaal in het bestand bij [attachments] (kind,name,room) en herstart "
            "de sensor; wat buiten een lokaal hangt, mag ontbreken.",
        ),
        FindingKind.CLOCKS_DIFFER: Said(
            "Berichten van {about} met een tijd die meer dan een minuut afwijkt: {count}.",
            "Zet op beide machines de klok gelijk (NTP).",
        ),
        FindingKind.NAMES_SOMEONE: Said(
            "Berichten van {about} met een naam of MAC-adres erin, dat meteen is weggegooid: "
            "{count}.",
            "Haal die al bij de bron weg, met deploy/freeradius.",
        ),
        FindingKind.NOT_TRUSTED: Said(
            "Berichten van {about} van een onbekende afzender of met een verkeerd geheim: {count}.",
            "Vergelijk het geheim bij [[sender]] met dat van de server.",
        ),
        FindingKind.UNKNOWN_PLACES: Said(
            "Van {count} % van de verbindingen is niet bekend waar ze vandaan komen.",
            "Kijk of de voorvoegsels kloppen, en of RADIUS of DHCP werkt.",
        ),
        FindingKind.SHARED_ADDRESSES: Said(
            "Adressen waar meer apparaten achter zitten (NAT), die daarom niet meetellen: {count}.",
            "Plaats de sensor vóór de NAT, of laat het zo.",
        ),
        FindingKind.MAPPING: Said(
            "Het bestand bij [attachments] is niet te gebruiken.",
            "Draai `lesrust check`: dat noemt de regel, wat er staat en wat er mag staan.",
        ),
        FindingKind.STORE_AWAY: Said(
            "De opslag is niet te openen.",
            "Kijk of de database draait en de schijf niet vol is, en of de gebruiker lesrust "
            "erbij mag.",
        ),
        FindingKind.DISK_FULL: Said(
            "Op de schijf van de opslag is nog {count} % vrij.",
            "Maak ruimte; Lesrust zelf groeit nauwelijks.",
        ),
        FindingKind.STORE_SLOW: Said(
            "De opslag deed {count} ms over een antwoord.",
            "Kijk wat de schijf of de databaseserver bezighoudt.",
        ),
        FindingKind.NO_SENSOR: Said(
            "Er heeft zich nog nooit een sensor gemeld.",
            "Zet `lesrust gateway` of `lesrust watch` aan, met dezelfde opslag.",
        ),
        FindingKind.SENSOR_SILENT: Said(
            "Deze sensor meldt zich niet meer: {about}.",
            "Kijk op die machine met `journalctl -u lesrust-gateway -u lesrust-watch`.",
        ),
        FindingKind.SENSOR_BEHIND: Said(
            "Deze sensor heeft het nieuwste rooster of de nieuwste toestemmingen nog niet: "
            "{about}.",
            "Duurt het langer dan een minuut, kijk dan of de sensor bij de opslag kan.",
        ),
        FindingKind.SNAPSHOT_STALE: Said(
            "De sensor las rooster en toestemmingen {count} seconden geleden.",
            "Kijk of de sensor bij de opslag kan; tot dan geldt wat hij het laatst las.",
        ),
        FindingKind.CORE_BEHIND: Said(
            "Het tellen loopt {count} seconden achter.",
            "Geef de machine meer rekenkracht, of stuur minder verkeer om.",
        ),
        FindingKind.SNAPSHOT_FAILURES: Said(
            "Zo vaak was het rooster niet te lezen sinds de sensor startte: {count}.",
            "Niets, als het voorbij is: het wordt vanzelf opnieuw geprobeerd.",
        ),
        FindingKind.RELEASE_FAILURES: Said(
            "Zo vaak nam de opslag een cijfer niet aan sinds de sensor startte: {count}.",
            "Niets, als het voorbij is: het wordt vanzelf opnieuw geprobeerd.",
        ),
        FindingKind.FEED_FAILURES: Said(
            "Zo vaak was RADIUS of DHCP niet te lezen sinds de sensor startte: {count}.",
            "Niets, als het voorbij is: het wordt vanzelf opnieuw geprobeerd.",
        ),
        FindingKind.ADDON_ERRORS: Said(
            "Fouten in de sensor sinds hij startte: {count}. De verbindingen gingen door.",
            "Meld het bij de makers, met het diagnosebestand. Herstarten kost een lesuur.",
        ),
        FindingKind.DROPPED_PACKETS: Said(
            "Pakketten die te snel kwamen voor de passieve sensor: {count}.",
            "Zet deploy/sysctl.d neer, of laat de spiegelpoort minder sturen.",
        ),
        FindingKind.MUCH_HIDDEN: Said(
            "Van {count} % van de verbindingen is de naam verborgen.",
            "Laat het netwerk de eigen DNS gebruiken; wat verborgen blijft, wordt niet geraden.",
        ),
        FindingKind.CLOCK_WRONG: Said(
            "De klok van de sensor en die van deze machine schelen {count} seconden.",
            "Zet op beide machines de klok gelijk (NTP).",
        ),
        FindingKind.PAUSED: Said(
            "Het meten is onderbroken.",
            "Niets: het gaat vanzelf verder. Eerder kan met `lesrust pause --resume`.",
        ),
    },
)

ENGLISH = Wording(
    nothing="Nothing is amiss.",
    problem="CARE",
    note="note",
    remedy="What to do: ",
    more="and {count} more",
    findings={
        FindingKind.NO_LESSONS: Said(
            "The timetable has no lessons for today and the next two weeks.",
            "Import a timetable with `lesrust timetable import`. If these are holidays, give them "
            "under [calendar].",
        ),
        FindingKind.HOLIDAY: Said(
            "There is no lesson today and in the next two weeks: {about}.",
            "Nothing: after the holidays `check` looks at the lessons again.",
        ),
        FindingKind.NO_SOURCE: Said(
            "No [[timetable]] is configured: the timetable is not renewed by itself.",
            "Name its source in lesrust.toml and run `lesrust timetable watch`.",
        ),
        FindingKind.NEVER_READ: Said(
            "This source of the timetable has never been read: {about}.",
            "Run `lesrust timetable watch`, and for Zermelo first `lesrust timetable link`.",
        ),
        FindingKind.SOURCE_TROUBLE: Said(
            "This source has not been read for {count} hours; the last timetable stays in force: "
            "{about}.",
            "Mend what it says; `lesrust timetable preview` with its name shows whether it works.",
        ),
        FindingKind.STALE_SOURCE: Said(
            "The timetable is {count} hours old: {about}.",
            "See whether `lesrust timetable watch` runs, and the export is still written.",
        ),
        FindingKind.NO_BELLS: Said(
            "A timetable of Untis names lesson hours only, and there are no bells.",
            "Give the times of the lesson hours in lesrust.toml, under [[bells]].",
        ),
        FindingKind.LESSONS_WITHOUT_ROOM: Said(
            "Lessons without a room: {count}. Nothing is counted in them.",
            "Give them rooms in the timetable.",
        ),
        FindingKind.ROOMS_WITHOUT_PLACE: Said(
            "Rooms of the timetable that nothing leads to: {count} ({about}).",
            "Give each a [[place]] with prefixes, or a line in the file under [attachments]. "
            "Mind the case.",
        ),
        FindingKind.PLACES_WITHOUT_LESSON: Said(
            "Places without a lesson in these weeks: {about}.",
            "See whether the timetable writes their names in the same way.",
        ),
        FindingKind.GROUPS_WITHOUT_LAYER: Said(
            "Groups of no year layer: {count} ({about}).",
            "Extend `groups` of a [[layer]]. Without one they are in the school's figures only.",
        ),
        FindingKind.SCHOOL_TOO_SMALL: Said(
            "The roster has {count} pupils: too few for any figure (200).",
            "Give the number of pupils of each [[layer]].",
        ),
        FindingKind.SCHOOL_WEEKLY: Said(
            "The roster has {count} pupils: below 500 there are weekly figures only.",
            "Nothing: so that nobody can be recognised.",
        ),
        FindingKind.LAYER_TOO_SMALL: Said(
            "Year layers below 100 pupils, which are merged: {about}.",
            "Nothing: so that nobody can be recognised.",
        ),
        FindingKind.HOUR_TOO_SMALL: Said(
            "Lesson hours in fewer than 20 rooms, which have no figure of their own: {about}.",
            "Nothing if that is right; otherwise lessons or rooms are missing.",
        ),
        FindingKind.FEED_WITHOUT_MAPPING: Said(
            "RADIUS or DHCP is configured, but not which room anything is attached to.",
            "Make the file under [attachments], see docs/plaatsen.md.",
        ),
        FindingKind.NO_SENDER: Said(
            "RADIUS is listened for, but nobody may send it.",
            "Name the server under [[sender]], with its secret.",
        ),
        FindingKind.SECRET: Said(
            "A file with a secret cannot be used: {about}.",
            "Write the secret to it, with mode 0600 and the user that runs Lesrust as its owner.",
        ),
        FindingKind.NOT_RUNNING: Said(
            "No sensor answers at the address under [health].",
            "Start `lesrust gateway` or `lesrust watch`, or see why it has stopped.",
        ),
        FindingKind.FEED_SILENT: Said(
            "Nothing heard for an hour from: {about}.",
            "See whether the server still sends, and the firewall lets it. Outside school hours "
            "this is right.",
        ),
        FindingKind.UNKNOWN_ATTACHMENTS: Said(
            "Messages of {about} about an access point, VLAN or port without a room: {count}.",
            "Add it to the file under [attachments], and restart the sensor. Where `check` names "
            "none, have the sender say where a device is attached (docs/plaatsen.md).",
        ),
        FindingKind.UNMAPPED: Said(
            "Without a room, heard of last: {about}.",
            "Give each a line with its room in the file under [attachments] (kind,name,room), and "
            "restart the sensor; what is in no room need not be there.",
        ),
        FindingKind.CLOCKS_DIFFER: Said(
            "Messages of {about} whose time differs by more than a minute: {count}.",
            "Set both machines' clocks (NTP).",
        ),
        FindingKind.NAMES_SOMEONE: Said(
            "Messages of {about} with a name or a MAC address, which was dropped at once: {count}.",
            "Take it out at the source, with deploy/freeradius.",
        ),
        FindingKind.NOT_TRUSTED: Said(
            "Messages of {about} from an unknown sender or with a wrong secret: {count}.",
            "Compare the secret of the [[sender]] with the server's.",
        ),
        FindingKind.UNKNOWN_PLACES: Said(
            "Of {count} % of the connections it is not known where they come from.",
            "See whether the prefixes are right, and RADIUS or DHCP works.",
        ),
        FindingKind.SHARED_ADDRESSES: Said(
            "Addresses with several devices behind them (NAT), which are left out: {count}.",
            "Put the sensor before the NAT, or leave it.",
        ),
        FindingKind.MAPPING: Said(
            "The file under [attachments] cannot be used.",
            "Run `lesrust check`: it names the line, what stands there and what may.",
        ),
        FindingKind.STORE_AWAY: Said(
            "The store cannot be opened.",
            "See whether the database runs, the disk has room, and the user lesrust may use it.",
        ),
        FindingKind.DISK_FULL: Said(
            "The disk of the store has {count} % left.",
            "Make room; Lesrust itself hardly grows.",
        ),
        FindingKind.STORE_SLOW: Said(
            "The store took {count} ms to answer.",
            "See what keeps the disk or the database server busy.",
        ),
        FindingKind.NO_SENSOR: Said(
            "No sensor has ever spoken.",
            "Start `lesrust gateway` or `lesrust watch`, with the same store.",
        ),
        FindingKind.SENSOR_SILENT: Said(
            "This sensor does not speak any more: {about}.",
            "Look on that machine with `journalctl -u lesrust-gateway -u lesrust-watch`.",
        ),
        FindingKind.SENSOR_BEHIND: Said(
            "This sensor does not hold the newest timetable or permissions yet: {about}.",
            "If it lasts longer than a minute, see whether the sensor reaches the store.",
        ),
        FindingKind.SNAPSHOT_STALE: Said(
            "The sensor read timetable and permissions {count} seconds ago.",
            "See whether the sensor reaches the store; until then the last ones stay in force.",
        ),
        FindingKind.CORE_BEHIND: Said(
            "Counting is {count} seconds behind.",
            "Give the machine more power, or steer less traffic.",
        ),
        FindingKind.SNAPSHOT_FAILURES: Said(
            "Times that the timetable could not be read since the sensor started: {count}.",
            "Nothing when it is over: it is tried again by itself.",
        ),
        FindingKind.RELEASE_FAILURES: Said(
            "Times that the store did not take a figure since the sensor started: {count}.",
            "Nothing when it is over: it is tried again by itself.",
        ),
        FindingKind.FEED_FAILURES: Said(
            "Times that RADIUS or DHCP could not be read since the sensor started: {count}.",
            "Nothing when it is over: it is tried again by itself.",
        ),
        FindingKind.ADDON_ERRORS: Said(
            "Errors in the sensor since it started: {count}. The connections went on.",
            "Tell the makers, with the diagnostics file. A restart costs a lesson hour.",
        ),
        FindingKind.DROPPED_PACKETS: Said(
            "Packets that came too fast for the passive sensor: {count}.",
            "Install deploy/sysctl.d, or let the mirror port send less.",
        ),
        FindingKind.MUCH_HIDDEN: Said(
            "Of {count} % of the connections the name is hidden.",
            "Let the network use its own DNS; what stays hidden is not guessed at.",
        ),
        FindingKind.CLOCK_WRONG: Said(
            "The sensor's clock and this machine's are {count} seconds apart.",
            "Set both machines' clocks (NTP).",
        ),
        FindingKind.PAUSED: Said(
            "Measuring is interrupted.",
            "Nothing: it goes on by itself. Sooner is possible with `lesrust pause --resume`.",
        ),
    },
)

LANGUAGES: Mapping[str, Wording] = {"nl": DUTCH, "en": ENGLISH}
