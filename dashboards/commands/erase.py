"""The command `lesrust erase`: take everything away when a school stops."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from monitor.commands.localised import LocalisedCommand
from monitor.commands.options import config_option
from monitor.runtime.refusals import exit_on_refusal
from schedules.language import describe_os_error, gettext, ngettext
from schedules.problem import Refused

if TYPE_CHECKING:
    from monitor.configuration import Configuration
    from monitor.store.erasing import ErasedStore


@click.command(cls=LocalisedCommand)
@click.option(
    "--account",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("lesrust-erased.json"),
    show_default=True,
    help="Where the signed account of what is gone is written.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be erased, and erase nothing.")
@config_option
def erase(account: Path, dry_run: bool, config: Path) -> None:
    """Erase everything that Lesrust keeps, and sign an account of it.

    Erased are the store (figures, ledger, timetable, exemptions, accounts, audit) with the files
    that earlier moves put aside, and the secret of the web application. The account names tables,
    numbers of rows and files, and nothing that stood in them. It is signed with a key that is
    forgotten at once: whoever keeps the fingerprint that is shown can see that it is unchanged.

    Not erased is what Lesrust does not keep: the configuration, backups, and the released figures
    that a Prometheus has fetched. The command says so.

    Stop the sensor and the web application first. The name of the school is asked for.

    Exit code 1: the name was another. 2: a sensor runs, or something cannot be taken away.
    """
    from dashboards.site import preparation

    with exit_on_refusal():
        settings = preparation.prepare(config)
        from monitor.store import erasing

        _show(erasing.list_tables(), settings)
        if dry_run:
            click.echo(gettext("Nothing was erased."))
            return
        name = settings.school.name
        if click.prompt(gettext("Type the name of the school to erase all this")) != name:
            raise click.ClickException(gettext("that is not its name; nothing was erased"))
        with _new_file(account) as file:
            erased = erasing.erase_store(settings.database)
            settings.web.secret.unlink(missing_ok=True)
            fingerprint = _write_account(file, erased, settings)
    click.echo(gettext("Everything is erased. The account of it is in {path}.", path=account))
    click.echo(gettext("Keep its fingerprint beside it: {fingerprint}", fingerprint=fingerprint))
    click.echo(
        gettext(
            "What Lesrust does not keep is still there: {config}, your backups, and what a "
            "Prometheus has fetched.",
            config=config,
        )
    )


def _show(tables: dict[str, int], settings: "Configuration") -> None:
    click.echo(gettext("This would be gone for {school}:", school=settings.school.name))
    for table, count in tables.items():
        if count:
            rows = ngettext("{count} row", "{count} rows", count)
            click.echo(f"  {table}: {rows}")
    click.echo(f"  {settings.web.secret}")


@contextmanager
def _new_file(path: Path) -> Iterator[TextIO]:
    """Open the account before anything is erased; what was refused leaves none behind."""
    try:
        file = path.open("x", encoding="utf-8")
    except OSError as error:
        why = gettext(
            "{path}: {why}; give another --account", path=path, why=describe_os_error(error)
        )
        raise click.UsageError(why) from error
    try:
        with file:
            yield file
    except Refused:
        path.unlink()
        raise


def _write_account(file: TextIO, erased: "ErasedStore", settings: "Configuration") -> str:
    from importlib.metadata import version

    from dashboards.site.signed_account import sign_account

    at = datetime.fromtimestamp(time.time(), settings.school.zone)
    signed = sign_account(
        {
            "school": settings.school.name,
            "erased_at": at.isoformat(timespec="seconds"),
            "lesrust": version("lesrust"),
            "rows": erased.rows,
            "files": [*map(str, erased.files), str(settings.web.secret)],
        }
    )
    file.write(signed.text)
    return signed.fingerprint
