"""The hostnames that come with Lesrust, held against what is known of real traffic."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TypedDict

import pytest

from monitor.catalogue import HostnameRole, load
from monitor.catalogue.files import Group, read
from monitor.catalogue.overlay import parse

FILES, PROBLEMS = read()
CATALOGUE = load(switched_on=[file.name for file in FILES if not file.on])
ON = {file.name for file in FILES if file.on}
PROJECT = Path(__file__).parents[3]
PAGE = PROJECT / "docs" / "catalogue.md"
TRUTH = PROJECT / ".." / "shared" / "traffic" / "truth.jsonl"

ROLES = {
    "first_party": HostnameRole.APP,
    "cdn_media": HostnameRole.MEDIA,
    "embed_sdk_tracker": HostnameRole.EMBED,
    "background_push_telemetry": HostnameRole.BACKGROUND,
    "auth_sso": HostnameRole.AUTH,
}
OUR_ROLE = {
    # An alias in DNS of the software kit's names as well as of the site's.
    "star.c10r.facebook.com": HostnameRole.EMBED,
    "star.facebook.com": HostnameRole.EMBED,
    # An advertisement on another site.
    "view.atdmt.com": HostnameRole.EMBED,
    # Photos, from the content network of 2015.
    "photos-a.ak.instagram.com": HostnameRole.MEDIA,
    "photos-b.ak.instagram.com": HostnameRole.MEDIA,
    "photos-e.ak.instagram.com": HostnameRole.MEDIA,
    "photos-f.ak.instagram.com": HostnameRole.MEDIA,
    "photos-g.ak.instagram.com": HostnameRole.MEDIA,
    "photos-h.ak.instagram.com": HostnameRole.MEDIA,
    # Looked up together with the advertising pixel.
    "mix.linkedin.com": HostnameRole.EMBED,
    "pop-efr5.mix.linkedin.com": HostnameRole.EMBED,
    # Sent while a bank's app ran.
    "api2.musical.ly": HostnameRole.BACKGROUND,
    # A film, from the content network of 2013.
    "o-o.preferred.telekomrs-beg1.v2.lscache8.c.youtube.com": HostnameRole.MEDIA,
    # Asked for by an idle Android phone as well.
    "youtubei.googleapis.com": HostnameRole.BACKGROUND,
}
"""Where the truth's role, which goes by suffix, is not ours, and why."""

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
]


class Row(TypedDict, total=False):
    hostname: str
    platform: str
    role: str
    lookalike: str


@pytest.fixture(scope="module")
def truth() -> list[Row]:
    if not TRUTH.exists():
        pytest.skip("the shared captures are not here")
    with TRUTH.open() as lines:
        return [row for row in map(json.loads, lines) if "hostname" in row]


def groups() -> Iterator[tuple[str, Group]]:
    return ((file.name, group) for file in FILES for group in file.group)


def test_every_file_is_right_and_no_hostname_is_in_two() -> None:
    assert not PROBLEMS


def test_every_source_has_a_date_or_a_version() -> None:
    said = [(name, source) for name, group in groups() for source in group.sources]
    said += [(f.name, s) for f in FILES for targets in f.cname_targets for s in targets.sources]
    assert [line for line in said if not any(map(str.isdigit, line[1]))] == []


def test_every_platform_has_hostnames_that_people_use() -> None:
    used = {name for name, group in groups() if group.role is HostnameRole.APP}
    assert used == {file.name for file in FILES}


def test_every_hostname_is_recognised_as_its_file_says() -> None:
    for name, group in groups():
        for pattern in group.hostnames:
            hostname = str(pattern).lstrip("=").replace("*", "ams1-1")
            assert CATALOGUE.recognise(hostname) == (name, group.role), hostname


def test_the_page_about_the_catalogue_names_every_platform_that_is_off() -> None:
    page = PAGE.read_text()
    (named,) = (line for line in page.splitlines() if line.startswith("The platforms of the pro"))
    titles = {file.title for file in FILES if not file.on}
    assert titles == {*named.partition("The others (")[2].partition(")")[0].split(", ")}


def test_the_overlay_on_that_page_is_right() -> None:
    example = PAGE.read_text().split("```")[1]
    changes, problems = parse(example.encode(), name="page", platforms=[f.name for f in FILES])
    assert not problems
    assert len(changes) == 4


@pytest.mark.parametrize("hostname", LOOKALIKES)
def test_a_lookalike_is_nobodys(hostname: str) -> None:
    assert CATALOGUE.recognise(hostname) is None


def test_no_lookalike_in_real_traffic_is_taken_for_its_platform(truth: list[Row]) -> None:
    taken = Counter(
        row["hostname"]
        for row in truth
        if row.get("lookalike") and platform(row["hostname"]) == ours(row["lookalike"])
    )
    assert not taken


def test_every_platform_in_real_traffic_is_recognised_in_its_role(truth: list[Row]) -> None:
    labelled = {(r["hostname"], ours(r["platform"]), r["role"]) for r in truth if "platform" in r}
    assert len(labelled) > 80
    for hostname, name, role in sorted(labelled):
        assert name in ON
        expected = OUR_ROLE.get(hostname, ROLES[role])
        assert CATALOGUE.recognise(hostname) == (name, expected), hostname


def test_nothing_else_in_real_traffic_is_taken_for_a_platform_of_the_protocol(
    truth: list[Row],
) -> None:
    others = {row["hostname"] for row in truth if "platform" not in row}
    assert len(others) > 1000
    assert {name for name in others if platform(name) in ON} == set()


def platform(hostname: str) -> str | None:
    match = CATALOGUE.recognise(hostname)
    return match.platform if match else None


def ours(name: str) -> str:
    return "weblogs" if name == "weblog" else name
