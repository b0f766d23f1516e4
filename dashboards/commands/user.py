"""The command `lesrust user`: accounts of Lesrust itself, and teachers' codes in the timetable."""

import getpass
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from monitor.commands.localised import LocalisedGroup
from monitor.commands.options import config_option
from monitor.runtime.refusals import exit_on_refusal
from schedules.language import active, gettext

if TYPE_CHECKING:
    from dashboards.models import Account

ROLES = ["teacher", "leadership", "directie", "it"]

role_option: Callable[[Callable[..., None]], Callable[..., None]] = click.option(
    "--role",
    "roles",
    type=click.Choice(ROLES),
    multiple=True,
    required=True,
    help="What she may do; may be given more than once.",
)


@click.group(cls=LocalisedGroup)
def user() -> None:
    """Make and change accounts, and link teachers to their timetable."""


@user.command()
@click.argument("name", metavar="NAME")
@role_option
@click.option("--code", default="", help="A teacher's code in the timetable.")
@click.option(
    "--password-from",
    type=click.File(),
    help="Read the password's one line from this file, or from - for standard input.",
)
@config_option
def add(
    name: str,
    roles: tuple[str, ...],
    code: str,
    password_from: TextIO | None,
    config: Path,
) -> None:
    """Make the account NAME. The password is asked for twice."""
    with _web_application(config):
        from dashboards.models import Account

        if Account.objects.filter(username=name).exists():
            raise click.ClickException(
                gettext("{name} has an account already: see lesrust user list", name=name)
            )
        account = Account(username=name, roles=sorted(set(roles)), code=code)
        _require_code(account)
        account.set_password(_read_password(account, password_from))
        _save_with_audit(account, "added")
    click.echo(
        gettext(
            "{name} can sign in now, as {names}.", name=name, names=", ".join(sorted(set(roles)))
        )
    )


@user.command()
@click.argument("name", metavar="NAME")
@role_option
@config_option
def roles(name: str, roles: tuple[str, ...], config: Path) -> None:
    """Give the account NAME these roles, and no others."""
    with _web_application(config):
        account = _find_account(name)
        account.roles = sorted(set(roles))
        _require_code(account)
        _save_with_audit(account, "roles changed")
    click.echo(gettext("{name} is {names} now.", name=name, names=", ".join(sorted(set(roles)))))


@user.command()
@click.argument("name", metavar="NAME")
@click.argument("code", metavar="CODE")
@config_option
def code(name: str, code: str, config: Path) -> None:
    """Link the account NAME to lessons of the teacher CODE."""
    with _web_application(config):
        account = _find_account(name)
        account.code = code
        _save_with_audit(account, "code changed")
    click.echo(gettext("{name} has the lessons of {code} now.", name=name, code=code))


@user.command()
@click.argument("name", metavar="NAME")
@click.option(
    "--password-from",
    type=click.File(),
    help="Read the password's one line from this file, or from - for standard input.",
)
@config_option
def password(name: str, password_from: TextIO | None, config: Path) -> None:
    """Give the account NAME another password. Whoever is signed in with it is signed out."""
    with _web_application(config):
        account = _find_account(name)
        account.set_password(_read_password(account, password_from))
        _save_with_audit(account, "password changed")
    click.echo(gettext("{name} has another password now.", name=name))


@user.command("second-factor-off")
@click.argument("name", metavar="NAME")
@config_option
def second_factor_off(name: str, config: Path) -> None:
    """Take away the second factors of NAME. Whoever lost them can then set up new ones."""
    with _web_application(config):
        from allauth.mfa.models import Authenticator

        account = _find_account(name)
        count, _ = Authenticator.objects.filter(user=account).delete()
        if count:
            _save_with_audit(account, "second factors removed")
    click.echo(gettext("{name}: {count} removed.", name=name, count=count))


@user.command()
@click.argument("name", metavar="NAME")
@click.confirmation_option(prompt="Remove this account?", help="Do not ask whether to remove it.")
@config_option
def remove(name: str, config: Path) -> None:
    """Remove the account NAME; what it granted stays."""
    with _web_application(config):
        account = _find_account(name)
        _record_audit_entry(account, "removed")
        account.delete()
    click.echo(gettext("{name} is removed.", name=name))


@user.command("list")
@config_option
def list_(config: Path) -> None:
    """List every account. Each line shows roles, code, and whether it has a second factor."""
    from rich.console import Console
    from rich.table import Table

    with _web_application(config):
        from allauth.mfa.models import Authenticator

        from dashboards.models import Account

        secured = set(Authenticator.objects.values_list("user_id", flat=True))
        headers = (
            gettext("Name"),
            gettext("Roles"),
            gettext("Code"),
            gettext("Password"),
            gettext("Second factor"),
        )
        table = Table(*headers, box=None)
        for account in Account.objects.order_by("username"):
            table.add_row(
                account.username,
                ", ".join(account.roles) or gettext("none: no access"),
                account.code,
                gettext("yes") if account.has_usable_password() else gettext("the provider's"),
                gettext("yes") if account.pk in secured else gettext("no"),
            )
    if table.row_count:
        Console().print(table)
    else:
        click.echo(gettext("There is no account yet. Make one: lesrust user add NAME --role it"))


@contextmanager
def _web_application(config: Path) -> Iterator[None]:
    from dashboards.site import preparation

    with exit_on_refusal():
        preparation.prepare(config)
        from django.utils import translation

        with translation.override(active().value):
            yield


def _find_account(name: str) -> "Account":
    from dashboards.models import Account

    account = Account.objects.filter(username=name).first()
    if account is None:
        raise click.ClickException(
            gettext("there is no account {name}: see lesrust user list", name=name)
        )
    return account


def _require_code(account: "Account") -> None:
    if "teacher" in account.roles and not account.code:
        raise click.UsageError(gettext("A teacher needs --code: her code in the timetable."))


def _read_password(account: "Account", source: TextIO | None) -> str:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    if source is not None:
        typed = source.readline().rstrip("\n")
    else:
        typed = getpass.getpass(gettext("Password: "))
        if getpass.getpass(gettext("Once more: ")) != typed:
            raise click.ClickException(gettext("the two passwords differ; nothing was changed"))
    try:
        validate_password(typed, account)
    except ValidationError as error:
        raise click.ClickException(" ".join(error.messages)) from error
    return typed


def _save_with_audit(account: "Account", what: str) -> None:
    account.save()
    _record_audit_entry(account, what)


def _record_audit_entry(account: "Account", what: str) -> None:
    from schedules import store
    from schedules.models import Action

    store.record_audit_entry(
        Action.ACCOUNT_CHANGED,
        by=f"{getpass.getuser()} (command line)"[:100],
        subject=f"{account.username}: {what}"[:100],
        now=time.time(),
    )
