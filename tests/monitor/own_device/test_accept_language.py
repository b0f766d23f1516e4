"""Which language is asked for."""

import pytest

from monitor.own_device.accept_language import preferred_language


@pytest.mark.parametrize(
    ("accepted", "preferred"),
    [
        ("", "nl"),
        ("en", "en"),
        ("en-US,en;q=0.5", "en"),
        ("nl,en-US;q=0.7,en;q=0.3", "nl"),
        ("en;q=0.3, nl-NL;q=0.8", "nl"),
        ("de-DE, en;q=0.1", "en"),
        ("de", "nl"),
        ("*", "nl"),
        ("en;q=0", "nl"),
        ("en;q=much", "nl"),
    ],
)
def test_dutch_unless_english_is_preferred(accepted: str, preferred: str) -> None:
    assert preferred_language(accepted) == preferred
