"""A real Prometheus, for as long as a test lasts, and what it answers."""

import json
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from re import search
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

MAX_WAIT = 180.0
"""Seconds in which it surely has started, scraped or evaluated."""


class Prometheus:
    """What a running Prometheus answers on its port."""

    def __init__(self, port: int) -> None:
        self._address = f"http://127.0.0.1:{port}"

    def ask(self, path: str, **parameters: str | float) -> Any:
        """Ask its API; an error in a query is an error here."""
        with urlopen(f"{self._address}/api/v1/{path}?{urlencode(parameters)}") as answer:
            said = json.load(answer)
        assert said["status"] == "success"
        return said["data"]

    def handed_on(self, selectors: Sequence[str]) -> set[str]:
        """Give the names of the series that another Prometheus gets from it."""
        asked = urlencode([("match[]", selector) for selector in selectors])
        with urlopen(f"{self._address}/federate?{asked}") as answer:
            lines = answer.read().decode().splitlines()
        return {line.partition("{")[0] for line in lines if not line.startswith("#")}

    def now(self, expression: str) -> list[tuple[dict[str, str], float]]:
        """Give the series of an expression now: labels and value."""
        found = self.ask("query", query=expression)["result"]
        return [(series["metric"], float(series["value"][1])) for series in found]

    def lately(self, expression: str, seconds: int) -> list[dict[str, str]]:
        """Give the labels of the series that an expression had in the last seconds."""
        now = time.time()
        found = self.ask("query_range", query=expression, start=now - seconds, end=now, step=1)
        return [series["metric"] for series in found["result"]]


def eventually(holds: Callable[[], object]) -> None:
    """Ask until it is so; a test that hangs fails."""
    deadline = time.monotonic() + MAX_WAIT
    while not holds():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)


@contextmanager
def running(configuration: Path) -> Iterator[Prometheus]:
    """Run Prometheus with a configuration; what it keeps is beside that, and gone afterwards."""
    folder = configuration.parent
    log = folder / "log"
    command = (
        "prometheus",
        f"--config.file={configuration}",
        f"--storage.tsdb.path={folder / 'data'}",
        "--web.listen-address=127.0.0.1:0",
    )
    with (
        log.open("w") as said,
        subprocess.Popen(command, stdout=said, stderr=said, cwd=folder) as process,
    ):
        try:
            yield Prometheus(_port(log, process))
        finally:
            process.terminate()


def _port(log: Path, process: subprocess.Popen[bytes]) -> int:
    """Read where it listens, once it is ready."""

    def is_ready() -> bool:
        assert process.poll() is None, log.read_text()
        return "Server is ready" in log.read_text()

    eventually(is_ready)
    found = search(r'"?Listening on"? address=\S*?:(\d+)\n', log.read_text())
    assert found, log.read_text()
    return int(found[1])
