"""The first page, the language, and what a phone needs to put Lesrust on its home screen."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language, gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from dashboards.access.navigation import ENTRIES
from dashboards.models import Account


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Redirect everybody to her own page; who is not signed in, to where that is done."""
    if not isinstance(request.user, Account):
        return redirect("account_login")
    first = next((entry.url_name for entry in ENTRIES if entry.roles & request.user.role_set), None)
    return redirect(first or "transparency")


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep in her browser which language somebody chose, and go back to where she was."""
    chosen, back = request.POST.get("language", ""), request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = reverse("home")
    response = HttpResponseRedirect(back)
    if chosen in dict(settings.LANGUAGES) and check_for_language(chosen):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=365 * 24 * 3600,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


@require_safe
@cache_control(max_age=86_400)
def manifest(request: HttpRequest) -> HttpResponse:
    """Describe how Lesrust stands on a phone's home screen."""
    icons = [
        {"src": static(f"lesrust-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
        for size in (192, 512)
    ]
    content = {
        "name": gettext("Lesrust: allow in my lesson"),
        "short_name": "Lesrust",
        "lang": request.LANGUAGE_CODE,
        "start_url": reverse("home"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#0b5d63",
        "icons": icons,
    }
    return JsonResponse(content, content_type="application/manifest+json")


def not_found(_: HttpRequest) -> HttpResponse:
    """Answer for an address that is not there; allauth asks that it has a name."""
    raise Http404
