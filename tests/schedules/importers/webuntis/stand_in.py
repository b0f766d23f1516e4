"""A stand-in for a WebUntis server: the part of its JSON-RPC that is used, on this machine.

It is no WebUntis: it was made after the client library and what is published of the protocol, and
its timetable is invented. It can be told to fail as servers do.
"""

import json
from contextlib import AbstractContextManager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.schedules.importers.serving import serving

PATH = "/WebUntis/jsonrpc.do"
SCHOOL = "voorbeeld & zoon"
USER = "lesrust"
PASSWORD = "0password0of0the0server0"
SESSION = "0session0of0the0server0"


def period(number: Any = 4, **changes: Any) -> dict[str, object]:
    """A period: mevrouw Van Dalen's lesson on Tuesday 6 October 2026, hour 1."""
    return {
        "id": number,
        "date": 20261006,
        "startTime": 830,
        "endTime": 920,
        "kl": [{"id": 31}],
        "te": [{"id": 11}],
        "su": [{"id": 1}],
        "ro": [{"id": 204}],
        **changes,
    }


def _lists() -> dict[str, Any]:
    hours = [("1", 830, 920), ("2", 920, 1010)]
    units = [{"name": name, "startTime": start, "endTime": end} for name, start, end in hours]
    return {
        "getKlassen": [{"id": 31, "name": "h3a"}, {"id": 32, "name": "h3b"}],
        "getRooms": [{"id": 204, "name": "B204"}, {"id": 205, "name": "B205"}],
        "getTeachers": [{"id": 11, "name": "vda", "longName": "Van Dalen", "foreName": "Anna"}],
        "getTimegridUnits": [{"day": 3, "timeUnits": units}],
        "getSchoolyears": [{"id": 1, "startDate": 20260801, "endDate": 20270731}],
        "logout": None,
    }


class WebUntisStandIn(ThreadingHTTPServer):
    """The server, and what was asked of it."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _WebUntisHandler)
        self.rows: list[dict[str, Any]] = [period()]
        self.lists = _lists()
        self.failures: list[tuple[int, bytes]] = []
        """What is answered before anything right is: a status and a body."""
        self.errors: dict[str, list[int]] = {}
        """The error codes that a method answers before anything right."""
        self.denied_classes: dict[int, int] = {}
        """The error codes that a class's timetable answers, by its number."""
        self.shown_until = 99991231
        """The last day that the user may see."""
        self.paths: list[str] = []
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.cookies: list[str] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def calls_of(self, method: str) -> list[dict[str, Any]]:
        """The parameters of each call of a method."""
        return [parameters for called, parameters in self.calls if called == method]


class _WebUntisHandler(BaseHTTPRequestHandler):
    server: WebUntisStandIn

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        method, parameters = body["method"], body["params"]
        url = urlsplit(self.path)
        is_rpc = body["jsonrpc"] == "2.0" and self.headers["Content-Type"] == "application/json"
        self.server.paths.append(self.path)
        self.server.calls.append((method, parameters))
        self.server.cookies.append(self.headers["Cookie"] or "")
        if self.server.failures:
            self._send(*self.server.failures.pop(0))
            return
        if not is_rpc or (url.path, parse_qs(url.query)) != (PATH, {"school": [SCHOOL]}):
            self._send(404, b"")
            return
        answer = {"jsonrpc": "2.0", "id": body["id"], **self._answer(method, parameters)}
        self._send(200, json.dumps(answer).encode())

    def _answer(self, method: str, parameters: dict[str, Any]) -> dict[str, Any]:
        if self.server.errors.get(method):
            return _error(self.server.errors[method].pop(0))
        if method == "authenticate":
            is_right = (parameters["user"], parameters["password"]) == (USER, PASSWORD)
            is_right = is_right and bool(parameters["client"])
            return {"result": {"sessionId": SESSION}} if is_right else _error(-8504)
        if f"JSESSIONID={SESSION}" not in (self.headers["Cookie"] or ""):
            return _error(-8520)
        if method == "getTimetable":
            return self._timetable(parameters)
        if method not in self.server.lists:
            return _error(-32601)
        return {"result": self.server.lists[method]}

    def _timetable(self, asked: dict[str, Any]) -> dict[str, Any]:
        if asked["id"] in self.server.denied_classes:
            return _error(self.server.denied_classes[asked["id"]])
        if asked["endDate"] > self.server.shown_until:
            return _error(-7004)
        rows = [
            row
            for row in self.server.rows
            if asked["startDate"] <= row["date"] <= asked["endDate"]
            and {"id": asked["id"]} in row["kl"]
        ]
        return {"result": rows}

    def log_message(self, *_: object) -> None:
        pass

    def _send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        if status == 307:
            self.send_header("Location", "http://127.0.0.2:1/elsewhere")
        self.end_headers()
        self.wfile.write(body)


def _error(code: int) -> dict[str, Any]:
    return {"error": {"code": code, "message": f"no, {USER} with {PASSWORD}"}}


def standing_in() -> AbstractContextManager[WebUntisStandIn]:
    """Run a stand-in for as long as the context lasts."""
    return serving(WebUntisStandIn())
