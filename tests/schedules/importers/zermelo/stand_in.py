"""A stand-in for a Zermelo portal: the documented part of its API, on this machine.

It is no portal: it was made after the maker's documentation, and its appointments are invented. It
can be told to fail as servers do.
"""

import json
from contextlib import AbstractContextManager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.schedules.importers.serving import serving

TOKEN = "0token0of0the0portal0"
CODE = "123456789012"


def appointment(instance: Any = 4, **changes: Any) -> dict[str, object]:
    """An appointment: mevrouw Van Dalen's lesson on Tuesday 6 October 2026, hour 1."""
    return {
        "id": instance * 10,
        "appointmentInstance": instance,
        "start": 1_791_268_200,
        "end": 1_791_271_200,
        "startTimeSlot": 1,
        "startTimeSlotName": "u1",
        "valid": True,
        "hidden": False,
        "cancelled": False,
        "moved": False,
        "new": False,
        "type": "lesson",
        "teachers": ["vda"],
        "groups": ["h3a"],
        "locations": ["B204"],
        "lastModified": 1_791_000_000,
        **changes,
    }


class ZermeloStandIn(ThreadingHTTPServer):
    """The portal, and what was asked of it."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _ZermeloHandler)
        self.rows: list[dict[str, object]] = [appointment()]
        self.failures: list[tuple[int, bytes]] = []
        """What is answered before anything right is: a status and a body."""
        self.requests: list[tuple[str, str]] = []
        """Each request's path with its query, and its Authorization header."""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def queries(self) -> list[dict[str, list[str]]]:
        return [parse_qs(urlsplit(path).query) for path, _ in self.requests]


class _ZermeloHandler(BaseHTTPRequestHandler):
    server: ZermeloStandIn

    def do_GET(self) -> None:
        self._note()
        if self._fails():
            return
        if self.headers["Authorization"] != f"Bearer {TOKEN}":
            self._answer(401, {"response": {"status": 401}})
            return
        query = parse_qs(urlsplit(self.path).query)
        start, end = int(query["start"][0]), int(query["end"][0])
        rows = [row for row in self.server.rows if start <= int(str(row["start"])) < end]
        self._answer(200, {"response": {"status": 200, "data": rows}})

    def do_POST(self) -> None:
        self._note()
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        if self._fails():
            return
        if form != {"grant_type": ["authorization_code"], "code": [CODE]}:
            self._answer(400, {})
            return
        self._answer(200, {"access_token": TOKEN, "token_type": "bearer"})

    def log_message(self, *_: object) -> None:
        pass

    def _note(self) -> None:
        self.server.requests.append((self.path, self.headers["Authorization"] or ""))

    def _fails(self) -> bool:
        if not self.server.failures:
            return False
        status, body = self.server.failures.pop(0)
        self._send(status, body)
        return True

    def _answer(self, status: int, answer: dict[str, Any]) -> None:
        self._send(status, json.dumps(answer).encode())

    def _send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        if status == 302:
            self.send_header("Location", "http://127.0.0.2:1/elsewhere")
        self.end_headers()
        self.wfile.write(body)


def standing_in() -> AbstractContextManager[ZermeloStandIn]:
    """Run a stand-in for as long as the context lasts."""
    return serving(ZermeloStandIn())
