"""The hostnames that come with Lesrust, held against what is known of real traffic."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypedDict

import pytest

from monitor.catalogue import HostnameRole, load_catalogue
from monitor.catalogue.comparison.left_out import load_left_out_list
from monitor.catalogue.overlay import parse_overlay
from monitor.catalogue.platform_files import HostnameGroup, PlatformFile, load_platform_files

FILES, PROBLEMS = load_platform_files()
CATALOGUE = load_catalogue(switched_on=[file.name for file in FILES if not file.is_on])
ON = {file.name for file in FILES if file.is_on}
ALL = pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
PROJECT = Path(__file__).parents[3]
PAGE = PROJECT / "docs" / "developers" / "catalogue.md"
SHARED = PROJECT / ".." / "shared"
TRUTH = SHARED / "traffic" / "truth.jsonl"
FACTS = SHARED / "facts" / "catalogue.json"

ROLES = {
    "first_party": HostnameRole.APP,
    "cdn_media": HostnameRole.MEDIA,
    "embed_sdk_tracker": HostnameRole.EMBED,
    "background_push_telemetry": HostnameRole.BACKGROUND,
    "background_push": HostnameRole.BACKGROUND,
    "auth_sso": HostnameRole.AUTH,
}
OUR_ROLE = {
    # An advertisement on another site, and two pixels: the truth goes by their domain.
    "view.atdmt.com": HostnameRole.EMBED,
    "analytics.facebook.com": HostnameRole.EMBED,
    "pixel.facebook.com": HostnameRole.EMBED,
    # The facts have it twice, by its name and by whom they saw sending it.
    "b-graph.facebook.com": HostnameRole.BACKGROUND,
    "b-api.facebook.com": HostnameRole.BACKGROUND,
    # Photos, from the content network of 2015.
    "photos-a.ak.instagram.com": HostnameRole.MEDIA,
    "photos-b.ak.instagram.com": HostnameRole.MEDIA,
    "photos-e.ak.instagram.com": HostnameRole.MEDIA,
    "photos-f.ak.instagram.com": HostnameRole.MEDIA,
    "photos-g.ak.instagram.com": HostnameRole.MEDIA,
    "photos-h.ak.instagram.com": HostnameRole.MEDIA,
    # Signing in, to other apps with Snapchat as well.
    "accounts.snapchat.com": HostnameRole.AUTH,
    # Measurements: the facts name them so by `log16-*`, and go by their domain elsewhere.
    "libra16-normal-useast5.tiktokv.us": HostnameRole.BACKGROUND,
    "log16-normal-useast5.tiktokv.us": HostnameRole.BACKGROUND,
    "tnc16-normal-useast8.tiktokv.us": HostnameRole.BACKGROUND,
    # Its names are interfaces and measurements, also CapCut's.
    "byteoversea.com": HostnameRole.BACKGROUND,
    # A film, from the content network of 2013; and pictures of channels.
    "o-o.preferred.telekomrs-beg1.v2.lscache8.c.youtube.com": HostnameRole.MEDIA,
    "yt3.googleusercontent.com": HostnameRole.MEDIA,
    # In DNS the alias of www.youtube.com: the facts have it as a site and as a content network.
    "youtube-ui.l.google.com": HostnameRole.APP,
    # The app's interface. An idle Android phone asks for it as well, so that it is shared with it.
    "youtubei.googleapis.com": HostnameRole.APP,
    # Images and files of any WordPress site, a newspaper's too.
    "i0.wp.com": HostnameRole.EMBED,
    "s0.wp.com": HostnameRole.EMBED,
}
"""Where the role of the truth or of the facts, which go by suffix, is not ours, and why."""

OUR_PLATFORM = {
    # All of Meta's apps hold it: it is in Facebook's file, and says with whom it is shared.
    "edge-mqtt.facebook.com": "facebook",
    "mqtt-mini.facebook.com": "facebook",
    "static.xx.fbcdn.net": "facebook",
}
"""Hostnames that the facts have under two platforms."""

NOT_A_HOSTNAME = {
    "www.instagram.com/embed.js", "www.youtube.com/embed", "pinterest.<cc>", "*.blogspot.<tld>",
    "igcdn-photos-*.akamaihd.net", "roovza*.appsflyersdk.com",
    "log16-*.tiktokv.us", "tnc16-*.tiktokv.us", "libra16-*.tiktokv.us", "pull-*.tiktokcdn.com",
}  # fmt: skip
"""What the facts write that is no hostname and no pattern of ours; its hostnames are there."""

NOBODYS = {"notifications-pa.googleapis.com"}
"""Of all of Google's apps: that it was contacted says nothing of YouTube."""

