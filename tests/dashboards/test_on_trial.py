"""On trial every page says that nothing is counted, and so does what is typed and printed."""

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.test import Client
from django.urls import reverse

from dashboards.commands.figures import figures
from dashboards.commands.report import report
from dashboards.site import preparation
from monitor.configuration import load_configuration
from tests.cast import APPROVED
from tests.dashboards.conftest import clear_figure_caches
from tests.dashboards.test_permissions import WHO, sign_in

pytestmark = [pytest.mark.store, pytest.mark.django_db]
SAID = "niets geteld en niets vrijgegeven"
PAGES = (
    "transparency",
    "accessibility",
    "lesson",
    "figures",
    "exemptions",
    "settings",
    "audit",
    "it",
    "account_login",
    "mfa_index",
)


@pytest.fixture
def on_trial(web: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the school of the web application have no decision of its council yet."""
    path = web / "lesrust.toml"
    assert APPROVED in path.read_text()
    path.write_text(path.read_text().replace('council = "MR, 12 mei"\n', ""))
    monkeypatch.setattr(settings, "LESRUST", load_configuration(path))
    clear_figure_caches()
    return path


def html_of(client: Client) -> dict[str, str]:
    answers = {page: client.get(reverse(page)) for page in PAGES}
    return {
        page: answer.content.decode()
        for page, answer in answers.items()
        if answer.status_code == 200
    }


@pytest.mark.parametrize("who", WHO)
def test_every_page_says_so_to_everyone(who: str, on_trial: Path, client: Client) -> None:
    sign_in(client, who)
    shown = html_of(client)
    assert len(shown) >= 3
    assert {page for page, html in shown.items() if SAID not in html} == set()


@pytest.mark.parametrize("who", ["anonymous", "directie"])
def test_no_page_says_so_once_the_school_has_approved(who: str, web: Path, client: Client) -> None:
    sign_in(client, who)
    assert {page for page, html in html_of(client).items() if SAID in html} == set()


def test_the_public_page_names_what_there_is_and_what_there_is_not(
    on_trial: Path, client: Client
) -> None:
    html = client.get(reverse("transparency")).content.decode()
    assert "<dt>DPIA</dt><dd>DPIA, 12 mei</dd>" in html
    assert "<dt>Besluit van de medezeggenschapsraad</dt><dd>Nog niet vastgelegd.</dd>" in html


def test_the_terminal_says_so(on_trial: Path) -> None:
    shown = CliRunner().invoke(figures, ["--config", str(on_trial), "--lang", "nl"])
    assert SAID in " ".join(shown.stdout.split())


@pytest.mark.needs("pdftotext")
def test_a_report_says_so(on_trial: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparation, "prepare", lambda config: None)
    pdf = tmp_path / "week.pdf"
    words = ["week", "--config", str(on_trial), "--lang", "nl", "--output", str(pdf)]
    made = CliRunner().invoke(report, words)
    assert made.exit_code == 0, made.output
    text = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True)
    assert SAID in " ".join(text.stdout.split())
