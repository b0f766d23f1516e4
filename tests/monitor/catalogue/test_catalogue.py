"""The catalogue in force, as the rest of the core asks it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.catalogue import Catalogue, HostnameRole, Match, load_catalogue
from schedules.problem import Refused

PROTOCOL = {
    "facebook",
    "instagram",
    "linkedin",
    "pinterest",
    "snapchat",
    "tiktok",
    "weblogs",
    "x",
    "youtube",
}
CATALOGUE = load_catalogue()


def on(catalogue: Catalogue) -> set[str]:
    return {platform.name for platform in catalogue.platforms if platform.is_on}


def test_the_platforms_of_the_protocol_are_on_and_no_others() -> None:
    assert on(CATALOGUE) == PROTOCOL
    assert "whatsapp" in {platform.name for platform in CATALOGUE.platforms}


@pytest.mark.parametrize(
    ("hostname", "platform", "role"),
    [
        ("www.instagram.com", "instagram", "app"),
        ("scontent-ams2-1.cdninstagram.com", "instagram", "media"),
        ("instagram.fams1-1.fna.fbcdn.net", "instagram", "media"),
        ("scontent.fams1-1.fna.fbcdn.net", "facebook", "media"),
        ("connect.facebook.net", "facebook", "embed"),
        ("graph.facebook.com", "facebook", "embed"),
        ("edge-mqtt.facebook.com", "facebook", "background"),
        ("www.youtube-nocookie.com", "youtube", "embed"),
        ("accounts.youtube.com", "youtube", "auth"),
        ("youtubei.googleapis.com", "youtube", "app"),
        ("rr2---sn-5hne6nsk.googlevideo.com", "youtube", "media"),
        ("t.co", "x", "embed"),
        ("snap.api.mapbox.com", "snapchat", "media"),
        ("mon.musical.ly", "tiktok", "background"),
        ("px.ads.linkedin.com", "linkedin", "embed"),
        ("klas3a.blogspot.nl", "weblogs", "app"),
        ("pixel.wp.com", "weblogs", "embed"),
    ],
)
def test_a_hostname_is_recognised_for_what_it_is(hostname: str, platform: str, role: str) -> None:
    assert CATALOGUE.recognise(hostname) == Match(platform, HostnameRole(role))


def test_a_platform_that_is_off_is_not_recognised_until_it_is_switched_on() -> None:
    assert CATALOGUE.recognise("web.whatsapp.com") is None
    switched = load_catalogue(switched_on=["whatsapp"])
    assert switched.recognise("web.whatsapp.com") == Match("whatsapp", HostnameRole.APP)
    assert on(switched) == PROTOCOL | {"whatsapp"}


def test_a_platform_that_is_switched_off_is_not_recognised() -> None:
    assert load_catalogue(switched_off=["x"]).recognise("x.com") is None


def test_a_hostname_of_a_platform_that_is_off_does_not_fall_to_another() -> None:
    assert load_catalogue(switched_off=["instagram"]).recognise("mqtt-ig-p4.facebook.com") is None


def test_an_overlay_is_in_force_and_ours_beside_it(tmp_path: Path) -> None:
    overlay = tmp_path / "eigen.txt"
    overlay.write_text("weblogs app blog.voorbeeldschool.nl\n- onzeschool.wordpress.com\n")
    catalogue = load_catalogue(overlay=overlay)
    assert catalogue.recognise("blog.voorbeeldschool.nl") == Match("weblogs", HostnameRole.APP)
    assert catalogue.recognise("onzeschool.wordpress.com") is None
    assert catalogue.recognise("klas3a.wordpress.com") == Match("weblogs", HostnameRole.APP)


def test_an_overlay_switches_nothing_on(tmp_path: Path) -> None:
    overlay = tmp_path / "eigen.txt"
    overlay.write_text("whatsapp app chat.voorbeeldschool.nl")
    assert load_catalogue(overlay=overlay).recognise("chat.voorbeeldschool.nl") is None


def test_all_that_is_wrong_is_refused_at_once(tmp_path: Path) -> None:
    overlay = tmp_path / "eigen.txt"
    overlay.write_text("weblogs app blog.voorbeeldschool.nl\nhyves app hyves.nl\n")
    with pytest.raises(Refused) as refused:
        load_catalogue(switched_on=["watsapp"], overlay=overlay)
    assert [problem.where for problem in refused.value.problems] == [
        "catalogue.switched_on",
        f"{overlay}, line 2",
    ]


@pytest.mark.parametrize(
    "target",
    ["lb.wordpress.com", "domains.tumblr.com.", "target.substack-custom-domains.com", "a.ghost.io"],
)
def test_a_weblog_on_a_domain_of_its_own_is_known_by_its_alias(target: str) -> None:
    assert CATALOGUE.recognise_cname(target) == Match("weblogs", HostnameRole.APP)


def test_an_alias_of_many_services_is_nobodys() -> None:
    assert CATALOGUE.recognise_cname("ghs.google.com") is None
    assert CATALOGUE.recognise_cname("wordpress.com") is None


def test_an_alias_of_a_platform_that_is_off_is_nobodys() -> None:
    assert load_catalogue(switched_off=["weblogs"]).recognise_cname("lb.wordpress.com") is None


def test_reasons_and_what_is_shared_are_kept() -> None:
    shared = {str(p): g.shared_with for g in CATALOGUE.groups["facebook"] for p in g.hostnames}
    assert shared["fbcdn.net"] == ("instagram", "threads")


@given(st.text() | st.text(max_size=9).map(lambda text: f"{text}.facebook.com"))
def test_nothing_that_is_asked_raises(text: str) -> None:
    CATALOGUE.recognise(text)
    CATALOGUE.recognise_cname(text)


def test_an_alias_is_looked_at_where_the_name_says_nothing() -> None:
    assert CATALOGUE.recognise("www.voorbeeldschool.nl", "lb.wordpress.com") == Match(
        "weblogs", HostnameRole.APP
    )
    assert CATALOGUE.recognise("x.com", "lb.wordpress.com") == Match("x", HostnameRole.APP)
    assert CATALOGUE.recognise("www.voorbeeldschool.nl", "ghs.google.com") is None
