"""Keeps mitmproxy's records out of the log: nearly every line names clients and servers.

Errors among them are counted. Records about mitmproxy itself pass, from loggers that never write
about a connection. The filter stays when the addon is gone, because the last connections end later.
"""

import logging
from collections.abc import Callable

CONNECTION_LOGGER = "mitmproxy.proxy.server"
"""Writes about every connection."""
FILTERED_LOGGERS = ("mitmproxy", "asyncio")
"""May write about a connection."""
ALLOWED_LOGGERS = {
    "mitmproxy.addons.proxyserver",
    "mitmproxy.addons.script",
    "mitmproxy.optmanager",
    "mitmproxy.proxy.mode_servers",
}


class LogFilter(logging.Handler):
    """Stands where records would go on to be printed or stored."""

    def __init__(self, count_error: Callable[[], None]) -> None:
        super().__init__()
        self._count_error = count_error

    def emit(self, record: logging.LogRecord) -> None:
        """Pass a record about mitmproxy itself, and count the errors among the others."""
        if record.name in ALLOWED_LOGGERS and not hasattr(record, "client"):
            logging.getLogger().handle(record)
        elif record.levelno >= logging.ERROR:
            self._count_error()


def filter_connection_log(count_error: Callable[[], None]) -> None:
    """Filter the logger that writes about every connection, before the first one."""
    _filter_logger(CONNECTION_LOGGER, count_error)
    # A record that is not made costs nothing.
    logging.getLogger(CONNECTION_LOGGER).setLevel(logging.ERROR)


def filter_all_logs(count_error: Callable[[], None]) -> None:
    """Filter all that may write about a connection; errors at the start are logged before this."""
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
    """Return whether a record has a logger's name: some of mitmproxy's addons log without one."""
    return record.name != "root"
