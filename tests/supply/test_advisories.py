"""What is said of known weaknesses: by a database, by one that knows nothing, and by none.

A local server stands in for the database: OSV's cannot be had everywhere that tests run.
"""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.supply.advisories import DATABASE, Verdict, check_lock

WEAKNESS = "PYSEC-2017-9"
OF_TEST = "PYSEC-2026-1"


def weakness(number: str, name: str) -> dict[str, object]:
    """Write an advisory as OSV does."""
    events = [{"introduced": "0"}, {"fixed": "99.1"}]
    return {
        "id": number,
        "summary": "a weakness",
        "published": "2026-01-01T00:00:00Z",
        "affected": [
            {
                "package": {"name": name, "ecosystem": "PyPI"},
                "ranges": [{"type": "ECOSYSTEM", "events": events}],
            }
        ],
    }


@contextmanager
def database(answer: Callable[[str], list[dict[str, object]]]) -> Iterator[str]:
    """Answer as OSV does, with what is known of a distribution."""

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # (the name that the library looks for)
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            known = answer(asked["package"]["name"])
            body = json.dumps({"vulns": known} if known else {}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/v1/query"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    lock = tmp_path / "requirements.lock"
    lock.write_text(f"h11==0.16.0 \\\n    --hash=sha256:{'0' * 64}\n")
    return lock


def known_of_django(name: str) -> list[dict[str, object]]:
    return [weakness(WEAKNESS, name)] if name == "django" else []


def known_of_everything(name: str) -> list[dict[str, object]]:
    return [weakness(WEAKNESS if name == "django" else OF_TEST, name)]


def known_of_nothing(_: str) -> list[dict[str, object]]:
    return []


def test_a_known_weakness_is_named(lock: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with database(known_of_everything) as address:
        monkeypatch.setenv(DATABASE, address)
        verdict, text = check_lock(lock)
    assert verdict is Verdict.WEAK
    assert f"h11 0.16.0: {OF_TEST} (mended in 99.1)" in text


def test_what_does_not_touch_lesrust_is_accepted(
    lock: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database(known_of_everything) as address:
        monkeypatch.setenv(DATABASE, address)
        verdict, text = check_lock(lock, {OF_TEST: "it is not reached"})
    assert (verdict, text) == (
        Verdict.CLEAN,
        "advisories: nothing is known against 1 distributions",
    )


def test_nothing_is_known(lock: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with database(known_of_django) as address:
        monkeypatch.setenv(DATABASE, address)
        assert check_lock(lock)[0] is Verdict.CLEAN


def test_who_knows_nothing_at_all_is_no_database(
    lock: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database(known_of_nothing) as address:
        monkeypatch.setenv(DATABASE, address)
        verdict, text = check_lock(lock)
    assert verdict is Verdict.UNKNOWN
    assert "it is no database" in text


def test_that_nobody_answers_is_no_good_news(lock: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with database(known_of_nothing) as address:
        """Where a database answered a moment ago, nobody does any more."""
    monkeypatch.setenv(DATABASE, address)
    verdict, text = check_lock(lock)
    assert verdict is Verdict.UNKNOWN
    assert text.startswith("advisories: NOT CHECKED.")
