"""Every paper in every kind of school: whole, and saying nothing that does not hold there."""

import re
from collections.abc import Iterator, Mapping

import pytest

from dashboards.papers.paper import INVALID, PAPERS, TEMPLATES
from tests.dashboards.cast import SCHOOL
from tests.dashboards.papers.conftest import (
    CONTACT,
    PAGE,
    PLACES,
    SCHOOLS,
    WATCH,
    Describe,
    Write,
)

every_school = pytest.mark.parametrize("name", SCHOOLS)
FOR_PUPILS = "informatie-leerlingen.md"
FOR_PARENTS = "informatie-ouders.md"
FOR_STAFF = "informatie-personeel.md"
STAFF_LETTER = "brief-personeelsgeleding.md"
CITED = re.compile(r"artikel(?:en)? \d|overweging \d|Wet \w|[Tt]elecommunicatiewet")


def everything(papers: Mapping[str, str]) -> str:
    return "\n".join(papers.values())


def test_each_paper_is_a_template() -> None:
    assert sorted(path.name for path in TEMPLATES.iterdir()) == sorted(PAPERS)


@every_school
def test_no_place_is_left_unfilled(name: str, write: Write) -> None:
    for paper, text in write(SCHOOLS[name]).items():
        assert text.startswith("# "), paper
        for sign in (INVALID[0], "{{", "{%", "None", "False", "True", "()", "| |\n| |", " ."):
            assert sign not in text.replace("| | |\n|---|---|", ""), (paper, sign)


@every_school
def test_every_row_of_a_table_has_all_of_its_cells(name: str, write: Write) -> None:
    for paper, text in write(SCHOOLS[name]).items():
        for table in re.findall(r"(?:^\|.*\n)+", text, flags=re.MULTILINE):
            header, rule, *rows = table.splitlines()
            assert set(rule) == {"|", "-"}, (paper, rule)
            assert rows, (paper, header)
            widths = {len(re.split(r"(?<!\\)\|", row)) for row in (header, rule, *rows)}
            assert len(widths) == 1, (paper, table)
            cells = [cell for row in rows for cell in re.split(r"(?<!\\)\|", row)[1:-1]]
            assert all(cell.strip() for cell in cells), (paper, table)


@every_school
def test_every_citation_is_marked_as_long_as_nobody_has_read_it(name: str, write: Write) -> None:
    for paper, text in write(SCHOOLS[name]).items():
        for cited in CITED.finditer(text):
            rest = text[cited.start() : cited.start() + 140]
            assert "[niet geverifieerd]" in rest, (paper, rest)


@pytest.mark.parametrize("paper", PAPERS)
def test_a_template_cites_no_law_by_itself(paper: str) -> None:
    text = (TEMPLATES / paper).read_text("utf-8")
    assert CITED.findall(text) == []


@pytest.mark.parametrize("paper", PAPERS)
def test_a_template_asks_only_for_what_is_gathered(paper: str, describe: Describe) -> None:
    """What does not exist would be false in a condition, and nobody would see it."""
    school = describe(SCHOOLS["whole"])
    for path in re.findall(r"school((?:\.\w+)+)", (TEMPLATES / paper).read_text("utf-8")):
        value: object = school
        for attribute in path.split(".")[1:]:
            value = getattr(value, attribute)


def figures_of_the_school_itself(text: str) -> Iterator[str]:
    """Yield the numbers that a template types: those of a school are gathered."""
    plain = re.sub(r"\{\{.*?\}\}|\{%.*?%\}|`[^`]*`|\]\([^)]*\)", " ", text)
    plain = re.sub(
        r"(?m)^(?:#+ )?\d+\. |802\.1X|argon2|stap 3|EUPL-1\.2|\bR[12]\b|\| \d\. ", " ", plain
    )
    yield from re.findall(r"\d+", plain)


@pytest.mark.parametrize("paper", PAPERS)
def test_hardly_a_number_is_written_by_hand(paper: str) -> None:
    """A hundred guesses, half of them right when blind; hours of a session and to report; zero."""
    text = (TEMPLATES / paper).read_text("utf-8")
    assert set(figures_of_the_school_itself(text)) <= {"0", "12", "24", "50", "100"}


@every_school
def test_every_link_leads_to_another_paper(name: str, write: Write) -> None:
    papers = write(SCHOOLS[name])
    for text in papers.values():
        assert set(re.findall(r"\]\(([^)]+)\)", text)) <= papers.keys()


