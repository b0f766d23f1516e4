"""AdGuard's registry of services."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.catalogue.comparison.lists.entry import ListEntry, ListReading
from monitor.catalogue.comparison.lists.service_registry import MAX_LENGTH
from monitor.catalogue.comparison.lists.service_registry import parse_service_registry as read_text
from schedules.problem import InvalidValue
from tests.monitor.catalogue.comparison.lists.reading import problems, read

REGISTRY = {
    "blocked_services": [
        {"id": "hyves", "name": "Hyves", "rules": ["||hyves.nl^", "|a-*.hyves.nl^"], "icon": ""},
        {"id": "krabbel", "rules": ["||krabbel.nl^"], "group": "social_network"},
    ],
    "groups": [],
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def read_registry(text: str) -> tuple[list[ListEntry], ListReading]:
    return read(lambda noted: read_text(text, noted))


def test_every_rule_is_about_its_service() -> None:
    entries, noted = read_registry(json.dumps(REGISTRY))
    assert entries == [ListEntry("hyves.nl", "hyves"), ListEntry("krabbel.nl", "krabbel")]
    assert noted.skipped == 1


def test_a_wrong_service_or_rule_is_noted_and_the_others_are_read() -> None:
    services = [{"id": 7}, {"id": "hyves", "rules": [7, "||^", "||hyves.nl^"]}, "hyves"]
    entries, noted = read_registry(json.dumps({"blocked_services": services}))
    assert [entry.hostname for entry in entries] == ["hyves.nl"]
    assert problems(noted) == [
        "lijst, service 1: {'id': 7}",
        "lijst, service 2 ('hyves'), rule 1: 7",
        "lijst, service 2 ('hyves'), rule 2: ||^",
        "lijst, service 3: hyves",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"blocked_services": [\n}', "line 2: "),
        ("[1, 2]", "other JSON"),
        ('{"blocked_services": {}}', "other JSON"),
        ("[" * 200_000, "JSON in too many layers"),
        ("[" + " " * MAX_LENGTH + "]", f"{MAX_LENGTH + 2} characters of JSON"),
        ("1" * 5_000, "Exceeds the limit"),
    ],
    ids=["broken", "a list", "no services", "deep", "large", "a large number"],
)
def test_what_is_no_registry_is_unreadable(text: str, found: str) -> None:
    with pytest.raises(InvalidValue) as wrong:
        read_registry(text)
    assert wrong.value.found.startswith(found)


@given(st.lists(JSON | st.fixed_dictionaries({"id": JSON, "rules": JSON})))
def test_no_service_raises(services: list[object]) -> None:
    read_registry(json.dumps({"blocked_services": services}))
