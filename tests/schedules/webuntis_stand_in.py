"""A stand-in for a WebUntis server: the documented part of its JSON-RPC, on this machine.

It is no WebUntis: its answers are invented after the shape of recorded ones.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

PASSWORD = "geheim-van-lesrust"
SESSION = "0123456789ABCDEF"


def period(number: Any = 4, **changes: Any) -> dict[str, Any]:
    """A period: mevrouw Van Dalen's lesson on Tuesday 6 October 2026, half past eight."""
    return {
        "id": number,
        "date": 20261006,
        "startTime": 830,
        "endTime": 920,
        "kl": [{"id": 1}],
        "te": [{"id": 7}],
        "su": [],
        "ro": [{"id": 9}],
        **changes,
    }


ROOMS = [{"id": 9, "name": "B204"}, {"id": 10, "name": "B205"}]
CLASSES = [{"id": 1, "name": "h3a"}]
TEACHERS = [{"id": 7, "name": "vda", "longName": "Van Dalen"}]
GRID = [{"day": 3, "timeUnits": [{"name": "1", "startTime": 830, "endTime": 920}]}]


class StandIn(ThreadingHTTPServer):
    """The server, and what was asked of it."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Asked)
        self.results: dict[str, Any] = {
            "authenticate": {"sessionId": SESSION},
            "getKlassen": CLASSES,
            "getRooms": ROOMS,
            "getTeachers": TEACHERS,
            "getTimegridUnits": GRID,
            "getHolidays": [],
            "getTimetable": [period()],
            "logout": None,
        }
        self.errors: dict[str, int] = {}
        """By method, the code of the error that it is answered with."""
        self.raw: bytes | None = None
        """What is answered to everything, when it is not None."""
        self.asked: list[tuple[str, dict[str, Any], str]] = []
        """Each method, its parameters, and the path with its query."""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def methods(self) -> list[str]:
        return [method for method, _, _ in self.asked]


class _Asked(BaseHTTPRequestHandler):
    server: StandIn

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        method, parameters = request["method"], request["params"]
        self.server.asked.append((method, parameters, self.path))
        answer: dict[str, Any] = {"jsonrpc": "2.0", "id": request["id"]}
        wrong = method == "authenticate" and parameters["password"] != PASSWORD
        code = self.server.errors.get(method, -8504 if wrong else 0)
        if code:
            answer["error"] = {"code": code, "message": "nee"}
        else:
            answer["result"] = self.server.results[method]
        body = json.dumps(answer).encode() if self.server.raw is None else self.server.raw
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def standing_in() -> Iterator[StandIn]:
    """Run a stand-in for as long as the context lasts."""
    with StandIn() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
