"""What the papers lean on is marked until somebody has read it."""

from dataclasses import replace

from dashboards.papers.legal_sources import LEGAL_SOURCES, UNVERIFIED
from dashboards.papers.paper import PAPERS, TEMPLATES


def test_a_source_is_marked_until_it_was_read() -> None:
    source = LEGAL_SOURCES["register"]
    assert str(source) == f"{source.title} [{UNVERIFIED}]"
    assert str(replace(source, is_verified=True)) == source.title


def test_every_source_is_cited_somewhere() -> None:
    text = "".join((TEMPLATES / paper).read_text("utf-8") for paper in PAPERS)
    assert [name for name in LEGAL_SOURCES if f"law.{name} " not in text] == []
