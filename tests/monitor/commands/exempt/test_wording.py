"""Both languages say everything."""

from dataclasses import fields
from string import Formatter

import pytest

from monitor.commands.exempt.wording import DUTCH, ENGLISH, Wording
from schedules.exemption import ExemptionScope, ExemptionState
from schedules.exemption_rules import DenialReason


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("words", [DUTCH, ENGLISH])
def test_there_is_a_text_for_every_denial_scope_and_state(words: Wording) -> None:
    assert set(words.denials) == set(DenialReason)
    assert set(words.scopes) == set(ExemptionScope)
    assert set(words.states) == set(ExemptionState)


def test_both_languages_fill_in_the_same() -> None:
    for field in fields(Wording):
        dutch, english = getattr(DUTCH, field.name), getattr(ENGLISH, field.name)
        if isinstance(dutch, str):
            assert blanks(dutch) == blanks(english), field.name
    assert len(DUTCH.columns) == len(ENGLISH.columns)
