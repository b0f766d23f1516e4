"""The command `lesrust web`: the pages of teachers, leadership, directie, IT and everyone."""

import os
import sys
from importlib import import_module
from pathlib import Path

import click

from monitor.commands.localised import LocalisedCommand
from monitor.commands.options import config_option
from monitor.runtime.refusals import exit_on_refusal
from schedules.language import gettext


@click.command(cls=LocalisedCommand)
@config_option
@click.option(
    "--check", is_flag=True, help="Only look whether everything is safe and there, and end."
)
@click.option("--demo-at", type=float, hidden=True, help="For `lesrust demo`: its school's clock.")
def web(config: Path, *, check: bool, demo_at: float | None) -> None:
    """Serve the web application, behind nginx with TLS or only here.

    Accounts are made with `lesrust user add`, or come from the school's OpenID provider.

    SIGHUP reads the configuration again: all of it, because the process begins anew. Who asks for
    a page meanwhile waits some seconds. A configuration that is refused changes nothing.
    """
    try:
        for name in ("allauth", "waitress"):  # of the extra
            import_module(name)
    except ImportError as error:
        raise click.ClickException(
            gettext(
                "The web application needs {name}, which is not installed: install lesrust[web].",
                name=error.name,
            )
        ) from error
    from dashboards.site import preparation, serving

    reloader = serving.Reloader(config)
    if not check:
        reloader.hold_signal()
    with exit_on_refusal(), preparation.static_folder() as static:
        configuration = preparation.prepare(config, static)
        if check:
            _check_deployment(has_tls=(configuration.web.address or "").startswith("https://"))
            return
        if demo_at is not None:
            serving.start_demonstration(configuration.web, demo_at)
        serving.serve(configuration, reloader)
    if reloader.is_due:
        sys.stdout.flush()
        os.execv(sys.executable, sys.orig_argv)  # noqa: S606 (the same command, with no shell)


def _check_deployment(*, has_tls: bool) -> None:
    from django.core.management import call_command
    from django.core.management.base import SystemCheckError

    if not has_tls:
        # Django would say it in its own settings' names, which nobody here can change.
        raise click.ClickException(
            gettext(
                "The pages have no address with https://, so they are without TLS. Give under "
                "[web] the address that people type, as address = "
                '"https://lesrust.school.nl".'
            )
        )
    try:
        call_command("check", deploy=True, fail_level="WARNING")
    except SystemCheckError as error:
        raise click.ClickException(str(error).strip()) from None
