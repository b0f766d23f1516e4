"""The web application of the demonstration: `lesrust web` itself, on the school's clock."""

import os
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import click

from schedules.language import gettext

END_TIMEOUT = 10.0
"""Seconds."""
ROLES = ("teacher", "leadership", "directie", "it")


@contextmanager
def serve_pages(configuration: Path, timestamp: float) -> Iterator[dict[str, str]]:
    """Serve the pages until the context ends, and yield a link that signs in for each role.

    Args:
        configuration: the school's.
        timestamp: the time of its clock, in seconds since 1970-01-01 UTC.

    Raises:
        click.ClickException: on entering, when they cannot be served.
    """
    command = [sys.executable, "-m", "monitor", "web", "--config", str(configuration)]
    # The store's own settings of this process are not those of the pages.
    ours = ("DJANGO_SETTINGS_MODULE", "LESRUST_DATABASE")
    environment = {name: value for name, value in os.environ.items() if name not in ours}
    with subprocess.Popen(  # noqa: S603 (our own command)
        [*command, "--demo-at", str(timestamp)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
        # Ctrl-C interrupts the demonstration alone, which then ends this.
        start_new_session=True,
    ) as process:
        try:
            links = _wait_for_links(process)
            # Its further output is read, so that a full pipe never blocks it.
            Thread(target=deque, args=(process.stdout, 0), daemon=True).start()
            yield links
        finally:
            process.terminate()
            try:
                process.wait(END_TIMEOUT)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait_for_links(process: "subprocess.Popen[str]") -> dict[str, str]:
    links: dict[str, str] = {}
    output: list[str] = []
    for line in process.stdout or ():
        output.append(line)
        role, _separator, link = line.strip().partition(" ")
        if role in ROLES:
            links[role] = link
        if len(links) == len(ROLES):
            return links
    failed = gettext("The pages could not be served:")
    raise click.ClickException(f"{failed}\n{''.join(output)}")
