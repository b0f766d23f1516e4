"""How numbers and sentences are written in the report."""

import shutil

import click

from schedules.language import writing

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
