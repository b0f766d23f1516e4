"""Reports a store that cannot be read or written in one line, not in a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from schedules.language import gettext


@contextmanager
def exit_on_store_failure() -> Iterator[None]:
    """End with exit code 1 and the reason that the database gives: locked, read-only, away."""
    from django.db import OperationalError

    try:
        yield
    except OperationalError as error:
        why = str(error).partition("\n")[0]
        raise click.ClickException(gettext("The store cannot be used: {why}", why=why)) from error
