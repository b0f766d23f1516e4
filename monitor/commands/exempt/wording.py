"""What `lesrust exempt` says, in Dutch and in English."""

from collections.abc import Mapping
from dataclasses import dataclass

from schedules.exemption import ExemptionScope, ExemptionState
from schedules.exemption_rules import DenialReason


@dataclass(frozen=True, slots=True)
class Wording:
    """Every text of one language; in braces stands what is filled in."""

    denials: Mapping[DenialReason, str]
    scopes: Mapping[ExemptionScope, str]
    states: Mapping[ExemptionState, str]
    columns: tuple[str, ...]
    granted: str
    revoked: str
    nothing: str
    all_platforms: str
    not_allowed: str
    one_granter: str
    one_lesson: str
    one_place: str
    until_needed: str
    not_for_teachers: str
    not_for_leadership: str
    platforms_needed: str
    unknown: str
    perhaps: str
    no_lesson: str
    room_is_free: str
    no_moment: str
    lesson_gone: str
    store_fails: str


ENGLISH = Wording(
    denials={denial: denial.value for denial in DenialReason},
    scopes={
        ExemptionScope.LESSON: "lesson {target}",
        ExemptionScope.ROOM: "room {target}",
        ExemptionScope.LAYER: "year layer {target}",
        ExemptionScope.SCHOOL: "the whole school",
    },
    states={state: state.value for state in ExemptionState},
    columns=("number", "for", "platforms", "from", "until", "by", "reason", "state"),
    granted="Exemption {number}: {platforms}, {place}, from {start} until {end}.",
    revoked="Exemption {number} is revoked. What it has allowed until now stays allowed.",
    nothing="No exemption is in force or to come.",
    all_platforms="all platforms",
    not_allowed="Not allowed: {why}.",
    one_granter="Give --teacher or --leadership, and not both.",
    one_lesson="A teacher gives --lesson, or --room for the lesson that is held there now.",
    one_place="The leadership gives one of --room, --layer and --school.",
    until_needed="The leadership gives --until.",
    not_for_teachers="--layer, --school, --from and --until are for the leadership.",
    not_for_leadership="--lesson and --from-now are for teachers.",
    platforms_needed="Give --platform, once or more, or --all-platforms.",
    unknown="{what} '{found}' is not known.{perhaps}",
    perhaps=" Did you mean {close}?",
    no_lesson="The lesson '{found}' is not in the timetable.",
    room_is_free="No lesson is held in room {room} now.",
    no_moment="'{found}' is no moment; 09:00 is one, or 2026-09-01 09:00.",
    lesson_gone="lesson {target}, which is not in the timetable",
    store_fails="The store cannot be used: {why}",
)

DUTCH = Wording(
    denials={
        DenialReason.NOT_OWN_LESSON: "alleen een docent van deze les mag dit",
        DenialReason.CANCELLED: "de les vervalt",
        DenialReason.OVER: "het is al voorbij",
        DenialReason.REVOKED: "de toestemming is al ingetrokken",
        DenialReason.NO_PLATFORM: "noem minstens één platform",
        DenialReason.NO_GRANTER: "noem wie dit doet, op één regel van hoogstens 100 tekens",
        DenialReason.NO_PLACE: "noem een lokaal of een leerlaag",
        DenialReason.NO_REASON: "de schoolleiding geeft een reden",
        DenialReason.REASON_TOO_LONG: "een reden is hoogstens 200 tekens lang",
        DenialReason.REASON_NOT_TEXT: "een reden is één regel tekst",
        DenialReason.TOO_LONG: "toestemming geldt hoogstens een schooljaar",
        DenialReason.ENDS_BEFORE_START: "het einde moet na het begin komen",
    },
    scopes={
        ExemptionScope.LESSON: "les {target}",
        ExemptionScope.ROOM: "lokaal {target}",
        ExemptionScope.LAYER: "leerlaag {target}",
        ExemptionScope.SCHOOL: "de hele school",
    },
    states={
        ExemptionState.TO_COME: "komt nog",
        ExemptionState.IN_FORCE: "geldt nu",
        ExemptionState.OVER: "voorbij",
        ExemptionState.REVOKED: "ingetrokken",
        ExemptionState.WITHOUT_LESSON: "les vervalt of staat niet in het rooster",
    },
    columns=("nummer", "voor", "platforms", "van", "tot", "door", "reden", "stand"),
    granted="Toestemming {number}: {platforms}, {place}, van {start} tot {end}.",
    revoked="Toestemming {number} is ingetrokken. Wat tot nu toe mocht, blijft toegestaan.",
    nothing="Er geldt nu geen toestemming, en er komt er ook geen.",
    all_platforms="alle platforms",
    not_allowed="Dit mag niet: {why}.",
    one_granter="Geef --teacher of --leadership, en niet allebei.",
    one_lesson="Een docent geeft --lesson, of --room voor de les die daar nu is.",
    one_place="De schoolleiding geeft één van --room, --layer en --school.",
    until_needed="De schoolleiding geeft --until.",
    not_for_teachers="--layer, --school, --from en --until zijn voor de schoolleiding.",
    not_for_leadership="--lesson en --from-now zijn voor docenten.",
    platforms_needed="Geef --platform, een of meer keer, of --all-platforms.",
    unknown="{what} '{found}' is niet bekend.{perhaps}",
    perhaps=" Bedoelt u {close}?",
    no_lesson="De les '{found}' staat niet in het rooster.",
    room_is_free="In lokaal {room} is nu geen les.",
    no_moment="'{found}' is geen tijdstip; wel bijvoorbeeld 09:00 of 1-9-2026 09:00.",
    lesson_gone="les {target}, die niet in het rooster staat",
    store_fails="De opslag kan niet worden gebruikt: {why}",
)

LANGUAGES: Mapping[str, Wording] = {"nl": DUTCH, "en": ENGLISH}
