"""What every answer says to a browser, whatever is asked."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

type Handler = Callable[[HttpRequest], HttpResponse]


def own_pages_only(handle: Handler) -> Handler:
    """Keep pages out of shared memories, and let them use nothing of the device."""

    def answered(request: HttpRequest) -> HttpResponse:
        response = handle(request)
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        response.headers["Permissions-Policy"] = (
            "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        )
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return response

    return answered
