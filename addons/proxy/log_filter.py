"""Keeps what mitmproxy logs from the log: it names clients and servers in nearly every line.

Errors among it are counted. What is let through is about mitmproxy itself, from loggers that
never speak of a connection. Nothing is taken back: when the addon has gone, the last connections
still end.
"""

import logging
from collections.abc import Callable

CONNECTIONS = "mitmproxy.proxy.server"
"""Speaks of every connection."""
LOGGERS = ("mitmproxy", "asyncio")
"""May speak of one."""
ABOUT_ITSELF = {
    "mitmproxy.addons.proxyserver",
    "mitmproxy.addons.script",
    "mitmproxy.optmanager",
    "mitmproxy.proxy.mode_servers",
}


class Silence(logging.Handler):
    """Stands where records would go on to whatever prints or keeps them."""

    def __init__(self, count: Callable[[], None]) -> None:
        super().__init__()
        self._count = count

    def emit(self, record: logging.LogRecord) -> None:
        """Let a record about mitmproxy itself go on, and count the errors among the others."""
        if record.name in ABOUT_ITSELF and not hasattr(record, "client"):
            logging.getLogger().handle(record)
        elif record.levelno >= logging.ERROR:
            self._count()


def silence_connections(count: Callable[[], None]) -> None:
    """Silence what speaks of every connection, from before the first one."""
    _silence(CONNECTIONS, count)
    # A record that is not made costs nothing.
    logging.getLogger(CONNECTIONS).setLevel(logging.ERROR)


def silence_all(count: Callable[[], None]) -> None:
    """Silence all that may speak of one; what goes wrong at the start is said before this."""
    for name in LOGGERS:
        _silence(name, count)
    logging.getLogger().addFilter(_has_a_name)


def _silence(name: str, count: Callable[[], None]) -> None:
    logger = logging.getLogger(name)
    logger.propagate = False
    for handler in [each for each in logger.handlers if isinstance(each, Silence)]:
        logger.removeHandler(handler)
    logger.addHandler(Silence(count))


def _has_a_name(record: logging.LogRecord) -> bool:
    """Some of mitmproxy's addons log without a name."""
    return record.name != "root"
