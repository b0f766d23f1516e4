"""The prose stands in two languages: both say the same, and neither has a number of its own."""

import re
from pathlib import Path

import pytest

import dashboards

TEMPLATES = Path(dashboards.__file__).parent / "templates" / "public"
NAMES = ["transparency", "accessibility"]


def prose(language: str, name: str) -> str:
    return (TEMPLATES / language / f"{name}.html").read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_have_the_same_structure(name: str) -> None:
    tags = re.compile(r"<(?:h\d|li|dt|dd|p|a|tr|th|td)\b(?: (?:id|href|class|scope)=\"[^\"]*\")*")
    assert tags.findall(prose("nl", name)) == tags.findall(prose("en", name))


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_state_the_same_facts(name: str) -> None:
    facts = re.compile(r"\{\{.*?\}\}|\{% (?:if|for|include|else|elif|endif|endfor|empty).*?%\}")
    assert facts.findall(prose("nl", name)) == facts.findall(prose("en", name))


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_no_number_is_written_by_hand(path: Path) -> None:
    text = re.sub(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<[^>]*>", " ", path.read_text("utf-8"))
    assert re.findall(r"\d+", text) == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_heading_is_in_the_list_of_contents(language: str) -> None:
    text = prose(language, "transparency")
    assert re.findall(r'<li><a href="#(\w+)">', text) == re.findall(r'<h2 id="(\w+)">', text)


@pytest.mark.parametrize(
    ("language", "seen", "unseen"),
    [
        ("nl", "eigen mobiele data", "Die ziet Lesrust helemaal niet."),
        ("en", "mobile data of its own", "Lesrust does not see those at all."),
    ],
)
def test_phones_on_mobile_data_are_said_not_to_be_seen(
    language: str, seen: str, unseen: str
) -> None:
    (said,) = [line for line in prose(language, "transparency").splitlines() if seen in line]
    assert unseen in said


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_could_be_seen_is_told_of_devices_and_in_no_number_of_connections(
    language: str,
) -> None:
    section = prose(language, "transparency").partition('<h2 id="zicht">')[2].partition("<h2")[0]
    numbers = [line for line in section.splitlines() if "{{" in line]
    assert numbers
    assert [line for line in numbers if re.search("verbindingen|connections", line)] == []


def test_sentences_are_short() -> None:
    text = re.sub(
        r"\{#.*?#\}|<(?!/(?:p|li|h\d|dd|dt|td|th)>)[^>]*>", " ", prose("nl", "transparency")
    )
    sentences = re.split(r"[.?!:]\s|</\w+>|\{%.*?%\}", text)
    words = {sentence.strip(): len(re.findall(r"[\w’]+", sentence)) for sentence in sentences}
    assert max(words.values()) <= 26
    assert sum(words.values()) / sum(1 for count in words.values() if count) < 11
