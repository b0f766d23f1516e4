"""Which papers there are, and how each is written: one template a paper."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path

from django.template import Context, Engine

import dashboards
from dashboards.papers.legal_sources import LEGAL_SOURCES, UNVERIFIED
from dashboards.papers.school_facts import SchoolFacts

TEMPLATES = Path(dashboards.__file__).parent / "templates" / "papers"
PAPERS = (
    "README.md",
    "dpia.md",
    "grondslag.md",
    "verwerkingsregister.md",
    "informatie-leerlingen.md",
    "informatie-ouders.md",
    "informatie-personeel.md",
    "rechten.md",
    "brief-personeelsgeleding.md",
    "brief-ouder-en-leerlinggeleding.md",
    "brief-functionaris.md",
    "verwerkersbijlage.md",
    "misbruik.md",
    "protocol.md",
)
"""Files, each with a template of the same name, in the order in which they are read."""
INVALID = "⟦%s⟧"
"""What stands where a template names what is not there."""
_BLANK_LINES = re.compile(r"\n{3,}")


@cache
def _engine() -> Engine:
    return Engine(dirs=[str(TEMPLATES)], autoescape=False, string_if_invalid=INVALID)


def write_papers(school: SchoolFacts) -> Mapping[str, str]:
    """Write every paper of a school, by the name of its file."""
    return dict(_write(school))


def _write(school: SchoolFacts) -> Iterator[tuple[str, str]]:
    values = {
        "school": school,
        "law": LEGAL_SOURCES,
        "sources": LEGAL_SOURCES.values(),
        "unverified": UNVERIFIED,
        "version": version("lesrust"),
    }
    for name in PAPERS:
        # Every value is text, in Dutch: nothing is left to Django's own settings.
        context = Context(values, autoescape=False, use_l10n=False, use_tz=False)
        text = _engine().get_template(name).render(context)
        yield name, _BLANK_LINES.sub("\n\n", text).strip() + "\n"
