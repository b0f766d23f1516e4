"""A provider is asked as safely as it is itself, and answers for itself."""

from base64 import b64encode
from typing import Any

import httpx
import pytest
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.conf import settings
from django.test import RequestFactory

from dashboards.access.sign_in.openid import ENDPOINTS, SignInAdapter
from schedules.outgoing.policy import ForbiddenDestination
from schedules.outgoing.transport import CheckedTransport
from tests.schedules.names import Names, names

__all__ = ["names"]

pytestmark = [pytest.mark.store, pytest.mark.django_db]
ISSUER = "https://provider.example/school"
DESCRIPTION = {"issuer": ISSUER} | {name: f"{ISSUER}/{name}" for name in ENDPOINTS}


@pytest.fixture(autouse=True)
def provider(monkeypatch: pytest.MonkeyPatch) -> None:
    app = {
        "provider_id": "school",
        "name": "School",
        "client_id": "lesrust",
        "secret": "secret",
        "settings": {"server_url": ISSUER},
    }
    ours = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
    providers = {"openid_connect": {**ours, "APPS": [app]}}
    monkeypatch.setattr(settings, "SOCIALACCOUNT_PROVIDERS", providers)


def adapter(query: str = "", **changes: str) -> Any:
    """Give what asks a provider that describes itself so."""
    request = RequestFactory().get(f"/oidc/school/login/callback/?{query}")
    asks = SignInAdapter(request, "school")
    asks._openid_config = {**DESCRIPTION, **changes}
    return asks


def test_a_provider_is_believed_what_it_says_of_itself() -> None:
    assert adapter().openid_config == DESCRIPTION
    assert adapter(issuer=f"{ISSUER}/").openid_config["issuer"] == f"{ISSUER}/"


@pytest.mark.parametrize(
    "issuer", ["https://elsewhere.example", "http://provider.example/school", ""]
)
def test_another_issuer_is_not_the_schools(issuer: str) -> None:
    with pytest.raises(OAuth2Error):
        _ = adapter(issuer=issuer).openid_config


@pytest.mark.parametrize("name", ENDPOINTS)
@pytest.mark.parametrize("address", ["http://provider.example/", "file:///etc/passwd", ""])
def test_nothing_is_asked_where_anybody_could_answer(name: str, address: str) -> None:
    with pytest.raises(OAuth2Error):
        _ = adapter(**{name: address}).openid_config


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "169.254.169.254"])
def test_a_provider_is_not_asked_inside(address: str, names: Names) -> None:
    names("provider.example", (address,))
    with get_adapter().get_requests_session() as session, pytest.raises(ForbiddenDestination):
        session.get(f"{ISSUER}/.well-known/openid-configuration")


def test_one_that_says_this_machine_is_not_asked_there() -> None:
    with get_adapter().get_requests_session() as session, pytest.raises(ForbiddenDestination):
        session.get("http://127.0.0.1:1/token")


def test_what_asks_takes_what_allauth_gives_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[httpx.Request] = []

    def answer(_: object, request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, json={"access_token": "token"})

    monkeypatch.setattr(CheckedTransport, "handle_request", answer)
    asks = adapter()
    client = asks.get_client(asks.request, asks.get_provider().app)
    client.basic_auth = True
    assert client.get_access_token("code", pkce_code_verifier="v") == {"access_token": "token"}
    assert asked[0].headers["Authorization"] == f"Basic {b64encode(b'lesrust:secret').decode()}"
    assert b"code_verifier=v" in asked[0].content


def test_the_answer_of_another_provider_is_not_taken() -> None:
    other = adapter("iss=https://elsewhere.example&state=state")
    with pytest.raises(OAuth2Error, match="another provider"):
        other.complete_login(other.request, other.get_provider().app, None, response={})
