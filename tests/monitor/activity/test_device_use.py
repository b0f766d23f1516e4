"""One device's sightings, judged without a timetable: the seam for captures."""

from monitor.activity.device_use import HOUR, DeviceUse, UsedPlatform, judge_sightings
from monitor.catalogue import HostnameRole
from monitor.evidence import Evidence
from monitor.sighting import Sighting
from tests.cast import CATALOGUE, at, sighting

NOW = at(8, 40)


def clips(moment: float, hostname: str, minutes: int = 3) -> list[Sighting]:
    return [
        sighting(moment + 30 * half, hostname=hostname, down=1_500_000)
        for half in range(2 * minutes)
    ]


def test_a_platform_that_is_used_and_one_that_is_not() -> None:
    polled = [sighting(NOW + 300 * n, hostname="www.tiktok.com", down=4_000) for n in range(9)]
    found = judge_sightings([*clips(NOW, "i.instagram.com"), *polled], CATALOGUE)
    assert found == {"instagram": UsedPlatform(NOW, "instagram", has_uploaded=False)}


def test_what_was_sent_is_said() -> None:
    photo = sighting(NOW, up=900_000, down=60_000)
    assert judge_sightings([photo], CATALOGUE)["instagram"].has_uploaded


def test_a_hidden_name_is_not_guessed() -> None:
    hidden = [clip._replace(evidence=Evidence.HIDDEN) for clip in clips(NOW, "i.instagram.com")]
    assert judge_sightings(hidden, CATALOGUE) == {}


def test_a_weblog_on_its_own_domain_is_known_by_its_alias() -> None:
    named = clips(NOW, "www.voorbeeldschool.nl")
    assert judge_sightings(
        [clip._replace(cname="lb.wordpress.com") for clip in named], CATALOGUE
    ).keys() == {"weblogs"}


def test_hours_are_judged_one_by_one() -> None:
    """Contacts at the same minutes of different hours do not add up."""
    spread = [
        sighting(NOW + HOUR * hour + 30 * hour, down=1_500_000, hostname="i.instagram.com")
        for hour in range(8)
    ]
    assert judge_sightings(spread, CATALOGUE) == {}
    assert judge_sightings([*spread, *clips(NOW + 3 * HOUR, "x.com")], CATALOGUE).keys() == {"x"}


def test_nothing_seen_is_nothing_used() -> None:
    assert judge_sightings([], CATALOGUE) == {}


def test_what_is_forgotten_takes_shared_names_along() -> None:
    device = DeviceUse()
    for half in range(4):
        device.add(("facebook",), HostnameRole.APP, NOW + 30 * half, 0, 30_000)
        device.add(("facebook", "instagram"), HostnameRole.MEDIA, NOW + 30 * half, 0, 900_000)
    device.forget({"instagram"})
    assert list(device.used_platforms()) == []
    device.forget(None)
    assert list(device.used_platforms()) == []
