"""What everyone reads of a school is what its configuration says: another file, another page."""

from collections.abc import Callable
from importlib.metadata import version

import pytest
from django.test import Client

from tests.dashboards.public.conftest import Ask

CONTACT = """
[contact]
name = "de balie"
email = "balie@voorbeeld.example"
privacy_officer = "M. de Wit, fg@voorbeeld.example"
objection = "Schrijf een brief aan de directie."
"""
STAFF = '[[place]]\nprefixes = ["10.40.0.0/16"]\nroom = "A1"\nrole = "staff"\n'
CONSENT = '[staff]\nconsent = "verslag van 12 mei"\n'
INSIDE = """
[school]
name = "Het Voorbeeld"
[[layer]]
name = "vwo"
pupils = 700
[[place]]
prefixes = ["10.30.14.0/24"]
room = "B204"
[radius]
listen = "10.0.0.9:1813"
[web]
listen = "127.0.0.1:9467"
address = "http://lesrust.intern.example"
[metrics]
listen = "10.0.0.8:9464"
[[member]]
email = "a.yildiz@voorbeeld.example"
roles = ["leadership"]
"""


def school(*layers: tuple[str, int], more: str = "") -> str:
    entries = (f'[[layer]]\nname = "{name}"\npupils = {pupils}\n' for name, pupils in layers)
    return '[school]\nname = "Het Voorbeeld"\n' + "".join(entries) + more


CHANGES = [
    pytest.param(
        '[school]\nname = "De Overkant"\n',
        ["De directie van De Overkant is verantwoordelijk", "De school heeft minder dan 200"],
        id="name, without layers",
    ),
    pytest.param(
        school(("1", 60), ("2", 70), ("3", 150)),
        ["1 + 2 (samengevoegd", "3 Kleinste", "Alleen per week: de school heeft minder dan 500"],
        id="merged layers",
    ),
    pytest.param(
        school(("1", 40), ("2", 30)),
        ["Te klein voor een eigen cijfer 1, 2", "eigen cijfer Geen.", "Er zijn geen cijfers."],
        id="layers that stay too small",
    ),
    pytest.param(
        school(("1", 600), more='[catalogue]\nswitched_on = ["discord"]\n'),
        ["Discord"],
        id="platform on",
    ),
    pytest.param(
        school(("1", 600), more="[web]\naudit_years = 7\n"),
        [
            "aan Lesrust heeft gewijzigd 7 jaar",
            "hooguit 7 jaar na de les",
            "en wanneer 7 jaar nadat het eindigde",
        ],
        id="log",
    ),
    pytest.param(
        school(("1", 600), more=CONTACT),
        [
            "Vragen de balie, balie@voorbeeld.example",
            "M. de Wit, fg@voorbeeld.example",
            "Schrijf een brief aan de directie.",
        ],
        id="contact",
    ),
]


@pytest.mark.parametrize(("text", "sentences"), CHANGES)
def test_the_page_follows_the_configuration(
    text: str, sentences: list[str], transparency: Ask, at_school: Callable[[str], None]
) -> None:
    before = transparency()
    at_school(text)
    after = transparency()
    for sentence in sentences:
        assert sentence not in before
        assert sentence in after


@pytest.mark.parametrize(
    ("more", "sentences"),
    [
        (
            f"{CONSENT}{STAFF}",
            [
                "De school heeft die hier vastgelegd: verslag van 12 mei",
                "Telt mee, volgens verslag",
            ],
        ),
        (STAFF, ["Apparaten van personeel tellen niet mee.", "Personeel Telt niet mee."]),
        (
            CONSENT,
            [
                "dan telt het als dat van een leerling.",
                "Is niet te herkennen, en telt als leerling.",
            ],
        ),
        ("", ["dan telt het als dat van een leerling.", "vastgelegd."]),
        ('[attachments]\nfile = "weg.csv"\n', ["dan telt het als dat van een leerling."]),
    ],
    ids=[
        "with consent",
        "without",
        "nothing tells them, with consent",
        "nothing tells them",
        "unreadable",
    ],
)
def test_of_staff_it_says_what_holds_here(
    more: str, sentences: list[str], transparency: Ask, at_school: Callable[[str], None]
) -> None:
    at_school(school(("1", 600), more=more))
    shown = transparency()
    for sentence in sentences:
        assert sentence in shown
    assert ("tellen niet mee" in shown) == (more == STAFF)


def test_a_platform_that_is_switched_off_is_not_counted(
    transparency: Ask, at_school: Callable[[str], None]
) -> None:
    assert "Pinterest" in transparency()
    at_school(school(("1", 600), more='[catalogue]\nswitched_off = ["pinterest"]\n'))
    assert "Pinterest" not in transparency()


def test_without_a_contact_it_says_that_there_is_none_yet(transparency: Ask) -> None:
    assert transparency().count("De school heeft dit nog niet ingevuld.") == 3
    assert transparency("en").count("The school has not filled this in yet.") == 3


@pytest.mark.parametrize("page", ["/transparantie/", "/toegankelijkheid/"])
def test_nothing_of_the_inside_is_told(
    page: str, client: Client, at_school: Callable[[str], None]
) -> None:
    at_school(INSIDE)
    answer = client.get(page)
    told = answer.content.decode() + str(answer.headers)
    inner = ["10.30.", "10.0.0", "9467", "9464", "intern.example", "B204", "yildiz", "Django"]
    assert [secret for secret in (*inner, version("lesrust")) if secret in told] == []
