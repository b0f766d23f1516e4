"""Signing in with the school's provider, by OpenID Connect's code flow with a nonce and PKCE.

allauth goes the way; what it takes on trust is checked here.
"""

from collections.abc import Mapping
from json import JSONDecodeError
from typing import Any
from urllib.parse import urlsplit

import httpx
from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from dashboards.access.sign_in.id_token import UntrustedToken, verify_id_token
from schedules.outgoing.policy import ForbiddenDestination

ENDPOINTS = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")
UNUSABLE = (ForbiddenDestination, OAuth2Error, httpx.HTTPError, httpx.InvalidURL, JSONDecodeError)
"""A provider that is away, answers something else, or is not the one that was meant."""
_SALT = "dashboards.access.sign_in.openid"


class SignInClient(OAuth2Client):  # type: ignore[misc]
    """Sends along a nonce, by which the answer's token is known to be of this sign-in."""

    def get_redirect_url(
        self, authorization_url: str, scope: list[str], extra_params: Mapping[str, str]
    ) -> str:
        """Return where at the provider somebody signs in."""
        parameters = {**extra_params, "nonce": _nonce_of(self.state or "")}
        address: str = super().get_redirect_url(authorization_url, scope, parameters)
        return address


class SignInAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """Believes a provider what it signed, and of its user's information what is of that person."""

    client_class = SignInClient

    @property
    def openid_config(self) -> dict[str, Any]:
        """Return how the provider describes itself.

        Raises:
            OAuth2Error: when it is another than the configuration names, or says an address that
                anybody on the way could speak for.
        """
        description: dict[str, Any] = super().openid_config
        issuer = self.get_provider().app.settings["server_url"]
        if str(description.get("issuer")).rstrip("/") != issuer.rstrip("/"):
            raise OAuth2Error("the provider calls itself otherwise")
        for name in ENDPOINTS:
            if urlsplit(str(description.get(name))).scheme != urlsplit(issuer).scheme:
                raise OAuth2Error("an address of the provider is not as safe as its own")
        return description

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        """Return who signed in.

        Raises:
            OAuth2Error: when the provider did not say so, or not to this sign-in.
        """
        if request.GET.get("iss", self.openid_config["issuer"]) != self.openid_config["issuer"]:
            raise OAuth2Error("another provider answered")  # RFC 9207
        try:
            claims = verify_id_token(
                str(kwargs["response"].get("id_token")),
                self._fetch_keys(),
                issuer=self.openid_config["issuer"],
                client=app.client_id,
                nonce=_nonce_of(request.GET.get("state", "")),
            )
        except UntrustedToken as error:
            raise OAuth2Error("the provider's token says nothing") from error
        userinfo = self._fetch_user_info(token.token)
        if not isinstance(userinfo, dict) or userinfo.get("sub") != claims["sub"]:
            raise OAuth2Error("the two answers are about two people")  # Core 1.0, 5.3.2
        return self.get_provider().sociallogin_from_response(
            request, {"userinfo": userinfo, "id_token": claims}
        )

    def _fetch_keys(self) -> Mapping[str, Any]:
        """Fetch the provider's keys as they are now: it changes them when it likes."""
        with get_adapter().get_requests_session() as session:
            response = session.get(self.openid_config["jwks_uri"])
            response.raise_for_status()
        keys = response.json()
        if not isinstance(keys, dict):
            raise UntrustedToken("the provider has no keys")
        return keys


class SchoolProvider(OpenIDConnectProvider):  # type: ignore[misc]
    """A provider of the school's; a link to it can ask for no more than the button does."""

    oauth2_adapter_class = SignInAdapter

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        """Return what is always asked for."""
        scope: list[str] = self.get_scope()
        return scope

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, str]:
        """Return what is always sent along."""
        parameters: dict[str, str] = self.get_auth_params()
        return parameters


@login_not_required  # type: ignore[untyped-decorator]
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead somebody to the provider."""
    return _respond(OAuth2LoginView, request, provider_id)


@login_not_required  # type: ignore[untyped-decorator]
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take the provider's answer."""
    return _respond(OAuth2CallbackView, request, provider_id)


def _respond(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    adapter = SignInAdapter(request, provider_id)
    try:
        provider = adapter.get_provider()
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    response: HttpResponse
    try:
        response = view.adapter_view(adapter)(request)
    except UNUSABLE as error:
        response = render_authentication_error(request, provider, exception=error)
    return response


def _nonce_of(state: str) -> str:
    """Return what belongs to the state of a sign-in, which only its own browser has."""
    return salted_hmac(_SALT, state, algorithm="sha256").hexdigest()
