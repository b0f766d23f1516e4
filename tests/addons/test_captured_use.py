"""In real captures of other apps nobody uses a platform, whatever their kits contact."""

import pytest

from tests.benchmark.captured_use import PLATFORMS, Judged, judged, labelled
from tests.cast import CATALOGUE

PROTOCOL = {platform.name for platform in CATALOGUE.platforms if platform.is_on}

pytestmark = [
    pytest.mark.needs("libpcap"),
    pytest.mark.skipif(
        not labelled(), reason="the captures, which are no part of the project, are not here"
    ),
]


@pytest.fixture(scope="module")
def captures() -> list[Judged]:
    return list(judged())


def test_apps_with_kits_and_pages_with_widgets_make_nobody_active(captures: list[Judged]) -> None:
    contacting = [each for each in captures if each.contacted & PROTOCOL]
    assert len(contacting) > 10
    assert [each.app for each in contacting if each.active & PROTOCOL] == []


def test_an_app_that_is_opened_for_seconds_is_a_glance(captures: list[Judged]) -> None:
    """The longest capture of Reddit has 26 seconds."""
    reddit = [each for each in captures if each.app == "Reddit app"]
    assert len(reddit) == 5
    assert all("reddit" in each.contacted and "reddit" in PLATFORMS for each in reddit)
    assert not any(each.active for each in reddit)
