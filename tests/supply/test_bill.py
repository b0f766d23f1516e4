"""The bill of materials: everything that is installed, alike for what is alike, and no host."""

import json
from importlib.metadata import distribution

import pytest
from cyclonedx.model.bom import Bom

from tests.supply.bill import format_bill, format_licences
from tests.supply.distributions import Use, UsedDistribution, find_used, load_locked


@pytest.fixture(scope="module")
def used() -> list[UsedDistribution]:
    return find_used()


@pytest.fixture
def bill(used: list[UsedDistribution], monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    return format_bill(used)


def test_everything_that_is_used_is_in_the_lock(used: list[UsedDistribution]) -> None:
    locked = load_locked()
    assert [part for part in used if part.version not in locked.get(part.name, ())] == []


def test_everything_that_is_locked_is_used_here_or_elsewhere(used: list[UsedDistribution]) -> None:
    of_other_systems = load_locked().keys() - {part.name for part in used}
    assert of_other_systems <= {
        "brotlicffi",
        "colorama",
        "greenlet",
        "mitmproxy-macos",
        "mitmproxy-windows",
        "pydivert",
    }


def test_what_a_school_needs_is_told_from_what_developers_need(
    used: list[UsedDistribution],
) -> None:
    uses = {part.name: part.use for part in used}
    assert uses["django"] is Use.ALWAYS
    assert uses["asgiref"] is Use.ALWAYS, "it comes with Django"
    assert uses["scapy"] is Use.EXTRA
    assert uses["fido2"] is Use.EXTRA, "it comes with an extra of an extra"
    assert uses["pytest"] is Use.DEVELOPMENT


def test_the_bill_is_one_that_others_read(bill: str, used: list[UsedDistribution]) -> None:
    read: Bom = Bom.from_json(json.loads(bill))  # type: ignore[attr-defined]
    assert {str(component.purl) for component in read.components} == {
        f"pkg:pypi/{part.name}@{part.version}" for part in used
    }
    assert read.metadata.component is not None
    assert read.metadata.component.version == distribution("lesrust").version
    assert all(component.licenses for component in read.components)


def test_the_bill_says_who_needs_whom(bill: str) -> None:
    needs = {entry["ref"]: entry.get("dependsOn", []) for entry in json.loads(bill)["dependencies"]}
    assert "asgiref" in needs["django"]
    assert {"django", "mitmproxy", "pytest"} <= {*needs["lesrust"]}
    assert "asgiref" not in needs["lesrust"]


def test_the_same_versions_make_the_same_bill(bill: str, used: list[UsedDistribution]) -> None:
    assert format_bill(reversed(used)) == bill


def test_the_bill_names_no_host(bill: str) -> None:
    assert "://" not in bill.replace("http://cyclonedx.org/schema/bom-1.6.schema.json", "")


def test_the_report_has_every_licence(used: list[UsedDistribution]) -> None:
    report = format_licences(used)
    assert "| scapy | " in report
    assert report.count("\n| ") == len(used) + 3, "a row each, below three headings"
