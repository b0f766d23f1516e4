"""Messages are looked up in the catalogues of all packages, when they are read."""

import pytest

from schedules.language import (
    Language,
    Message,
    gettext,
    gettext_lazy,
    ngettext,
    npgettext,
    override,
    pgettext,
    pgettext_lazy,
)
from schedules.language.messages import DOMAINS

SPAN = "{first} to {last}"


def test_english_is_what_stands_in_the_code() -> None:
    assert gettext(SPAN, first="1", last="4 May 2026") == "1 to 4 May 2026"


def test_dutch_stands_in_a_catalogue() -> None:
    with override(Language.DUTCH):
        assert gettext(SPAN, first="1", last="4 mei 2026") == "1 t/m 4 mei 2026"


def test_the_pages_have_the_same_catalogue_as_the_terminal() -> None:
    with override(Language.DUTCH):
        assert gettext("School year") == "Schooljaar"


def test_what_no_catalogue_has_stays_english() -> None:
    with override(Language.DUTCH):
        assert gettext("{a} thing") == "{a} thing"
        assert pgettext("nowhere", "thing") == "thing"
        assert npgettext("nowhere", "{count} thing", "{count} things", 2) == "2 things"


@pytest.mark.parametrize(
    ("count", "said"), [(1, "1 thing"), (2, "2 things"), (1234, "1,234 things")]
)
def test_a_number_of_things_is_written(count: int, said: str) -> None:
    assert ngettext("{count} thing", "{count} things", count) == said


def test_a_lazy_message_is_looked_up_when_it_is_read() -> None:
    message = gettext_lazy(SPAN)
    assert message.format(first="a", last="b") == "a to b"
    with override(Language.DUTCH):
        assert f"{message}" == "{first} t/m {last}"
        assert message.format(first="a", last="b") == "a t/m b"


def test_a_message_is_what_it_says() -> None:
    assert gettext_lazy("thing") == Message("thing")
    assert pgettext_lazy("nowhere", "thing") == Message("thing", "nowhere")
    assert str(pgettext_lazy("nowhere", "thing")) == "thing"


def test_every_package_has_a_catalogue() -> None:
    assert set(DOMAINS) == {"addons", "dashboards", "monitor", "schedules", "simulation"}
