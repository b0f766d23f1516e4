"""How numbers and sentences are written in the report, and what is called what."""

import shutil
from collections.abc import Mapping

import click

from monitor.identity import Unit
from schedules.language import Message, gettext_lazy, writing

UNITS: Mapping[Unit, Message] = {
    Unit.PERSON: gettext_lazy("a person, by the account that signs in to the wifi (802.1X)"),
    Unit.DEVICE: gettext_lazy("a device, by its MAC address"),
    Unit.ADDRESS: gettext_lazy("an address: the network says no more of a device"),
}

MAX_WIDTH = 100
"""Columns of a sentence: longer lines are hard to read."""


def format_epsilon(value: float) -> str:
    """Write a privacy loss, without digits that say nothing."""
    return writing.decimal(value, 4 if value < 1 else 1).rstrip("0").rstrip(",.")


def format_percent(share: float) -> str:
    """Write a share in percents: whole ones, unless it is less than one."""
    percent = 100 * share
    return f"{writing.decimal(percent) if percent < 1 else writing.number(percent)} %"


def say(text: str) -> None:
    """Print a sentence, in lines that fit."""
    click.echo(click.wrap_text(text, width=min(MAX_WIDTH, shutil.get_terminal_size().columns)))
