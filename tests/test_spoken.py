"""Whoever says something to people says it through gettext: a sentence beside it has no Dutch."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from schedules.language.messages import DOMAINS
from tests.words import ROOT

SPEAKING = {
    "BadParameter",
    "CaptureError",
    "ClickException",
    "FailureCause",
    "InvalidValue",
    "OptionsError",
    "Problem",
    "ProblemCollector",
    "PydanticCustomError",
    "SocketUnavailable",
    "UsageError",
    "add",
    "add_value",
    "add_task",
    "echo",
    "status",
}
"""What is called with words that people read."""
LOOKING_UP = {
    "_",
    "gettext",
    "gettext_lazy",
    "ngettext",
    "ngettext_lazy",
    "npgettext",
    "pgettext",
    "pgettext_lazy",
}
TYPED = ("  lesrust ", "  database = ")
"""What begins so is to be typed: a command, or a line of the configuration."""


def unspoken(source: str) -> Iterator[str]:
    """Yield the sentences that are said to people in one language only."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _name(node) in SPEAKING:
            for argument in node.args:
                yield from _sentences(argument)


def _sentences(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call) and _name(node) in LOOKING_UP:
        return
    if isinstance(node, ast.JoinedStr):
        text = "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
        if _is_sentence(text) and not text.startswith(TYPED):
            yield text
        return
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str) and _is_sentence(node.value):
            yield node.value
        return
    for child in ast.iter_child_nodes(node):
        yield from _sentences(child)


def _name(call: ast.Call) -> str:
    function = call.func
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def _is_sentence(text: str) -> bool:
    return " " in text.strip() and sum(letter.isalpha() for letter in text) > 1


MODULES = sorted(path for package in DOMAINS for path in (ROOT / package).rglob("*.py"))


@pytest.mark.parametrize("package", DOMAINS)
def test_what_a_package_says_to_people_can_be_said_in_dutch(package: str) -> None:
    said = {
        f"{path.relative_to(ROOT)}: {text!r}"
        for path in MODULES
        if path.is_relative_to(ROOT / package)
        for text in unspoken(Path(path).read_text("utf-8"))
    }
    assert said == set()


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('click.echo("Nothing is amiss.")', ["Nothing is amiss."]),
        ('click.echo(f"{count} rooms are missing")', [" rooms are missing"]),
        ('Problem(where, "no file" if gone else found, allowed)', ["no file"]),
        ('click.echo(gettext("Nothing is amiss."))', []),
        ('click.echo(f"  lesrust figures --config {path}")', []),
        ('click.echo(f"{path}: {error}")', []),
        ('log.warning("Nothing is amiss.")', []),
    ],
)
def test_a_sentence_beside_gettext_is_found(source: str, found: list[str]) -> None:
    assert list(unspoken(source)) == found