@every_school
def test_sanctions_and_files_on_persons_are_never(name: str, write: Write) -> None:
    protocol = write(SCHOOLS[name])["protocol.md"]
    assert "| **Sancties** | **nooit iets.**" in protocol
    assert "| **Een dossier of een bestand over een persoon** | **nooit.**" in protocol


# What holds at one school and not at another


def test_where_nothing_is_released_nothing_is_promised(write: Write) -> None:
    for name in ("bare", "no identity", "tiny"):
        text = everything(write(SCHOOLS[name]))
        assert "**Met deze instellingen komt er geen enkel cijfer.**" in text
        for claim in (
            "van de 100 keer",
            "ε =",
            "| R1 |",
            "met de cijfers per week",
            "weektotalen van",
        ):
            assert claim not in text, (name, claim)


def test_the_promise_of_an_address_holds_for_so_many(write: Write) -> None:
    papers = write(SCHOOLS["three addresses"])
    for name in ("dpia.md", FOR_PUPILS, FOR_PARENTS):
        assert "hoogstens 3 adressen" in papers[name], name
    assert "MAC-adres wisselt" not in papers["dpia.md"]
    assert "adressen heeft" not in everything(write(SCHOOLS["plain"]))
    assert "hoogstens 1 adres heeft" in write(SCHOOLS["one address"])["dpia.md"]


def test_tables_that_are_withheld_are_announced_nowhere(write: Write) -> None:
    """With several addresses a device there are no figures of days, weeks or layers."""
    papers = write(SCHOOLS["three addresses"])
    text = everything(papers)
    assert "R3 heeft hier geen eigen cijfers" in papers["dpia.md"]
    assert "| R3 |" not in papers["dpia.md"]
    assert "per lesuur en per week, van de hele school" in papers[FOR_PARENTS]
    assert "van leerlagen van minstens" not in text
    assert "**Leerlagen met een eigen cijfer**: geen." in text


def test_a_small_school_has_figures_of_weeks_alone(write: Write) -> None:
    papers = write(SCHOOLS["small"])
    assert "aantallen per week, van de hele school" in papers[FOR_PARENTS]
    assert "krijgt niemand te zien" in papers["dpia.md"]
    assert "alleen opgeteld, per week" in papers["dpia.md"]


@pytest.mark.parametrize(("name", "unit"), [("persons", "persoon"), ("plain", "apparaat")])
def test_what_counts_once_is_what_is_promised(name: str, unit: str, write: Write) -> None:
    papers = write(SCHOOLS[name])
    assert f"De ruis beschermt één {unit} op één dag" in papers["dpia.md"]
    assert (unit == "apparaat") == ("Gebruik je twee apparaten" in papers[FOR_PUPILS])


def test_staff_are_not_counted_without_a_consent(write: Write) -> None:
    for name in SCHOOLS:
        text = everything(write(SCHOOLS[name]))
        assert ("verslag van 12 mei" in text) == name.startswith("staff"), name
    papers = write(SCHOOLS["whole"])
    assert "Er is geen instemming vastgelegd." in papers["dpia.md"]
    assert "zonder instemming wordt personeel niet geteld" in papers["protocol.md"]
    assert "De directie vraagt dit nu **niet**" in papers[STAFF_LETTER]


def test_staff_whom_nothing_names_are_said_to_count_as_pupils(write: Write) -> None:
    warning = "niets in de instellingen zegt"
    for name in ("plain", "staff unknown"):
        papers = write(SCHOOLS[name])
        assert warning in papers["dpia.md"]
        assert warning in papers[STAFF_LETTER]
        assert "Uw apparaat in een lokaal telt als dat van een leerling" in papers[FOR_STAFF]
        assert "zonder instemming wordt personeel niet geteld" not in papers["protocol.md"]
        assert "telt apparaten van personeel mee" not in papers["protocol.md"]
    for name in ("whole", "staff", "persons"):
        assert warning not in everything(write(SCHOOLS[name]))


def test_my_own_device_is_offered_only_where_it_is_on(write: Write) -> None:
    off = write(SCHOOLS["plain"])
    assert "De pagina staat **uit**" in off["rechten.md"]
    assert "heeft geen pagina aangezet" in off[FOR_PUPILS]
    assert "live, op ‘Mijn apparaat’" not in off["rechten.md"]
    on = write(SCHOOLS["whole"])
    address = "http://apparaat.voorbeeld.example:9466/mijn-apparaat"
    assert address in on["rechten.md"]
    assert address in on[FOR_PUPILS]
    assert "Zij gaat zonder TLS" in on["rechten.md"]
    assert "staat **uit**" not in on["rechten.md"]
    secure = write(SCHOOLS["page over TLS"])
    assert "Zij gaat over TLS." in secure["rechten.md"]
    assert "gaat zonder TLS" not in everything(secure)


