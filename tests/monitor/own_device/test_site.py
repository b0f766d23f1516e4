"""What is answered to what is asked."""

from html.parser import HTMLParser
from re import findall

import pytest

from monitor.own_device.device_session import EndReason
from monitor.own_device.session_registry import MAX_SESSIONS
from monitor.own_device.texts import ENDINGS
from schedules.language import Language, override
from tests.cast import client
from tests.monitor.own_device.asking import OPENED, PHONE, ask, looking, serving

PAGE, LIVE, STREAM = "/mijn-apparaat", "/mijn-apparaat/live", "/mijn-apparaat/zonder-script"
FILES = ["/mijn-apparaat/stijl.css", "/mijn-apparaat/live.js"]


@pytest.mark.parametrize("path", ["/", PAGE, f"{PAGE}?lang=en", *FILES])
def test_nothing_is_kept_by_a_browser_and_nothing_comes_from_elsewhere(path: str) -> None:
    with serving() as sensor:
        answer = ask(sensor, path)
    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert not findall(r"https?://|style=|onclick=|<script>|<style>", answer.text)


def test_every_file_that_the_page_names_is_there() -> None:
    with serving() as sensor:
        named = findall(r'(?:src|href|data-source)="(/[^"?]*)', ask(sensor, PAGE).text)
        assert {PAGE, LIVE, STREAM, *FILES} >= set(named) >= {LIVE, STREAM, *FILES}
        for path in named:
            assert ask(sensor, path, method="HEAD").status == 200


@pytest.mark.parametrize(
    ("path", "headers", "language"),
    [
        (PAGE, {}, "nl"),
        (PAGE, {"Accept_Language": "en-GB,en;q=0.9,nl;q=0.8"}, "en"),
        (PAGE, {"Accept_Language": "de,fr;q=0.7"}, "nl"),
        (f"{PAGE}?lang=nl", {"Accept_Language": "en"}, "nl"),
        (f"{PAGE}?lang=en", {}, "en"),
        (f"{PAGE}?lang=fy", {}, "nl"),
    ],
)
def test_in_dutch_unless_english_is_asked(
    path: str, headers: dict[str, str], language: str
) -> None:
    with serving() as sensor:
        text = ask(sensor, path, **headers).text
    assert f'<html lang="{language}">' in text
    assert f"zonder-script?lang={language}" in text


@pytest.mark.parametrize("path", [PAGE, LIVE, STREAM])
@pytest.mark.parametrize("language_asked", Language)
def test_through_a_proxy_nothing_is_shown_and_it_says_why(
    path: str, language_asked: Language
) -> None:
    with override(language_asked):
        said = str(ENDINGS[EndReason.PROXIED])
    with serving() as sensor:
        answer = ask(sensor, f"{path}?lang={language_asked}", X_Forwarded_For="10.0.101.7")
        assert sensor.looks.by_device == {}
    assert said in answer.text.replace("&#x27;", "'")
    # A browser gives its script no other answer than a good one.
    assert answer.status == (200 if path == LIVE else 403)


def test_an_address_behind_which_there_are_more_sees_nothing() -> None:
    with serving(shared=["127.0.0.77/32"]) as sensor:
        assert ask(sensor, PAGE).status == 403
        assert "event: end" in ask(sensor, LIVE).text
        assert ask(sensor, PAGE, "127.0.0.78").status == 200


def test_two_browsers_at_a_time_may_be_two_people() -> None:
    with serving() as sensor, looking(sensor, User_Agent="Firefox") as before:
        before.until("lokaal 101")
        assert ask(sensor, STREAM, User_Agent="Chromium").status == 403
        assert "kijken er twee browsers" in before.rest()


def test_when_there_is_no_room_it_says_so() -> None:
    with serving() as sensor:
        full = [
            sensor.looks.open_session(sensor.core, client("101", n), OPENED)
            for n in range(MAX_SESSIONS)
        ]
        assert ask(sensor, STREAM, PHONE).status == 503
        assert "te veel apparaten" in ask(sensor, LIVE, PHONE).text
        for look in full:
            sensor.looks.close_session(look)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/metrics", 404),
        ("GET", "/mijn-apparaat/../../etc/passwd", 404),
        ("GET", "/favicon.ico", 204),
        ("HEAD", PAGE, 200),
        ("HEAD", LIVE, 200),
        ("POST", PAGE, 405),
        ("DELETE", LIVE, 405),
        ("OPTIONS", PAGE, 405),
    ],
)
def test_what_is_not_there_is_not_there(method: str, path: str, status: int) -> None:
    with serving() as sensor:
        assert ask(sensor, path, method=method).status == status


def test_under_a_name_that_is_not_ours_nothing_is_shown() -> None:
    with serving(names=["mijn-apparaat.school.nl"]) as sensor:
        assert ask(sensor, PAGE, Host="evil.example").status == 421
        assert ask(sensor, LIVE, Host="evil.example").status == 421
        assert ask(sensor, PAGE, Host="mijn-apparaat.school.nl").status == 200


class Landmarks(HTMLParser):
    """What is open, and which names are used more than once."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag not in {"meta", "link", "html", "head", "body"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in {"html", "head", "body"}:
            assert self.open.pop() == tag


@pytest.mark.parametrize("headers", [{}, {"Via": "1.1 proxy"}])
def test_the_page_is_whole(headers: dict[str, str]) -> None:
    landmarks = Landmarks()
    with serving() as sensor:
        landmarks.feed(ask(sensor, PAGE, **headers).text)
    assert landmarks.open == []
    assert len(landmarks.ids) == len(set(landmarks.ids))


def test_the_page_without_script_is_whole_when_it_ends() -> None:
    landmarks = Landmarks()
    with serving() as sensor, looking(sensor, STREAM) as before:
        before.until("lokaal 101")
        with looking(sensor):
            landmarks.feed(before.rest())
    assert landmarks.open == []
