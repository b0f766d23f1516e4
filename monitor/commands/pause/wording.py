"""What `lesrust pause` says, in Dutch and in English."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """Every text of one language; in braces stands what is filled in."""

    paused: str
    reason: str
    follows: str
    nothing: str
    resumed: str
    one_thing: str
    until_needed: str
    no_moment: str
    not_possible: str
    store_fails: str


ENGLISH = Wording(
    paused="Measuring is interrupted from {start} until {end}, by {by}.",
    reason="Reason: {reason}.",
    follows="Lesson hours that fall in it get no figure.",
    nothing="Measuring is not interrupted.",
    resumed="Measuring goes on.",
    one_thing="--resume goes with neither --until nor --reason.",
    until_needed="Give --until: an interruption has an end.",
    no_moment="'{found}' is no moment; 12:00 is one, or 2026-09-01 12:00.",
    not_possible="The end must come after now and within two weeks, and a reason is one line of "
    "200 characters at most.",
    store_fails="The store cannot be used: {why}",
)
DUTCH = Wording(
    paused="Het meten is onderbroken van {start} tot {end}, door {by}.",
    reason="Reden: {reason}.",
    follows="Lesuren die hierin vallen krijgen geen cijfer.",
    nothing="Het meten is niet onderbroken.",
    resumed="Het meten gaat verder.",
    one_thing="--resume gaat niet samen met --until of --reason.",
    until_needed="Geef --until: een onderbreking heeft een einde.",
    no_moment="'{found}' is geen tijdstip; wel bijvoorbeeld 12:00 of 1-9-2026 12:00.",
    not_possible="Het einde moet na nu en binnen twee weken liggen, en een reden is één regel van "
    "hoogstens 200 tekens.",
    store_fails="De opslag kan niet worden gebruikt: {why}",
)
LANGUAGES: Mapping[str, Wording] = {"nl": DUTCH, "en": ENGLISH}
