"""A kind of evidence is declared in one place: what does not follow by itself is held here."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from monitor.evidence import Evidence, HidingMethod
from monitor.release.visibility import KINDS
from schedules.language import Language, Message, override
from tests.words import SAME_IN_BOTH

ROOT = Path(__file__).parents[2]
MAX_CODE = 255
FIRST_CODES = {"sni": 0, "quic": 1, "http": 2, "dns": 3, "address": 4, "hidden": 5}


@pytest.mark.parametrize("kinds", [list(Evidence), list(HidingMethod)], ids=["evidence", "hiding"])
def test_codes_on_the_link_are_one_byte_and_different(
    kinds: Sequence[Evidence | HidingMethod],
) -> None:
    codes = [kind.wire_code for kind in kinds]
    assert len(set(codes)) == len(codes), "give each kind a wire_code of its own"
    assert all(0 <= code <= MAX_CODE for code in codes)


def test_no_way_to_hide_has_the_code_of_none() -> None:
    assert all(method.wire_code for method in HidingMethod)


def test_what_is_stored_and_sent_stays_as_it_is() -> None:
    """Metrics, stored visibility and a sensor of another start go by these."""
    codes = {kind.value: kind.wire_code for kind in Evidence}
    assert codes.items() >= FIRST_CODES.items()


def titles() -> list[Message]:
    of_evidence = [
        (kind.spec.short_title, kind.spec.long_title, kind.spec.plain_title) for kind in Evidence
    ]
    of_hiding = [(method.spec.title, method.spec.plain_title) for method in HidingMethod]
    return [*sum(of_evidence, ()), *sum(of_hiding, ())]


def test_titles_are_told_apart_in_both_languages() -> None:
    for language in Language:
        with override(language):
            for title in ("short_title", "long_title", "plain_title"):
                texts = [str(getattr(kind.spec, title)) for kind in Evidence]
                assert len(set(texts)) == len(texts), f"monitor/evidence.py: {title}"
            ways = [str(method.spec.title) for method in HidingMethod]
            assert len(set(ways)) == len(ways), "monitor/evidence.py: HidingMethod"


@pytest.mark.parametrize("title", titles(), ids=lambda title: title.text)
def test_titles_have_their_dutch(title: Message) -> None:
    with override(Language.DUTCH):
        assert str(title) != title.text or title.text in SAME_IN_BOTH, (
            "run `make words`, and write the Dutch in monitor/locale/nl/LC_MESSAGES/monitor.po"
        )


@pytest.mark.parametrize("kind", Evidence)
def test_grafana_names_every_kind(kind: Evidence) -> None:
    board = json.loads((ROOT / "dashboards" / "grafana" / "beheer.json").read_text("utf-8"))
    named = {
        change["matcher"]["options"]
        for panel in board["panels"]
        for change in panel.get("fieldConfig", {}).get("overrides", ())
    }
    assert kind.value in named, (
        f"dashboards/grafana/beheer.json: give {kind.value!r} a displayName in the panel "
        "'Verbindingen, naar hoe de naam is geleerd'"
    )


@pytest.mark.parametrize("kind", KINDS)
def test_grafana_names_every_kind_of_visibility(kind: str) -> None:
    board = json.loads((ROOT / "dashboards" / "grafana" / "directie.json").read_text("utf-8"))
    named = {
        value
        for panel in board["panels"]
        if panel["title"] == "Zichtbaarheid, uitgesplitst"
        for change in panel["fieldConfig"]["overrides"]
        for choice in change["properties"]
        if choice["id"] == "mappings"
        for mapping in choice["value"]
        for value in mapping["options"]
    }
    assert kind in named, (
        f"dashboards/grafana/directie.json: give {kind!r} a text among the value mappings of the "
        "panel 'Zichtbaarheid, uitgesplitst'"
    )


DOCUMENTED = [
    *(("docs/metingen.md", kind) for kind in (*Evidence, *HidingMethod)),
    *(("docs/developers/recognition.md", kind) for kind in Evidence),
]


@pytest.mark.parametrize(("page", "kind"), DOCUMENTED)
def test_documentation_names_every_kind(page: str, kind: str) -> None:
    assert f"`{kind}`" in (ROOT / page).read_text("utf-8"), f"{page}: say what `{kind}` is"
