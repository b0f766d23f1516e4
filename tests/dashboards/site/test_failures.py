"""When the store is away the page says so, keeps what was typed, and loses no confirmed grant."""

import json
import re
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from django.db import OperationalError
from django.test import Client

from monitor.configuration import Role
from schedules import store
from tests.dashboards import people, running
from tests.dashboards.running import lesrust

ROOT = Path(__file__).parents[3]


@pytest.fixture
def mulder(client: Client, lessons: None) -> Client:
    people.sign_in(client, people.account(Role.TEACHER))
    client.raise_request_exception = False
    return client


@pytest.fixture
def locked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have another program hold the store's lock for longer than anybody waits."""

    def refuse(*_: object, **__: object) -> None:
        raise OperationalError("database is locked, said MUL about mul-now")

    monkeypatch.setattr(store, "add_exemption", refuse)


@pytest.mark.django_db
@pytest.mark.usefixtures("locked")
def test_what_was_typed_stays_and_what_follows_is_said(
    mulder: Client, capfd: pytest.CaptureFixture[str]
) -> None:
    data = {"lesson": "mul-now", "platform": ["youtube", "x"], "reason": 'a "quoted" <reason>'}
    answer = mulder.post("/les/toestaan/", data)
    text = answer.content.decode()
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "10"
    assert "wat u net vroeg, is niet gedaan" in text
    assert 'name="platform" value="x"' in text
    assert 'name="platform" value="youtube"' in text
    assert "a &quot;quoted&quot; &lt;reason&gt;" in text
    assert 'action="/les/toestaan/"' in text
    printed = capfd.readouterr()
    assert "MUL" not in printed.out + printed.err


@pytest.mark.django_db
@pytest.mark.usefixtures("locked")
def test_what_was_typed_can_be_sent_again_as_it_was(
    mulder: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = {"lesson": "mul-now", "platform": ["youtube", "x"], "reason": "werkstuk"}
    text = mulder.post("/les/toestaan/", data).content.decode()
    monkeypatch.undo()
    monkeypatch.setattr("dashboards.school.clock.now", lambda: people.NOW)
    fields = re.findall(r'<input type="hidden" name="([\w]+)" value="([^"]*)">', text)
    again: dict[str, list[str]] = {}
    for name, value in fields:
        again.setdefault(name, []).append(value)
    assert mulder.post("/les/toestaan/", again).status_code == 302
    [granted] = store.list_exemptions_for(["mul-now"])
    assert granted.platforms == frozenset({"youtube", "x"})
    assert granted.reason == "werkstuk"


@pytest.mark.django_db
def test_a_password_is_never_kept_in_a_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.raise_request_exception = False

    def refuse(*_: object, **__: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr("allauth.account.auth_backends.AuthenticationBackend.authenticate", refuse)
    answer = client.post("/inloggen/", {"login": "jansen", "password": "correct horse"})
    assert answer.status_code == 503
    assert "correct horse" not in answer.content.decode()


@pytest.mark.django_db
def test_nor_is_one_that_is_being_changed(mulder: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr("dashboards.models.Account.save", refuse)
    new = "paard batterij nietje goed"
    form = {"oldpassword": people.PASSWORD, "password1": new, "password2": new}
    answer = mulder.post("/beveiliging/wachtwoord/", form)
    assert answer.status_code == 503
    assert people.PASSWORD not in answer.content.decode()
    assert new not in answer.content.decode()


@pytest.mark.django_db
def test_an_error_that_nobody_expected_is_said_without_what_it_held(
    mulder: Client, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError("about MUL and mul-now")

    monkeypatch.setattr(store, "list_exemptions_for", fail)
    answer = mulder.get("/les/")
    assert answer.status_code == 500
    assert "Er ging iets mis" in answer.content.decode()
    printed = capfd.readouterr().err
    assert re.search(r"a page failed with ValueError at \w+\.py:\d+", printed)
    assert "MUL" not in printed


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a folder on a disk of two megabytes of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "lesrust-test", str(folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("a small disk takes root, and mount")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def numbers(config: Path) -> list[int]:
    listed = lesrust(config, "exempt", "list", "--json")
    assert listed.returncode == 0, listed.stderr
    return [exemption["number"] for exemption in json.loads(listed.stdout)]


def test_a_full_disk_is_said_and_what_was_confirmed_stays(
    full_disk: Path, static_files: Path
) -> None:
    config = running.school_of_today(full_disk)
    with running.web(config, static_files) as port, running.signed_in(port) as mulder:
        assert mulder.allow("youtube").status_code == 302
        confirmed = numbers(config)
        filler = full_disk / "filler"
        fill(filler)
        answer = mulder.allow("x")
        assert answer.status_code == 503
        assert 'name="platform" value="x"' in answer.text
        filler.unlink()
        assert mulder.allow("x").status_code == 302
    assert set(confirmed) < set(numbers(config))
    assert len(numbers(config)) == 2


def fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        with suppress(OSError):
            while file.write(b"x" * 65_536):
                pass
        with suppress(OSError):
            while file.write(b"x" * 512):
                pass


def test_a_locked_store_is_said_and_nothing_is_half_done(
    tmp_path: Path, static_files: Path
) -> None:
    config = running.school_of_today(tmp_path)
    with running.web(config, static_files) as port, running.signed_in(port) as mulder:
        with closing(sqlite3.connect(tmp_path / "lesrust.sqlite3", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            answer = mulder.allow("youtube")
            assert answer.status_code == 503
            # What is only read goes on.
            assert mulder.client.get("/les/").status_code == 200
            other.execute("ROLLBACK")
        assert numbers(config) == []
        assert mulder.allow("youtube").status_code == 302
    assert len(numbers(config)) == 1


def test_without_postgresql_every_page_says_so_and_the_process_goes_on(
    tmp_path: Path, static_files: Path
) -> None:
    cluster = ROOT / ".ci" / "postgresql"
    if subprocess.run([cluster, "--find"], check=False, capture_output=True).returncode:
        pytest.skip("not found on this machine: PostgreSQL")
    script = 'echo "at $LESRUST_DATABASE"; cat'
    with subprocess.Popen(
        [cluster, "sh", "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        assert server.stdin is not None
        database = running.until_said(server.stdout, "at (.+)")
        config = running.school_of_today(tmp_path, f'[store]\ndatabase = "{database}"\n')
        with running.web(config, static_files) as port, running.signed_in(port) as mulder:
            assert mulder.allow("youtube").status_code == 302
            server.stdin.close()
            server.wait(240)
            for answer in (mulder.allow("x"), mulder.client.get("/les/")):
                assert answer.status_code == 503
                assert "Lesrust kan niet bij zijn gegevens" in answer.text
            assert 'value="x"' in mulder.allow("x").text
