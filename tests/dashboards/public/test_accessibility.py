"""The accessibility statement: a model that claims nothing which the school has not established."""

from collections.abc import Callable

import pytest
from django.test import Client

from dashboards.public import accessibility_target
from tests.dashboards.public.conftest import said

PAGE = "/toegankelijkheid/"


@pytest.fixture
def statement(at_school: Callable[[str], None], client: Client) -> Callable[[], str]:
    return lambda: said(client.get(PAGE, {"taal": "nl"}).content.decode())


def test_it_claims_no_status(statement: Callable[[], str]) -> None:
    page = statement()
    assert "Dit is een model voor een toegankelijkheidsverklaring." in page
    assert "De school heeft de status nog niet vastgesteld." in page
    assert "De school heeft nog niet ingevuld bij wie u terechtkunt." in page


def test_it_names_what_is_tested(
    statement: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "320, 768 en 1280 pixels breed" in statement()
    monkeypatch.setattr(accessibility_target, "WIDTHS", (360, 1024))
    assert "360 en 1024 pixels breed" in statement()
    assert f"De norm is {accessibility_target.STANDARD}." in statement()


def test_it_leads_to_what_the_school_has_stated(
    statement: Callable[[], str], at_school: Callable[[str], None], client: Client
) -> None:
    address = "https://www.toegankelijkheidsverklaring.example/register/1"
    at_school(
        '[school]\nname = "Het Voorbeeld"\n[contact]\nname = "de balie"\n'
        f'email = "balie@voorbeeld.example"\naccessibility = "{address}"\n'
    )
    page = statement()
    assert f"De verklaring van de school staat hier: {address}" in page
    assert "nog niet vastgesteld" not in page
    assert "Neem contact op met de balie: balie@voorbeeld.example" in page
    assert f'href="{address}"' in client.get(PAGE).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["/inloggen/", "/transparantie/", PAGE, "/niet/"])
def test_every_page_leads_to_it(page: str, client: Client) -> None:
    assert f'href="{PAGE}"' in client.get(page).content.decode()