LOOKALIKES = [
    "netflix.com",
    "dropbox.com",
    "roblox.com",
    "webex.com",
    "wix.com",
    "api.mapbox.com",
    "detectportal.firefox.com",
    "exposebox.com",
    "microsoft.com",
    "www.reddit.com.example",
    "flipkart.com",
    "g.alicdn.com",
    "videosnap.like.video",
    "api.snapcraft.io",
    "notfacebook.com",
    "facebook.com.phishing.example",
    "www.instagram.com.evil.example",
    "connect.facebook.net.edgekey.net",
    "pull-hls-l1.tiktokcdn.com.wsdvs.com",
    "wordpress.org",
    "nl.wordpress.org",
    "ghost.org",
    "redirector.gvt1.com",
    "lh3.googleusercontent.com",
    "lh3.ggpht.com",
    "accounts.google.com",
    "play.googleapis.com",
    "l-0005.l-msedge.net",
    "a39.g.akamai.net",
    "s3.amazonaws.com",
    "abc.playback.live-video.net",
    "web-log.example",
    "hotapi-va.isnssdk.com",
    "rtmp-l11.tiktokcdn.liveplay.myqcloud.com",
    "pull-fcdn-self-oversea.s.bytetcdn.com",
    "fbstatic-a.akamaihd.net.edgesuite.net",
    "zattosecurehd2-f.akamaihd.net",
    "distilleryimage5.s3.amazonaws.com.example",
    "t.appsflyer.com",
    "twitter.map.fastly.net",
    "www.workplace.com",
    "facebok.com",
    "instagran.com",
    "www.snap.com",
    "vine.co",
]


class HostnameRow(TypedDict, total=False):
    hostname: str
    platform: str
    role: str
    lookalike: str
    other: str


type Facts = dict[str, Any]


