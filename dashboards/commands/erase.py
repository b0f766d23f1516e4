"""The command `lesrust erase`: take everything away when a school stops."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING

import click
from pydantic import BaseModel

from monitor.commands.localised import LocalisedCommand
from monitor.commands.options import optional_config_option, require_configuration
from monitor.runtime.refusals import exit_on_refusal
from schedules.language import describe_os_error, gettext, ngettext
from schedules.problem import Refused

if TYPE_CHECKING:
    from dashboards.site.signed_account import SignedAccount
    from monitor.configuration import Configuration


@click.command(cls=LocalisedCommand)
@click.option(
    "--account",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("lesrust-erased.json"),
    show_default=True,
    help="Where the signed account of what is gone is written.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be erased, and erase nothing.")
@click.option(
    "--verify",
    "fingerprint",
    metavar="FINGERPRINT",
    help="Erase nothing, and say whether the account is as it was signed.",
)
@optional_config_option
def erase(account: Path, dry_run: bool, fingerprint: str | None, config: Path | None) -> None:
    """Erase everything that Lesrust keeps, and sign an account of it.

    Erased are the store (figures, ledger, timetable, exemptions, accounts, audit) with the files
    that earlier moves put aside, the secret of the web application, and the tokens for timetables.
    The account names tables, numbers of rows and files, and nothing that stood in them. It is
    signed with a key that is forgotten at once: whoever keeps the fingerprint that is shown can
    see with --verify that it is unchanged.

    Not erased is what Lesrust does not keep: the configuration with the other files that it names,
    backups, and the released figures that a Prometheus has fetched. The command says which.

    Stop the sensor and the web application first. The name of the school is asked for.

    Exit code 1: the name was another, or the account was changed. 2: a sensor runs, or something
    cannot be taken away.
    """
    if fingerprint is not None:
        _verify(account, fingerprint)
        return
    from dashboards.site import preparation

    config = require_configuration(config)
    with exit_on_refusal():
        settings = preparation.prepare(config)
        from monitor.store import erasing

        aside = erasing.list_files_put_aside()
        _show(erasing.list_tables(), [*aside, *_list_secrets(settings)], settings)
        if dry_run:
            click.echo(gettext("Nothing was erased."))
            return
        name = settings.school.name
        if click.prompt(gettext("Type the name of the school to erase all this")) != name:
            raise click.ClickException(gettext("that is not its name; nothing was erased"))
        with _new_file(account) as file:
            erased = erasing.erase_store(settings.database)
            files = [*erased.files, *_erase_secrets(settings)]
            left = list(_list_left(settings))
            signed = _sign(erased.rows, files, left, settings)
            error = _write(signed.text, file)
    if error is None:
        click.echo(gettext("Everything is erased. The account of it is in {path}.", path=account))
    else:
        # Nothing can say any more what there was, so it is said here.
        click.echo(signed.text, nl=False)
        click.echo(
            gettext(
                "Everything is erased. {path} could not be written ({why}): keep the account "
                "that is shown above.",
                path=account,
                why=describe_os_error(error),
            )
        )
    click.echo(
        gettext("Keep its fingerprint beside it: {fingerprint}", fingerprint=signed.fingerprint)
    )
    click.echo(gettext("What Lesrust does not keep is still there; take it away yourself:"))
    for path in left:
        click.echo(f"  {path}")
    click.echo("  " + gettext("your backups, and what a Prometheus has fetched"))


def _verify(account: Path, fingerprint: str) -> None:
    from dashboards.site.signed_account import is_unchanged

    try:
        unchanged = is_unchanged(account.read_text("utf-8"), fingerprint.strip().lower())
    except OSError as error:
        raise click.UsageError(f"{account}: {describe_os_error(error)}") from error
    except ValueError as error:
        raise click.UsageError(gettext("{path}: no signed account", path=account)) from error
    if not unchanged:
        raise click.ClickException(
            gettext("{path} is not as it was signed, or that is another fingerprint", path=account)
        )
    click.echo(gettext("{path} is as it was signed.", path=account))


def _list_secrets(settings: "Configuration") -> list[Path]:
    """List the secrets that Lesrust itself wrote, or a person for it, and that are there."""
    named = (
        settings.web.secret,
        settings.health_token,
        *(source.secret for source in settings.timetables),
    )
    return [path for path in dict.fromkeys(filter(None, named)) if path.is_file()]


def _erase_secrets(settings: "Configuration") -> Iterator[Path]:
    """Take away the secrets; one of another user stays, and is said to be left."""
    for path in _list_secrets(settings):
        with suppress(OSError):
            path.unlink()
            yield path


def _list_left(settings: "Configuration") -> Iterator[Path]:
    """List the configuration, each file that it names and what could not be taken away."""
    named = (settings.path, *_named_paths(settings), *_list_secrets(settings))
    yield from (path for path in dict.fromkeys(filter(None, named)) if path.is_file())


def _named_paths(value: object) -> Iterator[Path]:
    match value:
        case Path():
            yield value
        case BaseModel():
            for name in type(value).model_fields:
                yield from _named_paths(getattr(value, name))
        case tuple() | list():
            for inner in value:
                yield from _named_paths(inner)


def _show(tables: dict[str, int], files: Sequence[Path], settings: "Configuration") -> None:
    click.echo(gettext("This would be gone for {school}:", school=settings.school.name))
    for table, count in tables.items():
        if count:
            rows = ngettext("{count} row", "{count} rows", count)
            click.echo(f"  {table}: {rows}")
    for path in files:
        click.echo(f"  {path}")


@contextmanager
def _new_file(path: Path) -> Iterator[FileIO]:
    """Open the account before anything is erased; what was refused leaves none behind."""
    try:
        file = FileIO(path, "x")
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


def _write(text: str, file: FileIO) -> OSError | None:
    """Write the account, and return why that cannot be done; None when it is written."""
    left = text.encode()
    try:
        while left:
            left = left[file.write(left) :]
    except OSError as error:
        return error
    return None


def _sign(
    rows: Mapping[str, int],
    files: Sequence[Path],
    left: Sequence[Path],
    settings: "Configuration",
) -> "SignedAccount":
    from importlib.metadata import version

    from dashboards.site.signed_account import sign_account

    at = datetime.fromtimestamp(time.time(), settings.school.zone)
    return sign_account(
        {
            "school": settings.school.name,
            "erased_at": at.isoformat(timespec="seconds"),
            "lesrust": version("lesrust"),
            "rows": rows,
            "files": [*map(str, files)],
            "left": [*map(str, left)],
        }
    )
