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
    contacting = [capture for capture in captures if capture.contacted & PROTOCOL]
    assert len(contacting) > 10
    assert [capture.app for capture in contacting if capture.active & PROTOCOL] == []


def test_an_app_that_is_opened_for_seconds_is_a_glance(captures: list[Judged]) -> None:
    """The longest capture of Reddit has 26 seconds."""
    reddit = [capture for capture in captures if capture.app == "Reddit app"]
    assert len(reddit) == 5
    assert all("reddit" in capture.contacted and "reddit" in PLATFORMS for capture in reddit)
    assert not any(capture.active for capture in reddit)
