"""The school of the pages is that of the configuration."""

from pathlib import Path

import pytest

from dashboards.school.profile import own_profile


@pytest.mark.store
def test_the_school_is_that_of_the_configuration(web: Path) -> None:
    profile = own_profile()
    assert profile.pupils == 1_200
    assert list(profile.layers) == ["vwo", "brugklas"]
    assert profile.titles["tiktok"] == "TikTok"
    assert profile.is_daily
