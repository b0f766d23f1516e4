"""The mitmproxy options of a proxy that passes everything through and keeps nothing.

mitmdump is made to look at traffic. What would decrypt, alter, print or keep traffic is switched
off, and refused when it is switched on again.
"""

from mitmproxy.exceptions import OptionsError
from mitmproxy.master import Master
from mitmproxy.options import Options
from mitmproxy.proxy.mode_specs import ProxyMode

from schedules.language import gettext, gettext_lazy

MODES = ("transparent", "regular", "socks5")

TCP_TIMEOUT = 432_000
"""Seconds, five days: as long as Linux itself remembers an established connection. By default
mitmproxy closes an idle one after ten minutes, and push messages come less often. The kernel's
keep-alive ends the connections of clients that have gone, after two hours."""

REQUIRED_OPTIONS: dict[str, object] = {
    # Some servers send first, and a server's refusal is passed on at once.
    "connection_strategy": "eager",
    "tcp_timeout": TCP_TIMEOUT,
    "stream_large_bodies": None,
    "body_size_limit": None,
    # It would refuse requests; there is no filter behind this proxy to smuggle them past.
    "validate_inbound_headers": False,
    # It would keep each message; without it an upgraded connection passes as it is.
    "websocket": False,
    # It would answer for http://mitm.it.
    "onboarding": False,
    # It would print clients' addresses.
    "flow_detail": 0,
}

FORBIDDEN_OPTIONS = {
    "flow_detail": gettext_lazy("it prints clients' addresses"),
    "hardump": gettext_lazy("it keeps clients' addresses"),
    "proxy_debug": gettext_lazy("it prints what clients send"),
    "save_stream_file": gettext_lazy("it keeps clients' addresses"),
    "store_streamed_bodies": gettext_lazy("it keeps what clients send"),
}


def set_required_options(options: Options) -> None:
    """Set the options that passing through needs, except those of addons that are not loaded."""
    options.update_known(**REQUIRED_OPTIONS)
    if all(mode.startswith("transparent") for mode in options.mode):
        # It would refuse clients with public addresses, which all have in IPv6. The other modes
        # need it: without it anyone who reaches the proxy could use it.
        options.update_known(block_global=False)


def check_options(master: Master) -> None:
    """Refuse options that would show or keep traffic.

    Raises:
        OptionsError: which option, and why.
    """
    if master.addons.get("view") is not None:
        raise OptionsError(
            gettext("lesrust: mitmproxy and mitmweb keep connections in view: use mitmdump")
        )
    for name, reason in FORBIDDEN_OPTIONS.items():
        if name in master.options and getattr(master.options, name):
            raise OptionsError(
                gettext("lesrust: {name} must be off: {reason}", name=name, reason=reason)
            )
    for mode in master.options.mode:
        if problem := mode_problem(mode):
            raise OptionsError(gettext("lesrust: mode: {problem}", problem=problem))


def mode_problem(mode: str) -> str:
    """Return what is wrong with a mode, or "": the others decrypt, or carry unknown traffic."""
    try:
        parsed = ProxyMode.parse(mode)
    except ValueError:
        parsed = None
    if parsed and parsed.type_name in MODES and not parsed.data:
        return ""
    return gettext(
        "found {mode!r}; allowed: {modes}, also with a port, or an address and a port, such as "
        "'transparent@8080' or 'socks5@127.0.0.1:1080'",
        mode=mode,
        modes=", ".join(MODES),
    )