@pytest.fixture(scope="module")
def facts() -> Facts:
    if not FACTS.exists():
        pytest.skip("the shared facts are not here")
    found: Facts = json.loads(FACTS.read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def truth() -> list[HostnameRow]:
    if not TRUTH.exists():
        pytest.skip("the shared captures are not here")
    with TRUTH.open() as lines:
        return [row for row in map(json.loads, lines) if "hostname" in row]


def groups() -> Iterator[tuple[str, HostnameGroup]]:
    return ((file.name, group) for file in FILES for group in file.groups)


def test_every_file_is_right_and_no_hostname_is_in_two() -> None:
    assert not PROBLEMS, f"monitor/catalogue/platforms: {[str(problem) for problem in PROBLEMS]}"


@ALL
def test_a_name_fits_where_it_is_stored(file: PlatformFile) -> None:
    from monitor.models import ReleasedFigure  # benchmarks use this module without Django

    longest = ReleasedFigure._meta.get_field("platform").max_length
    assert longest is not None
    assert len(file.name) <= longest, f"rename {file.name}.toml: {longest} letters at most"


def test_titles_are_told_apart() -> None:
    """Charts and tables go by them."""
    titles = Counter(file.title.lower() for file in FILES)
    assert [title for title, times in titles.items() if times > 1] == []


def test_every_source_has_a_date_or_a_version() -> None:
    said = [(name, source) for name, group in groups() for source in group.sources]
    said += [(f.name, s) for f in FILES for targets in f.cname_targets for s in targets.sources]
    undated = [
        f"{name}.toml: {source}" for name, source in said if not any(map(str.isdigit, source))
    ]
    assert undated == []


@ALL
def test_every_platform_has_hostnames_that_people_use(file: PlatformFile) -> None:
    roles = {group.role for group in file.groups}
    assert HostnameRole.APP in roles, f"{file.name}.toml: add a [[group]] with role app"


def test_every_hostname_is_recognised_as_its_file_says() -> None:
    for name, group in groups():
        for pattern in group.hostnames:
            hostname = str(pattern).lstrip("=").replace("*", "ams1-1")
            assert judged(hostname) == (name, group.role), hostname


@pytest.mark.parametrize("is_on", [True, False], ids=["on", "off"])
def test_the_page_about_the_catalogue_names_every_platform(is_on: bool) -> None:
    page = PAGE.read_text()
    (line,) = (line for line in page.splitlines() if line.startswith("The platforms of the pro"))
    on, _, off = line.partition(". The others (")
    listed = on.partition("are on: ")[2] if is_on else off.partition(") are off")[0]
    titles = {file.title.lower() for file in FILES if file.is_on is is_on}
    assert {title.lower() for title in listed.split(", ")} == titles, (
        f"docs/developers/catalogue.md: list the platforms that are {'on' if is_on else 'off'}"
    )


def test_the_overlay_on_that_page_is_right() -> None:
    example = PAGE.read_text().partition("## The overlay")[2].split("```")[1]
    changes, problems = parse_overlay(
        example.encode(), name="page", platforms=[f.name for f in FILES]
    )
    assert not problems
    assert len(changes) == 4


@pytest.mark.parametrize("hostname", LOOKALIKES)
def test_a_lookalike_is_nobodys(hostname: str) -> None:
    assert CATALOGUE.recognise(hostname) is None


def test_no_lookalike_in_real_traffic_is_taken_for_its_platform(truth: list[HostnameRow]) -> None:
    taken = Counter(
        row["hostname"]
        for row in truth
        if row.get("lookalike") and platform(row["hostname"]) == ours(row["lookalike"])
    )
    assert not taken


def test_every_platform_in_real_traffic_is_recognised_in_its_role(truth: list[HostnameRow]) -> None:
    labelled = {(r["hostname"], ours(r["platform"]), r["role"]) for r in truth if "platform" in r}
    assert len(labelled) > 80
    for hostname, name, role in sorted(labelled):
        assert name in ON
        expected = OUR_ROLE.get(hostname, ROLES[role])
        assert judged(hostname) == (name, expected), hostname


@pytest.mark.parametrize(
    ("hostname", "platform", "role"),
    [
        ("3-edge-chat.facebook.com", "facebook", "background"),
        ("0-act.channel.facebook.com", "facebook", "background"),
        ("fbcdn-video-m-a.akamaihd.net", "facebook", "media"),
        ("igcdn-videos-e-19-a.akamaihd.net", "instagram", "media"),
        ("instagramstatic-a.akamaihd.net", "instagram", "media"),
        ("distilleryimage5.s3.amazonaws.com", "instagram", "media"),
        ("z-p42-instagram.c10r.facebook.com", "instagram", "app"),
        ("ads.youtube.com", "youtube", "embed"),
        ("mcs.tiktokw.us", "tiktok", "background"),
        ("api2.musical.ly", "tiktok", "app"),
        ("v16m.byteicdn.com", "tiktok", "media"),
        ("cognac-prod.appspot.com", "snapchat", "app"),
        ("cdn.linkedin.oribi.io", "linkedin", "embed"),
        ("pinterest.global.map.fastly.net", "pinterest", "media"),
        ("scribe.twitter.com", "x", "background"),
        ("voorbeeld.typepad.com", "weblogs", "app"),
        ("safe.txmblr.com", "weblogs", "embed"),
    ],
)
def test_what_no_capture_here_shows_is_known_from_public_lists(
    hostname: str, platform: str, role: str
) -> None:
    assert judged(hostname) == (platform, role)


NDPI = {
    "facebook": "facebook.com facebook.net fbstatic-a.akamaihd.net fbcdn.net fbsbx.com fbwat.ch "
    "fb.com fb.gg edge-mqtt.facebook.com mqtt-mini.facebook.com messenger.com m.me",
    "instagram": "www.instagram.com cdninstagram.com igcdn-photos-a-a.akamaihd.net "
    "instagramimages-a.akamaihd.net instagramstatic-a.akamaihd.net",
    "linkedin": "linkedin.com licdn.com",
    "pinterest": "pinimg.com pinterest.global.map.fastly.net pinterest.map.fastly.net "
    "pinterest.com pinterest.co.uk",
    "snapchat": "feelinsonice.appspot.com feelinsonice-hrd.appspot.com feelinsonice.com "
    "api.snapchat.com snapads.com sc-cdn.net sc-prod.net sc-jpl.com sc-analytics.appspot.com "
    "snap.api.mapbox.com cognac-prod.appspot.com addlive.io sc-static.net",
    "tiktok": "musical.ly byteoversea.com ibyteimg.com tiktokcdn.com p16-va-default.akamaized.net "
    "p16-tiktokcdn-com.akamaized.net musemuse.cn tiktokv.com tiktokv.us tiktokv.eu bytecdn.cn "
    "muscdn.com tiktok.com byted.org tik-tokcdn.com byteicdn.com tiktokcdn-us.com tiktokcdn-eu.com",
    "weblogs": "tumblr.com",
    "x": "twttr.com twitter.com twimg.com t.co x.com",
    "youtube": "upload.youtube.com youtubei.googleapis.com kids.youtube.com youtube.com youtu.be "
    "yt3.ggpht.com googlevideo.com ytimg.com youtube-nocookie.com youtube-ui.l.google.com "
    "youtubeeducation.com",
}
"""nDPI's hostnames of the protocol's platforms (ndpi_content_match.c.inc, 003fcbb). Not here:
tiktokcdn.liveplay.myqcloud.com, seen only as an alias in DNS, and upload.video.google.com, which
is of Google's other apps as well."""


@pytest.mark.parametrize("name", NDPI)
def test_whatever_ndpi_has_of_a_platform_is_known(name: str) -> None:
    assert {hostname: platform(hostname) for hostname in NDPI[name].split()} == dict.fromkeys(
        NDPI[name].split(), name
    )


def test_nothing_else_in_real_traffic_is_taken_for_a_platform_of_the_protocol(
    truth: list[HostnameRow],
) -> None:
    others = {row["hostname"] for row in truth if "platform" not in row}
    assert len(others) > 1000
    assert {name for name in others if platform(name) in ON} == set()


def test_every_hostname_in_the_facts_has_its_role_or_says_why_not(facts: Facts) -> None:
    said = set(facts_said(facts))
    assert len(said) > 200
    for name, written, role in sorted(said):
        if written in NOT_A_HOSTNAME:
            continue
        hostname = written.replace("*", "ams1-1")
        expected = (OUR_PLATFORM.get(hostname, name), OUR_ROLE.get(hostname, role))
        assert judged(hostname) == (None if hostname in NOBODYS else expected), hostname


def test_every_hostname_of_the_facts_lists_is_known_or_left_out_for_a_reason(facts: Facts) -> None:
    left = {str(pattern) for group in load_left_out_list().groups for pattern in group.hostnames}
    listed = {
        row["domain"]
        for of_platform in facts["platforms"].values()
        for rows in of_platform["v2fly"].values()
        for row in rows
    }
    assert len(listed) > 700
    assert {name for name in listed if "." in name and not platform(name)} - left == set()


def test_every_other_platform_in_real_traffic_is_known_and_off(truth: list[HostnameRow]) -> None:
    others = {(row["hostname"], row["other"]) for row in truth if "other" in row}
    assert len(others) > 50
    assert {(name, platform(name)) for name, _ in others} == others
    assert {other for _, other in others}.isdisjoint(ON)


def facts_said(facts: Facts) -> Iterator[tuple[str, str, HostnameRole]]:
    for name, of_platform in facts["platforms"].items():
        for role, hostnames in of_platform["assigned"].items():
            for line in hostnames if role in ROLES else ():
                for written in line.partition("(")[0].split(" / "):
                    yield ours(name), written.split()[0], ROLES[role]
        for part in ("seen_in_pcaps", "seen_elsewhere"):
            for hostname, said in of_platform[part].items():
                yield ours(name), hostname, ROLES[said["role"]]


def judged(hostname: str) -> tuple[str, HostnameRole] | None:
    match = CATALOGUE.recognise(hostname)
    return (match.platform, match.role) if match else None


def platform(hostname: str) -> str | None:
    match = CATALOGUE.recognise(hostname)
    return match.platform if match else None


def ours(name: str) -> str:
    return "weblogs" if name == "weblog" else name
