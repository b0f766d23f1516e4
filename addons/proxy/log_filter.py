"""Keeps what mitmproxy logs from the log: it names clients and servers in nearly every line.

Errors among it are counted. What is let through is about mitmproxy itself, from loggers that
never speak of a connection. Nothing is taken back: when the addon has gone, the last connections
still end.
"""

import logging
from collections.abc import Callable

CONNECTION_LOGGER = "mitmproxy.proxy.server"
"""Speaks of every connection."""
FILTERED_LOGGERS = ("mitmproxy", "asyncio")
"""May speak of one."""
ALLOWED_LOGGERS = {
    "mitmproxy.addons.proxyserver",
    "mitmproxy.addons.script",
    "mitmproxy.optmanager",
    "mitmproxy.proxy.mode_servers",
}


class LogFilter(logging.Handler):
    """Stands where records would go on to whatever prints or keeps them."""

    def __init__(self, count_error: Callable[[], None]) -> None:
        super().__init__()
        self._count_error = count_error

    def emit(self, record: logging.LogRecord) -> None:
        """Let a record about mitmproxy itself go on, and count the errors among the others."""
        if record.name in ALLOWED_LOGGERS and not hasattr(record, "client"):
            logging.getLogger().handle(record)
        elif record.levelno >= logging.ERROR:
            self._count_error()


def filter_connection_log(count_error: Callable[[], None]) -> None:
    """Silence what speaks of every connection, from before the first one."""
    _filter_logger(CONNECTION_LOGGER, count_error)
    # A record that is not made costs nothing.
    logging.getLogger(CONNECTION_LOGGER).setLevel(logging.ERROR)


def filter_all_logs(count_error: Callable[[], None]) -> None:
    """Silence all that may speak of one; what goes wrong at the start is said before this."""
    for name in FILTERED_LOGGERS:
        _filter_logger(name, count_error)
    logging.getLogger().addFilter(_has_a_name)


def _filter_logger(name: str, count_error: Callable[[], None]) -> None:
    logger = logging.getLogger(name)
    logger.propagate = False
    for handler in [known for known in logger.handlers if isinstance(known, LogFilter)]:
        logger.removeHandler(handler)
    logger.addHandler(LogFilter(count_error))


def _has_a_name(record: logging.LogRecord) -> bool:
    """Some of mitmproxy's addons log without a name."""
    return record.name != "root"
