"""What allauth asks of us: who may have an account, and how a second factor is kept."""

import time
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from dashboards.access.sign_in import known_devices, provider_claims
from dashboards.models import Account
from schedules.outgoing.policy import WRITTEN_LOOPBACK
from schedules.outgoing.transport import make_client

RECENT_SIGN_IN = 900.0
"""Seconds."""
PROVIDER_SESSION = timedelta(hours=1)
"""After it the provider is asked again: what it took away from somebody is gone by then."""
PROVIDER_TIMEOUT = httpx.Timeout(10.0)
ADMISSION_ATTRIBUTE = "lesrust_admission"
"""On a request that comes back from the provider."""
PROVIDER_SECOND_FACTOR = "second_factor_of_provider"
"""In a session: the school's provider has asked for a second factor itself."""


class PasswordAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up: an administrator makes an account."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False."""
        return False

    def send_notification_mail(self, *_: Any, **__: Any) -> None:
        """Send nothing: an account has no address."""

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Return to the page of the account's security."""
        return reverse("mfa_index")

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Return what failed attempts are counted by: an account, from one source.

        A device on which the account signed in before is a source of its own. Whoever tries
        elsewhere locks nobody out, and no other name for this site gives new tries.
        """
        login = str(credentials.get("username", "")).casefold()
        device = known_devices.find_device_of(request, login)
        source = device or ratelimit.truncate_ip(super().get_client_ip(request))
        return f"{source}:{login}"

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return what stands for the source of a request: a known device, or an address."""
        return known_devices.find_device(request) or str(super().get_client_ip(request))

    def post_login(self, request: HttpRequest, user: Account, **arguments: Any) -> HttpResponse:
        """Remember the device of whoever signed in here, with a password or a passkey."""
        response: HttpResponse = super().post_login(request, user, **arguments)
        if user.has_usable_password():
            known_devices.remember_device(response, user.username)
        return response

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Return whether somebody who is signed in has to show once more who she is.

        Whoever signs in with the provider has nothing else here to show it with: she signs in
        there again, unless she just did.

        Raises:
            ImmediateHttpResponse: to lead her there.
        """
        request: HttpRequest = self.request
        if get_reauthentication_flows(request.user):
            return bool(super().is_reauthentication_required(app=app))
        records = get_authentication_records(request, request.user)
        if any(time.time() - record["at"] < RECENT_SIGN_IN for record in records):
            return False
        self.logout(request)
        raise ImmediateHttpResponse(redirect_to_login(request.get_full_path()))


class ProviderAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Whoever the school's provider knows, and has a role, has an account."""

    def get_requests_session(self) -> httpx.Client:
        """Return what asks the provider: it connects to where the configuration lets it alone.

        allauth takes it for a session of requests, which it is alike enough to.
        """
        issuers = [urlsplit(provider.issuer).hostname for provider in settings.LESRUST.providers]
        policy = replace(
            settings.LESRUST.outgoing.policy,
            may_mean_this_machine=not WRITTEN_LOOPBACK.isdisjoint(issuers),
        )
        return make_client(policy, timeout=PROVIDER_TIMEOUT)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Return True: who has no role was turned away before."""
        return True

    def populate_user(
        self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]
    ) -> Account:
        """Read what the provider says before any of it is stored; only a name is kept."""
        account: Account = sociallogin.user
        account.username = provider_claims.account_name(data)
        claims, sociallogin.account.extra_data = sociallogin.account.extra_data, {}
        sociallogin.email_addresses = []
        vars(request)[ADMISSION_ATTRIBUTE] = provider_claims.parse_admission(
            sociallogin.account.provider, claims
        )
        return account

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Grant the roles that hold now, or turn away.

        Raises:
            ImmediateHttpResponse: for somebody without a role.
        """
        sociallogin.email_addresses = []
        admission: provider_claims.Admission = vars(request)[ADMISSION_ATTRIBUTE]
        account: Account = sociallogin.user
        if not admission.rights.roles:
            provider_claims.revoke_roles(account)
            raise ImmediateHttpResponse(render(request, "access/no_role.html", status=403))
        provider_claims.grant_roles(account, admission.rights)
        request.session[PROVIDER_SECOND_FACTOR] = admission.has_second_factor
        # A moment, and not a duration: using the pages makes it no later.
        request.session.set_expiry(timezone.now() + PROVIDER_SESSION)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of second factors are encrypted in the store."""

    def encrypt(self, text: str) -> str:
        """Encrypt with the school's key."""
        return Fernet(settings.MFA_ENCRYPTION_KEY).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt what `encrypt` gave."""
        return Fernet(settings.MFA_ENCRYPTION_KEY).decrypt(encrypted_text.encode()).decode()

    def _get_site_name(self) -> str:
        return f"Lesrust {settings.LESRUST.school.name}"
