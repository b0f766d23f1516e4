"""The command `lesrust web`: the pages of teachers, leadership, directie, IT and everyone."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from monitor.commands.options import config_option, language_option
from monitor.runtime.refusals import exit_on_refusal, report_refusal
from schedules.problem import Problem, Refused

if TYPE_CHECKING:
    from monitor.configuration import Configuration

THREADS = 8
STATIC_VARIABLE = "LESRUST_STATIC"
STATIC_MANIFEST = "staticfiles.json"
UNUSED = ("ext", "htmax-*", "htmx-2*", "htmx-4.js")
"""What comes with django_htmx and no page asks for: compressing it takes two seconds."""
TRUSTED_PROXY = "127.0.0.1"
"""nginx on this machine, and nobody else, may say who asks and whether TLS is used."""


@click.command()
@language_option
@config_option
@click.option(
    "--check", is_flag=True, help="Only look whether everything is safe and there, and end."
)
@click.option("--demo-at", type=float, hidden=True, help="For `lesrust demo`: its school's clock.")
def web(config: Path, *, check: bool, demo_at: float | None) -> None:
    """Serve the web application, behind nginx with TLS, or on this machine alone.

    Accounts are made with `lesrust user add`, or come from the school's OpenID provider.

    SIGHUP reads the configuration again: all of it, because the process begins anew. Who asks for
    a page meanwhile waits some seconds. A configuration that is refused changes nothing.
    """
    try:
        import allauth  # noqa: F401 (whether the extra is installed)
        import waitress  # noqa: F401
    except ImportError as error:
        missing = f"The web application needs {error.name}, which is not installed"
        raise click.ClickException(f"{missing}: install lesrust[web].") from error
    if not check:
        # Until it can be obeyed it waits, also over a new beginning: by itself it ends a process.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})
    with exit_on_refusal(), _static_folder() as folder:
        settings = prepare(config, folder)
        if check:
            _check()
            return
        if demo_at is not None:
            _demonstrate(settings, demo_at)
        reloading = _Reloading(config)
        _serve(settings, reloading)
    if reloading.is_due:
        sys.stdout.flush()
        os.execv(sys.executable, sys.orig_argv)  # noqa: S606 (the same command, with no shell)


@contextmanager
def _static_folder() -> Iterator[Path]:
    """Give the folder of what browsers fetch: one that is ready, or an empty one of this process.

    A folder is ready when the environment names it and an earlier `prepare` has filled it.
    """
    ready = os.environ.get(STATIC_VARIABLE)
    if ready and Path(ready, STATIC_MANIFEST).is_file():
        yield Path(ready)
        return
    try:
        with TemporaryDirectory(prefix="lesrust-web-") as folder:
            yield Path(folder)
    finally:
        # Somebody else can make a folder of this name now, and a new beginning would trust it.
        os.environ.pop(STATIC_VARIABLE, None)


class _Reloading:
    """Ends the serving when there is another configuration that can be used."""

    def __init__(self, config: Path) -> None:
        self._config = config
        self.is_due = False

    def obey(self) -> None:
        signal.signal(signal.SIGHUP, self._reload)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGHUP})

    def _reload(self, *_: object) -> None:
        from monitor.configuration import load_configuration

        with report_refusal():
            load_configuration(self._config)
            self.is_due = True
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})
            click.echo("lesrust web: beginning anew with the configuration as it is now")
            sys.exit(0)  # which the server takes for its end; what it has begun it answers


def prepare(config: Path, static: Path | None = None) -> "Configuration":
    """Set up Django for the web application, and open the store.

    Args:
        config: the configuration file.
        static: where to collect and compress what browsers fetch, unless that was done before;
            None: it is not needed.

    Raises:
        Refused: when the configuration or the store cannot be used.
    """
    from dashboards.access import keys
    from monitor import store
    from monitor.configuration import load_configuration

    settings = load_configuration(config)
    keys.make_if_missing(settings.web.secret)
    os.environ["LESRUST_CONFIG_OF_WEB"] = str(config.absolute())
    os.environ["DJANGO_SETTINGS_MODULE"] = "dashboards.settings"
    if static is not None:
        os.environ[STATIC_VARIABLE] = str(static)
    store.connect(settings.database)
    if static is not None and not (static / STATIC_MANIFEST).exists():
        from django.core.management import call_command

        call_command("collectstatic", verbosity=0, interactive=False, ignore_patterns=[*UNUSED])
    return settings


def _serve(settings: "Configuration", reloading: _Reloading) -> None:
    from django.conf import settings as django_settings
    from django.core.wsgi import get_wsgi_application
    from waitress.server import create_server

    from dashboards.access import sessions
    from dashboards.site import listening
    from monitor.store import settings_audit

    settings_audit.record_setting_changes(settings, time.time())
    address, (host, port) = settings.web.listen, settings.web.listen_address
    try:
        opened = listening.sockets(address, host, port)
    except OSError as error:
        # Of the system's own errors, the plain words: Python adds its own to those of a socket.
        number = error.errno or 0
        why = os.strerror(number) if number > 0 else error.strerror
        allowed = f"an address that is free ({why})"
        raise Refused([Problem("key web.listen", address, allowed)]) from error
    server = create_server(
        get_wsgi_application(),
        sockets=opened,
        threads=THREADS,
        ident=None,
        trusted_proxy=TRUSTED_PROXY,
        trusted_proxy_headers={"x-forwarded-for", "x-forwarded-proto"},
        clear_untrusted_proxy_headers=True,
    )
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    reloading.obey()
    sessions.keep_forgetting()
    here = f"http://{host}:{opened[0].getsockname()[1]}"
    click.echo(f"lesrust web: {settings.web.address or here} (listening on {here})")
    if django_settings.DEMONSTRATION is not None:
        for role, path in django_settings.DEMONSTRATION.links():
            click.echo(f"{role} {here}{path}")
    server.run()
    if reloading.is_due:
        listening.keep(address, opened)


def _demonstrate(settings: "Configuration", moment: float) -> None:
    """Have what only a demonstration has; before the addresses of the pages are read."""
    from django.conf import settings as django_settings

    from dashboards.school.demonstration import WebDemonstration, require_loopback

    require_loopback(settings.web)
    django_settings.DEMONSTRATION = WebDemonstration.starting_at(moment)


def _check() -> None:
    from django.core.management import call_command
    from django.core.management.base import SystemCheckError

    try:
        call_command("check", deploy=True, fail_level="WARNING")
    except SystemCheckError as error:
        raise click.ClickException(str(error).strip()) from None
