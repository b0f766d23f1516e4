"""Serves the web application until it is told to end, or to start again."""

import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.runtime.refusals import report_refusal
from schedules.language import describe_os_error, gettext
from schedules.problem import Problem, Refused

if TYPE_CHECKING:
    import socket

    from monitor.configuration import Configuration, WebSettings

THREADS = 8
TRUSTED_PROXY = "127.0.0.1"
"""nginx on this machine, and nobody else, may say who asks and whether TLS is used."""


class Reloader:
    """Ends the serving on SIGHUP when the configuration, as it is now, can be used.

    Args:
        config: the configuration file.
    """

    def __init__(self, config: Path) -> None:
        self._config = config
        self.is_due = False
        """Whether the process has to start again."""

    @staticmethod
    def hold_signal() -> None:
        """Keep SIGHUP until it is listened to, also over a restart: by itself it ends a process."""
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})

    def listen_to_signal(self) -> None:
        """Obey SIGHUP from now on."""
        signal.signal(signal.SIGHUP, self._reload)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGHUP})

    def _reload(self, *_: object) -> None:
        from monitor.configuration import load_configuration

        with report_refusal():
            load_configuration(self._config)
            self.is_due = True
            self.hold_signal()
            click.echo(gettext("lesrust web: beginning anew with the configuration as it is now"))
            sys.exit(0)  # which the server takes for its end; what it has begun it answers


def serve(configuration: "Configuration", reloader: Reloader) -> None:
    """Serve the pages until the process is told to end, or the reloader is due.

    Raises:
        Refused: when it cannot be listened where the configuration says.
    """
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from waitress.server import create_server

    from dashboards.access import sessions
    from dashboards.site import listening
    from monitor.store import settings_audit

    settings_audit.record_setting_changes(configuration, time.time())
    sockets = _open_sockets(configuration.web)
    server = create_server(
        get_wsgi_application(),
        sockets=sockets,
        threads=THREADS,
        ident=None,
        trusted_proxy=TRUSTED_PROXY,
        trusted_proxy_headers={"x-forwarded-for", "x-forwarded-proto"},
        clear_untrusted_proxy_headers=True,
    )
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    reloader.listen_to_signal()
    sessions.start_cleanup()
    host, _ = configuration.web.listen_address
    here = f"http://{host}:{sockets[0].getsockname()[1]}"
    click.echo(
        gettext(
            "lesrust web: {value} (listening on {here})",
            value=configuration.web.address or here,
            here=here,
        )
    )
    if settings.DEMONSTRATION is not None:
        for role, path in settings.DEMONSTRATION.links():
            click.echo(f"{role} {here}{path}")
    server.run()
    if reloader.is_due:
        listening.hand_over(configuration.web.listen, sockets)


def _open_sockets(web: "WebSettings") -> "list[socket.socket]":
    from dashboards.site import listening

    try:
        return listening.open_sockets(web.listen, *web.listen_address)
    except OSError as error:
        allowed = gettext("an address that is free ({why})", why=describe_os_error(error))
        raise Refused(
            [Problem(gettext("key {key}", key="web.listen"), web.listen, allowed)]
        ) from error


def start_demonstration(web: "WebSettings", timestamp: float) -> None:
    """Have what only a demonstration has; before the addresses of the pages are read.

    Args:
        web: where the pages listen.
        timestamp: at which the school's clock stands still, in seconds since 1970-01-01 UTC.

    Raises:
        Refused: when others can reach the pages.
    """
    from django.conf import settings

    from dashboards.school.demonstration import WebDemonstration, require_loopback

    require_loopback(web)
    settings.DEMONSTRATION = WebDemonstration.starting_at(timestamp)
