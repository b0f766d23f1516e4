"""What the tests of the papers share: schools that differ in what the papers say of them."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from dashboards.papers.paper import write_papers
from dashboards.papers.school_facts import SchoolFacts, make_school_facts
from monitor.configuration import load_configuration
from schedules.language import Language, override
from tests.cast import APPROVED
from tests.dashboards.cast import SCHOOL

SMALL = '[school]\nname = "De Kleine School"\n[[layer]]\nname = "alle"\npupils = 320\n'
PLACES = """[[place]]
prefixes = ["10.30.14.0/24"]
room = "B204"
[[place]]
prefixes = ["10.30.200.0/24"]
room = "B204"
role = "staff"
"""
CONTACT = """[contact]
name = "de balie"
email = "de_balie@voorbeeld.example"
privacy_officer = "M. de Wit"
objection = "Schrijf een brief"
"""
WATCH = '[watch]\ninterfaces = ["eth1"]\n'
PAGE = '[device]\nlisten = "0.0.0.0:9466"\nnames = ["apparaat.voorbeeld.example"]\n'
SCHOOLS = {
    "bare": '[school]\nname = "De Lege School"\n',
    "plain": SCHOOL + WATCH,
    "whole": SCHOOL + APPROVED + PLACES + CONTACT + WATCH + PAGE,
    "gateway": SCHOOL + '[gateway]\n[identity]\nneighbours = "all"\n',
    "explicit proxy": SCHOOL
    + '[gateway]\nlisten = ["regular@127.0.0.1:8081"]\n[dhcp]\nkea_leases = "leases.csv"\n',
    "persons": SCHOOL
    + WATCH
    + '[identity]\nunit = "person"\n[radius]\ndetail = "d"\nstaff_classes = ["personeel"]\n',
    "one address": SCHOOL + '[watch]\n[identity]\nunit = "address"\nreused = false\n',
    "three addresses": SCHOOL + '[watch]\n[identity]\nunit = "address"\nrooms = 3\n',
    "no identity": SCHOOL + "[gateway]\n",
    "small": SMALL + WATCH,
    "tiny": SMALL.replace("320", "120") + WATCH,
    "half a loss": SCHOOL + WATCH + "[privacy]\nepsilon = 0.5\n",
    "least loss": SMALL + WATCH + "[privacy]\nepsilon = 0.1\n",
    "kept shorter": SCHOOL + WATCH + '[store]\nweeks_kept = 20\ndatabase = "postgresql:///x"\n',
    "staff": SCHOOL + PLACES + WATCH + '[staff]\nconsent = "verslag van 12 mei"\n',
    "staff unknown": SCHOOL + WATCH + '[staff]\nconsent = "verslag van 12 mei"\n',
    "page over TLS": SCHOOL + WATCH + PAGE + 'certificate = "page.pem"\n',
    "signed in": SCHOOL
    + WATCH
    + '[web]\naddress = "https://lesrust.example"\nsecond_factor = ["it", "directie"]\n',
}
"""By what is special about each."""

type Describe = Callable[[str], SchoolFacts]
type Write = Callable[[str], Mapping[str, str]]


@pytest.fixture
def describe(tmp_path: Path) -> Describe:
    """Gather what the papers say of a school, given its `lesrust.toml`."""

    def gather(text: str) -> SchoolFacts:
        path = tmp_path / "lesrust.toml"
        path.write_text(text, "utf-8")
        with override(Language.DUTCH):
            return make_school_facts(load_configuration(path))

    return gather


@pytest.fixture
def write(describe: Describe) -> Write:
    """Write the papers of a school, given its `lesrust.toml`."""
    return lambda text: write_papers(describe(text))
