"""What a command says when the store fails."""

import click
import pytest
from django.db import OperationalError

from monitor.commands.store_failures import exit_on_store_failure
from schedules.language import Language, override


def test_the_first_line_of_what_the_database_says_is_told() -> None:
    with pytest.raises(click.ClickException) as told, exit_on_store_failure():
        raise OperationalError("database is locked\nDETAIL: of no use to an administrator")
    assert told.value.exit_code == 1
    assert told.value.message == "The store cannot be used: database is locked"


def test_it_is_told_in_the_language_of_the_command() -> None:
    with (
        pytest.raises(click.ClickException, match=r"^De opslag kan niet worden gebruikt: weg$"),
        override(Language.DUTCH),
        exit_on_store_failure(),
    ):
        raise OperationalError("weg")
