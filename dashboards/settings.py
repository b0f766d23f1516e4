"""Django's settings of the web application: the store's, and what people need besides.

What a school chooses stands in `lesrust.toml`; where that is comes from the environment, because
Django reads its settings once.
"""

import os
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.utils.csp import CSP

from dashboards.access.keys import WebKeys
from dashboards.environment import CONFIGURATION_VARIABLE, STATIC_VARIABLE
from monitor import settings
from monitor.configuration import Configuration, SchoolSettings, load_configuration
from schedules.secret import load_secret

if TYPE_CHECKING:
    from dashboards.school.demonstration import WebDemonstration

FOLDER = Path(__file__).parent


def _configuration() -> Configuration:
    path = os.environ.get(CONFIGURATION_VARIABLE)
    if path:
        return load_configuration(Path(path))
    return Configuration(school=SchoolSettings(name="Lesrust"))  # the tests' own


LESRUST = _configuration()
_KEYS = (
    WebKeys.derive(load_secret(LESRUST.web.secret))
    if os.environ.get(CONFIGURATION_VARIABLE)
    else WebKeys.generate()
)
_ADDRESS = urlsplit(LESRUST.web.address or f"http://{LESRUST.web.listen}")
IS_BEHIND_TLS = _ADDRESS.scheme == "https"


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


DEMONSTRATION: "WebDemonstration | None" = None
"""What only a demonstration has; `dashboards.site.serving` puts it here."""

# The store, as the sensors have it. Each thread keeps its connection: opening one for each page
# costs as much as half of the page.
DATABASES = {"default": {**settings.DATABASES["default"], "CONN_MAX_AGE": 300}}
if "timeout" in DATABASES["default"].get("OPTIONS", {}):
    # Somebody waits for her page: after this long she reads that the store is locked.
    DATABASES["default"]["OPTIONS"] = {**DATABASES["default"]["OPTIONS"], "timeout": 5}
CACHES = {"default": {"BACKEND": "dashboards.access.store_cache.StoreCache"}}
CACHE_KEY = _KEYS.caching
DEFAULT_AUTO_FIELD = settings.DEFAULT_AUTO_FIELD
# What Django logs of a request can hold a name: `dashboards.site.failures` says what went wrong.
LOGGING_CONFIG = "dashboards.site.log_filter.silence_loggers"
LOGGING = ("allauth", "django", "fontTools", "waitress", "weasyprint")
USE_TZ = settings.USE_TZ
TIME_ZONE = LESRUST.school.time_zone

INSTALLED_APPS = [
    *settings.INSTALLED_APPS,
    "dashboards",
    "django_htmx",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "dashboards.access.headers.security_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "dashboards.access.sign_in.second_factor.require_second_factor",
]
ROOT_URLCONF = "dashboards.site.urls"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dashboards.access.navigation.navigation",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Languages: Dutch first.
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [FOLDER / "locale"]
LANGUAGE_COOKIE_NAME = "taal"

# Files of our own, and no others.
STATIC_URL = "/static/"
STATICFILES_DIRS = [FOLDER / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "dashboards.charts.bundle.VegaBundleFinder",
]
STATIC_ROOT = os.environ.get(STATIC_VARIABLE, "")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    if STATIC_ROOT
    else {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = not STATIC_ROOT
# Nothing asks for a file by a name that does not change with what is in it.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# Safety.
SECRET_KEY = _KEYS.signing
ALLOWED_HOSTS = [_ADDRESS.hostname or "localhost", "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"{_ADDRESS.scheme}://{_ADDRESS.netloc}"]
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    # A browser follows the form by which somebody signs in to her provider.
    "form-action": [CSP.SELF, *(_origin(provider.issuer) for provider in LESRUST.providers)],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if IS_BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_BEHIND_TLS
SECURE_HSTS_PRELOAD = IS_BEHIND_TLS
SECURE_SSL_REDIRECT = IS_BEHIND_TLS
SECURE_REFERRER_POLICY = "same-origin"
# A cookie of this name is taken from this very host alone, over TLS: a neighbour plants none.
_COOKIE_PREFIX = "__Host-" if IS_BEHIND_TLS else ""
SESSION_ENGINE = "dashboards.access.session_store"
SESSION_COOKIE_NAME = f"{_COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{_COOKIE_PREFIX}csrftoken"
DEVICE_COOKIE_NAME = f"{_COOKIE_PREFIX}apparaat"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_BEHIND_TLS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_AGE = None  # as long as the browser is open
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 100

# Accounts.
AUTH_USER_MODEL = "dashboards.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["dashboards.access.sign_in.password_hashing.BoundedArgon2Hasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_REDIRECT_URL = "home"
LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "dashboards.access.sign_in.adapters.PasswordAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
# A whole school can have one address: what is throttled by address is throttled widely. A form that
# holds no password to check costs as little as the page, and is not counted.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "60/m/ip,5/5m/key"}
SOCIALACCOUNT_ADAPTER = "dashboards.access.sign_in.adapters.ProviderAccountAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "provider_class": "dashboards.access.sign_in.openid.SchoolProvider",
        "APPS": [
            {
                "provider_id": provider.name,
                "name": provider.title,
                "client_id": provider.client,
                "secret": load_secret(provider.secret),
                "settings": {"server_url": provider.issuer},
            }
            for provider in LESRUST.providers
        ],
    }
}
MFA_ADAPTER = "dashboards.access.sign_in.adapters.SecondFactorAdapter"
MFA_ENCRYPTION_KEY = _KEYS.encryption
MFA_FORMS = {
    "activate_totp": "dashboards.access.sign_in.forms.ActivateAppForm",
    "add_webauthn": "dashboards.access.sign_in.forms.AddPasskeyForm",
    "edit_webauthn": "dashboards.access.sign_in.forms.EditPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# There is no secret to guess: whoever has a passkey gets in, whatever others try from her address.
MFA_RATE_LIMITS = {"webauthn_login": None}
MFA_TOTP_ISSUER = f"Lesrust {LESRUST.school.name}"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_BEHIND_TLS
