"""Of floors the same is said on the page for everyone, in a terminal, in findings and documents."""

from pathlib import Path

import pytest

from monitor.diagnostics.finding import FindingKind
from monitor.diagnostics.finding_texts import FINDING_TEXTS
from monitor.release.measured.measured_day import SMALL_HOUR
from monitor.release.measured.measuring import MOST_CHANGED
from monitor.release.measured.pupils import LARGEST_CLASS, SMALLEST_CLASS
from monitor.release.tables import MIN_LAYER_PUPILS, MIN_ROOMS, MIN_SCHOOL_PUPILS
from schedules.language import Language, override
from tests.privacy.telling import Tell

pytestmark = [pytest.mark.django_db]

DOCS = Path(__file__).parents[2] / "docs"
UNKNOWN = f"elke klas telt voor {SMALLEST_CLASS} leerlingen"


def document(name: str) -> str:
    return " ".join((DOCS / name).read_text("utf-8").split())


def finding(kind: FindingKind, count: int = 0) -> str:
    with override(Language.DUTCH):
        return str(FINDING_TEXTS[kind].found).format(count=count, about="")


def test_where_sizes_are_not_known_a_class_counts_for_as_many_everywhere(tell: Tell) -> None:
    _, page, command = tell("")
    told = finding(FindingKind.NO_GROUP_SIZES, SMALLEST_CLASS)
    for text in (page.lower(), command, told.replace("telt elke klas", "elke klas telt")):
        assert UNKNOWN in text
    for name in ("privacy.md", "rooster.md"):
        assert f"telt elke klas voor {SMALLEST_CLASS}" in document(name)


def test_where_they_are_known_it_is_said_and_the_smaller_counts(tell: Tell) -> None:
    _, page, command = tell('[groups]\nsizes = "groepen.csv"\n')
    assert UNKNOWN not in page.lower()
    assert UNKNOWN not in command
    assert "Zoals de administratie de grootte van de groepen opgeeft, en nooit meer dan" in page
    assert "De grootte van 2 groepen is bekend ([groups] sizes); het kleinste" in command
    assert "het kleinste van wat er bij `[[layer]]` staat" in document("privacy.md")


def test_the_floors_are_the_same_everywhere(tell: Tell) -> None:
    _, page, command = tell("")
    half = MIN_LAYER_PUPILS // SMALL_HOUR
    assert f"Kleinste leerlaag {MIN_LAYER_PUPILS} leerlingen." in page
    assert f"In elk lesuur dat meetelt, zijn het er minstens {half}." in page
    assert f"{MIN_ROOMS} klassen die tegelijk gemeten worden" in page
    assert f"als er {MIN_ROOMS} klassen gemeten worden" in command
    assert f"in één lesuur {MIN_LAYER_PUPILS} van haar leerlingen gemeten worden" in command
    assert f"half zoveel ({half} en {MIN_SCHOOL_PUPILS // SMALL_HOUR})" in command
    assert f"({MIN_LAYER_PUPILS} leerlingen)" in finding(FindingKind.LAYER_UNMEASURED)
    assert f"({MIN_SCHOOL_PUPILS} leerlingen)" in finding(FindingKind.SCHOOL_UNMEASURED)
    assert f"minder dan {MIN_ROOMS} lokalen" in finding(FindingKind.HOUR_TOO_SMALL)
    text = document("privacy.md")
    assert f"minstens {MIN_ROOMS} klassen tegelijk" in text
    assert f"{MIN_LAYER_PUPILS} ({MIN_SCHOOL_PUPILS}) leerlingen gemeten worden" in text
    assert f"hooguit {LARGEST_CLASS}" in text
    assert f"hooguit {LARGEST_CLASS}" in document("rooster.md")


def test_what_a_change_does_and_what_floors_do_not_hold_against_is_said_everywhere(
    tell: Tell,
) -> None:
    _, page, command = tell("")
    assert MOST_CHANGED == 1 / 4
    for text in (page, command, document("privacy.md")):
        assert "meer dan een kwart van" in text
        assert "weken lang" in text, "a class that is left out"
    assert "Wie beide vervalst, kan een kleine groep groot laten lijken." in page
    assert "Wie beide kan wijzigen, kan lokalen en lessen verzinnen" in command
    assert "kan lokalen, plaatsen en lessen verzinnen" in document("privacy.md")