@pytest.mark.parametrize(
    ("name", "said", "unsaid"),
    [
        ("plain", ["Een passieve sensor kijkt mee"], ["De gateway van Lesrust"]),
        (
            "gateway",
            ["zonder dat een apparaat iets instelt", "De burentabel"],
            ["passieve sensor k"],
        ),
        ("explicit proxy", ["als proxy is ingesteld", "**DHCP**"], ["iets instelt", "**RADIUS**"]),
        ("persons", ["**RADIUS**", "802.1X"], ["**DHCP**"]),
        ("one address", ["niet op te maken"], ["Een passieve sensor", "De gateway van Lesrust"]),
    ],
)
def test_how_it_looks_on_the_network(
    name: str, said: list[str], unsaid: list[str], write: Write
) -> None:
    dpia = write(SCHOOLS[name])["dpia.md"]
    assert [words for words in said if words not in dpia] == []
    assert [words for words in unsaid if words in dpia] == []


def test_how_long_figures_are_kept_and_what_a_lower_loss_does(write: Write) -> None:
    assert "weekcijfers 20 weken" in write(SCHOOLS["kept shorter"])["dpia.md"]
    assert "PostgreSQL" in write(SCHOOLS["kept shorter"])["verwerkingsregister.md"]
    half = write(SCHOOLS["half a loss"])["dpia.md"]
    assert "ε = 0,5 van één apparaat" in half
    assert "kleinere ε dan de regels vragen" in half
    assert "| 1 | 46 % |" not in half
    assert "kleinere ε dan" not in write(SCHOOLS["plain"])["dpia.md"]


def test_whom_to_turn_to(write: Write) -> None:
    missing = write(SCHOOLS["plain"])
    assert "nog niet ingevuld (`[contact] email`)" in missing[FOR_PARENTS]
    assert "- [ ] In `lesrust.toml` invullen onder `[contact]`: `name`" in missing["README.md"]
    text = everything(write(SCHOOLS["whole"]))
    assert "nog niet ingevuld (" not in text
    assert r"de\_balie@voorbeeld.example" in text


def test_a_second_factor_that_nobody_needs_is_said(write: Write) -> None:
    assert "voor geen enkele rol verplicht" in write(SCHOOLS["plain"])["dpia.md"]
    assert "verplicht voor: ICT en directie" in write(SCHOOLS["signed in"])["dpia.md"]


def test_what_a_school_types_breaks_no_table(write: Write) -> None:
    odd = SCHOOL.replace("onderbouw", "a | b").replace("Het Voorbeeld", "<De> *School*")
    papers = write(odd + PLACES + CONTACT + WATCH + PAGE)
    assert r"a \| b" in papers["dpia.md"]
    assert r"\<De\> \*School\*" in papers["README.md"]


def test_nothing_of_the_network_is_told(write: Write) -> None:
    """The papers are for everyone: no prefix, room or path of the configuration stands in them."""
    text = everything(write(SCHOOLS["whole"]))
    for inside in ("10.30.", "B204", "0.0.0.0", "eth1"):
        assert inside not in text


def test_what_ends_the_trial_is_asked_for_and_named_once_it_is_there(write: Write) -> None:
    papers = write(SCHOOLS["plain"])
    assert (
        "`[approval]` noemen: de vastgestelde DPIA (`dpia`) en het besluit" in papers["README.md"]
    )
    assert "concept, nog niet vastgesteld" in papers["dpia.md"]
    papers = write(SCHOOLS["whole"])
    assert "`[approval]` noemen" not in papers["README.md"]
    assert "de instellingen noemen als vastgestelde DPIA: DPIA, 12 mei" in papers["dpia.md"]
    assert "**Besluit van de medezeggenschapsraad:** MR, 12 mei" in papers["dpia.md"]


def test_what_staff_lose_is_not_added_to_what_pupils_do(write: Write) -> None:
    for name, has_figure in (("staff", True), ("staff unknown", False), ("whole", False)):
        text = write(SCHOOLS[name])["dpia.md"]
        assert ("| S1 |" in text, "personeel komt daar niet bij" in text) == (
            has_figure,
            has_figure,
        ), name
