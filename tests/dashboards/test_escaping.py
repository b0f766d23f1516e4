"""What stands in a page is escaped, whoever wrote it: a name of the timetable runs nowhere.

Nothing of ours calls a text safe. Templates escape what they are given, and markup that the code
itself makes comes from `format_html` with a pattern that stands there as it is.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from monitor.configuration import Role
from schedules import store
from schedules.models import AuditEntry
from tests.dashboards import people

ROOT = Path(__file__).parents[2]
PACKAGES = ("addons", "dashboards", "monitor", "schedules", "simulation")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
TEMPLATES = sorted((ROOT / "dashboards" / "templates").rglob("*.html"))
CALLED_SAFE = frozenset(
    {
        "mark_safe",
        "mark_for_escaping",
        "SafeText",
        "SafeData",
        "html_safe",
        "allow_lazy",
        "__html__",
    }
)
PATTERNS = {"format_html": 1, "format_html_join": 2}
"""How many of the first arguments are patterns."""
IN_TEMPLATES = ("|safe", "|safeseq", "autoescape", "| safe")
WITHOUT_ESCAPING = "dashboards/papers/paper.py"
"""Writes Markdown into files, from the administrator's own settings: no page has it."""


def _find_unescaped(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.FunctionDef(name=name):
                if name in CALLED_SAFE:
                    yield name
            case ast.ImportFrom(names=names):
                yield from CALLED_SAFE.intersection(alias.name for alias in names)
            case ast.keyword(arg="is_safe" | "autoescape" as name):
                yield name
            case ast.Call(func=ast.Name(id="SafeString")):
                yield "SafeString"
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=args):
                patterns = args[: PATTERNS.get(name, 0)]
                if not all(isinstance(pattern, ast.Constant) for pattern in patterns):
                    yield f"{name} with a pattern that is made"


def test_no_code_calls_a_text_safe() -> None:
    unescaped = {
        str(path.relative_to(ROOT)): sorted(set(_find_unescaped(ast.parse(path.read_text()))))
        for path in MODULES
    }
    assert {path: names for path, names in unescaped.items() if names} == {
        WITHOUT_ESCAPING: ["autoescape"]
    }


@pytest.mark.parametrize(
    "code",
    [
        "mark_safe(text)",
        "html.mark_safe(text)",
        "from django.utils.safestring import mark_safe as m",
        "SafeString(text)",
        "format_html(text)",
        "format_html(f'<b>{name}</b>')",
        "format_html('<b>' + name)",
        "format_html_join('', text, names)",
        "register.filter('x', x, is_safe=True)",
        "class A:\n    def __html__(self): return self.text",
    ],
)
def test_each_way_to_call_it_so_is_found(code: str) -> None:
    assert list(_find_unescaped(ast.parse(code)))


def test_no_template_lets_a_text_through() -> None:
    assert TEMPLATES
    for path in TEMPLATES:
        text = path.read_text()
        assert [mark for mark in IN_TEMPLATES if mark in text] == [], path


NAME = '<b onclick=alert(1)>"x" \''
ESCAPED = "&lt;b onclick=alert(1)&gt;"


@pytest.mark.store
@pytest.mark.django_db
def test_names_of_a_timetable_and_of_people_are_shown_as_they_are(
    client: Client, nine_forty: float
) -> None:
    from dashboards.school import lessons as school_lessons

    school_lessons.CACHE.clear()
    lesson = people.lesson("named", 9, 30, rooms=(NAME,), groups=(NAME,), period=NAME)
    store.import_timetable([lesson], source="test", by=NAME, now=people.NOW, zone=people.AMSTERDAM)
    AuditEntry.objects.create(at=people.at(9, 0), by=NAME, action="exemption_granted", subject=NAME)
    roles = (Role.TEACHER, Role.LEADERSHIP, Role.IT)
    people.sign_in(client, people.account(*roles, name=NAME, code="MUL"))
    shown = ""
    for name in ("lesson", "exemptions", "audit", "it", "mfa_index"):
        page = client.get(reverse(name)).content.decode()
        assert "<b onclick" not in page, name
        shown += page
    assert shown.count(ESCAPED) > 5
