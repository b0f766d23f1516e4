"""The headers of every response, besides those of Django's own middleware."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

type Handler = Callable[[HttpRequest], HttpResponse]


def security_headers(handle: Handler) -> Handler:
    """Keep pages out of shared caches, and let them use nothing of the device."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = handle(request)
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        response.headers["Permissions-Policy"] = (
            "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        )
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return response

    return respond
