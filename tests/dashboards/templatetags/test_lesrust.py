"""How times, and what is typed in a terminal, are written on every page."""

from datetime import datetime

import pytest
from django.utils.translation import override

from dashboards.templatetags.lesrust import day_and_time, mark_code
from tests.cast import AMSTERDAM


@pytest.mark.parametrize(("language", "text"), [("nl", "ma 5 okt"), ("en", "Mon 5 Oct")])
def test_a_moment_is_written_with_its_day(language: str, text: str) -> None:
    with override(language):
        written = day_and_time(datetime(2026, 10, 5, 8, 5, tzinfo=AMSTERDAM))
    assert written.startswith(text)
    assert written.endswith(", 08:05")


def test_what_is_typed_is_set_apart() -> None:
    assert mark_code("Run `lesrust check`: now.") == "Run <code>lesrust check</code>: now."
    assert mark_code("Nothing.") == "Nothing."


def test_what_could_be_markup_is_not() -> None:
    assert mark_code("<b> `<i>` &") == "&lt;b&gt; <code>&lt;i&gt;</code> &amp;"
