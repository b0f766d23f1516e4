"""A provider is asked as safely as it is itself, and answers for itself."""

from typing import Any

import pytest
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.conf import settings
from django.test import RequestFactory

from dashboards.access.sign_in.openid import ENDPOINTS, SignInAdapter

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


def test_the_answer_of_another_provider_is_not_taken() -> None:
    other = adapter("iss=https://elsewhere.example&state=state")
    with pytest.raises(OAuth2Error, match="another provider"):
        other.complete_login(other.request, other.get_provider().app, None, response={})
