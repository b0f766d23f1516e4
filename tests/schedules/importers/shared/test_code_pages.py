"""The same bytes are other letters in Windows and in DOS: names tell which it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.importers.shared.code_pages import DOS, WINDOWS, recognise_code_page

NAMES = (
    '"Céz"',
    "MüSt;3HÄ",
    "Beyoncé",
    "Ähler;KÖ",
    "Kö;Zoë",
    "ÉLISE",
    "Noël van Daële",
    "Çelik",
    "Bjørn Åse",
    "Núñez",
    "França",
    "François;Zoë",
)


@pytest.mark.parametrize("text", NAMES)
@pytest.mark.parametrize("encoding", [WINDOWS, DOS])
def test_names_tell_the_code_page(text: str, encoding: str) -> None:
    assert recognise_code_page(text.encode(encoding)) == encoding


@pytest.mark.parametrize(
    "text",
    [
        "Aula – groot",
        "foto’s",
        "“zie” Van Dalen",
        "wacht…",
        "€ 5",
        "Šimon",
        "Miloš",
        "21° C",
        "Œuf",
    ],
)
def test_what_only_windows_has_is_of_windows(text: str) -> None:
    assert recognise_code_page(text.encode(WINDOWS)) == WINDOWS


@pytest.mark.parametrize("content", [b"\x81\xff", bytes(range(128, 256))])
def test_what_is_odd_in_both_is_of_neither(content: bytes) -> None:
    assert recognise_code_page(content) is None


@given(st.binary())
def test_what_is_recognised_can_be_decoded(content: bytes) -> None:
    encoding = recognise_code_page(content)
    assert encoding is None or content.decode(encoding) is not None
