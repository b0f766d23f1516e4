"""`lesrust web` as a process: what it serves, what it refuses, and what it leaves behind."""

import http.client
import re
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.canary import find_canaries
from tests.dashboards.running import (
    PASSWORD,
    configuration,
    lesrust,
    port_of,
    until_said,
    web_process,
)


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    config = configuration(tmp_path_factory.mktemp("school"))
    made = lesrust(
        config, "user", "add", "jansen", "--role", "it", "--password-from", "-", typed=PASSWORD
    )
    assert made.returncode == 0, made.stderr
    return config


CANARIES = ("203.0.113.77", "2001:db8:77::1", "kanarie-browser", "kanarie-pad", "kanarie-naam")
"""Who asks, with what and for what: none of it is kept or said."""


@pytest.fixture(scope="module")
def port(school: Path) -> Iterator[int]:
    """Run the web application; when it has ended, its whole log is looked through."""
    with web_process(school) as process:
        yield port_of(process)
        process.terminate()
        assert process.stdout is not None
        assert find_canaries(process.stdout.read().encode(), CANARIES) == []


def ask(
    port: int, path: str, method: str = "GET", body: str = "", **headers: str
) -> tuple[int, dict[str, str], str]:
    """Ask as a program does; header names have underscores for dashes, more of one are lines."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body or None, named)
    answer = connection.getresponse()
    text = answer.read().decode("utf-8", "replace")
    connection.close()
    told: dict[str, str] = {}
    for name, value in answer.getheaders():  # cookies come one a header
        told[name.lower()] = "\n".join(filter(None, (told.get(name.lower()), value)))
    return answer.status, told, text


def test_a_page_fetches_nothing_from_elsewhere_and_may_be_framed_by_nobody(port: int) -> None:
    status, headers, text = ask(port, "/inloggen/")
    policy = headers["content-security-policy"]
    assert status == 200
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert "no-store" in headers["cache-control"]
    assert "server" not in headers
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", text)
    assert "<script>" not in text
    assert " style=" not in text


def test_what_a_browser_fetches_is_named_by_what_is_in_it_and_compressed(port: int) -> None:
    _, _, text = ask(port, "/inloggen/")
    [style] = re.findall(r'href="(/static/lesrust\.[0-9a-f]+\.css)"', text)
    status, headers, _ = ask(port, style, accept_encoding="br")
    assert (status, headers["content-encoding"]) == (200, "br")
    assert "immutable" in headers["cache-control"]


@pytest.mark.parametrize("host", ["elsewhere.example", "127.0.0.1@elsewhere.example", "a b"])
def test_another_host_is_refused(port: int, host: str) -> None:
    status, _, text = ask(port, "/inloggen/", host=host)
    assert status == 400
    assert "elsewhere" not in text


@pytest.mark.parametrize(
    "elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"]
)
def test_signing_in_leads_nowhere_else(port: int, elsewhere: str) -> None:
    status, headers, _ = sign_in(port, PASSWORD, elsewhere)
    assert status == 302
    assert headers["location"] == "/"


def sign_in(
    port: int, password: str, after: str = "", name: str = "jansen", **headers: str
) -> tuple[int, dict[str, str], str]:
    _, told, text = ask(port, "/inloggen/", **headers)
    cookie = told["set-cookie"].partition(";")[0]
    token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', text)[0]
    form = f"csrfmiddlewaretoken={token}&login={name}&password={password}&next={after}"
    return ask(
        port,
        "/inloggen/",
        "POST",
        form,
        cookie=cookie,
        content_type="application/x-www-form-urlencoded",
        **headers,
    )


def test_cookies_are_for_the_server_alone(port: int) -> None:
    _, headers, _ = sign_in(port, PASSWORD)
    for cookie in headers["set-cookie"].split("\n"):
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie


def test_over_tls_a_cookie_is_of_this_very_host(tmp_path: Path, static_files: Path) -> None:
    """No other host of the school's domain can plant one, and none is sent unencrypted."""
    config = configuration(tmp_path, 'address = "https://lesrust.example.nl"\n')
    made = lesrust(
        config, "user", "add", "jansen", "--role", "it", "--password-from", "-", typed=PASSWORD
    )
    assert made.returncode == 0, made.stderr
    by_nginx = {"host": "lesrust.example.nl", "x_forwarded_proto": "https"}
    with web_process(config, static_files) as process:
        port = port_of(process)
        answer = sign_in(port, PASSWORD, referer="https://lesrust.example.nl/", **by_nginx)
        assert ask(port, "/inloggen/", host="lesrust.example.nl")[0] == 301
    assert answer[0] == 302
    cookies = answer[1]["set-cookie"].split("\n")
    names = {cookie.partition("=")[0] for cookie in cookies}
    assert names == {"__Host-sessionid", "__Host-csrftoken", "__Host-apparaat"}
    for cookie in cookies:
        assert {"Secure", "Path=/"} <= set(cookie.split("; "))
        assert "Domain" not in cookie


def test_who_asked_is_kept_nowhere_and_said_nowhere(school: Path, port: int) -> None:
    """nginx says where a request comes from: that is for slowing down a guesser, as a keyed hash.

    What the process writes to its log is looked through when it ends.
    """
    address, address_6, browser, path, name = CANARIES
    came = {
        "x_forwarded_for": address,
        "forwarded": f'for="[{address_6}]"',
        "user_agent": browser,
        "referer": f"https://elsewhere.example/{path}",
    }
    answers = [
        sign_in(port, PASSWORD, **came),
        sign_in(port, "wrong", name=name, **came),
        ask(port, f"/{path}?q={name}", **came),
        ask(port, "/inloggen/", "POST", f"login={name}", **came),
        ask(port, "/inloggen/", host=f"{path}.example", **came),
        ask(port, "/inloggen/", "TRACE", **came),
        ask(port, f"/cijfers/%00{path}", **came),
    ]
    assert {status // 100 for status, _, _ in answers} >= {3, 4}
    for _, headers, text in answers:
        said = f"{headers}{text}".encode()
        assert find_canaries(said, (address, address_6, browser)) == []
    kept = b"".join(file.read_bytes() for file in school.parent.rglob("*") if file.is_file())
    assert b"jansen" in kept
    assert find_canaries(kept, CANARIES) == []


def test_guessing_a_password_is_slowed_down(port: int) -> None:
    statuses = [sign_in(port, f"wrong {turn}", name="guessed")[0] for turn in range(7)]
    assert statuses[:5] == [200] * 5
    assert statuses[-1] == 429 or "Te vaak geprobeerd" in sign_in(port, "wrong", name="guessed")[2]
    # Somebody else still can.
    assert sign_in(port, PASSWORD)[0] == 302


def test_what_was_guessed_at_one_process_counts_at_another(
    school: Path, port: int, static_files: Path
) -> None:
    guesser, somebody_else = {"x_forwarded_for": "10.0.0.7"}, {"x_forwarded_for": "10.0.0.8"}
    for turn in range(5):
        sign_in(port, f"wrong {turn}", **guesser)
    with web_process(school, static_files) as another:
        other_port = port_of(another)
        assert sign_in(other_port, PASSWORD, **guesser)[0] == 200
        assert sign_in(other_port, PASSWORD, **somebody_else)[0] == 302


def test_too_much_is_not_read(port: int) -> None:
    status, _, _ = ask(
        port,
        "/inloggen/",
        "POST",
        "login=" + "a" * 100_000,
        content_type="application/x-www-form-urlencoded",
    )
    assert status in {400, 403, 413}


def test_an_address_that_is_taken_is_said(
    school: Path, port: int, tmp_path: Path, static_files: Path
) -> None:
    taken = tmp_path / "lesrust.toml"
    taken.write_text(
        school.read_text().replace(
            '[web]\nlisten = "127.0.0.1:0"', f'[web]\nlisten = "127.0.0.1:{port}"'
        )
    )
    refused = lesrust(taken, "web", static=static_files)
    assert refused.returncode == 2
    assert f"key web.listen: found '127.0.0.1:{port}'" in refused.stderr


def test_the_secret_is_for_its_owner_alone(school: Path) -> None:
    assert (school.parent / "web.secret").stat().st_mode & 0o777 == 0o600


def test_it_says_what_is_not_safe(school: Path, tmp_path: Path, static_files: Path) -> None:
    plain = lesrust(school, "web", "--check", static=static_files)
    assert plain.returncode == 1
    assert "[web] the address that people type" in plain.stderr
    behind = configuration(tmp_path, 'address = "https://lesrust.example.nl"\n')
    assert lesrust(behind, "web", "--check", static=static_files).stderr == ""


def test_an_address_that_is_taken_is_told_in_one_line(tmp_path: Path, static_files: Path) -> None:
    config = configuration(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        before, web_section = config.read_text().split("[web]")
        config.write_text(f"{before}[web]{web_section.replace('127.0.0.1:0', address)}")
        answer = lesrust(config, "web", static=static_files)
    allowed = "an address that is free (the address is in use)"
    told = f"lesrust: key web.listen: found '{address}'; allowed: {allowed}\n"
    assert (answer.returncode, answer.stderr) == (2, told)


def test_a_new_configuration_is_put_in_force_and_a_wrong_one_is_not(tmp_path: Path) -> None:
    config = configuration(tmp_path)
    right = config.read_text()
    with web_process(config) as process:
        port = port_of(process)
        assert process.stdout is not None
        config.write_text(right.replace('name = "College"', "name = 7"))
        process.send_signal(signal.SIGHUP)
        until_said(process.stdout, "(school.name)")
        assert "College" in ask(port, "/transparantie/")[2]
        config.write_text(right.replace("College", "Lyceum"))
        process.send_signal(signal.SIGHUP)
        until_said(process.stdout, "(beginning anew)")
        # Who asks meanwhile is not refused, and waits.
        assert "Lyceum" in ask(port, "/transparantie/")[2]
        assert port_of(process) == port
