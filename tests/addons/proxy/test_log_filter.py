"""Nothing that mitmproxy says of a connection reaches a log; its errors are counted."""

import logging

import pytest

from addons.proxy.log_filter import filter_all_logs, filter_connection_log


class Counter:
    def __init__(self) -> None:
        self.errors = 0

    def count(self) -> None:
        self.errors += 1


@pytest.fixture
def counter() -> Counter:
    return Counter()


@pytest.mark.parametrize(
    "name", ["mitmproxy.proxy.server", "mitmproxy.addonmanager", "mitmproxy.master", "asyncio"]
)
def test_what_speaks_of_connections(
    name: str, counter: Counter, caplog: pytest.LogCaptureFixture
) -> None:
    filter_all_logs(counter.count)
    with caplog.at_level(logging.DEBUG):
        logging.getLogger(name).info("client connect", extra={"client": ("192.0.2.7", 5)})
        logging.getLogger(name).error("192.0.2.7 broke something")
    assert caplog.records == []
    assert counter.errors == 1


def test_what_mitmproxy_says_about_itself(
    counter: Counter, caplog: pytest.LogCaptureFixture
) -> None:
    filter_all_logs(counter.count)
    with caplog.at_level(logging.INFO):
        logging.getLogger("mitmproxy.addons.script").info("Loading script")
        logging.getLogger("mitmproxy.addons.script").info("of", extra={"client": ("192.0.2.7", 5)})
    assert [record.getMessage() for record in caplog.records] == ["Loading script"]
    assert counter.errors == 0


def test_connections_are_silent_before_everything_is(
    counter: Counter, caplog: pytest.LogCaptureFixture
) -> None:
    filter_connection_log(counter.count)
    with caplog.at_level(logging.INFO):
        logging.getLogger("mitmproxy.proxy.server").info("client connect")
        logging.getLogger("mitmproxy.addonmanager").error("Addon error: at the start")
    assert [record.name for record in caplog.records] == ["mitmproxy.addonmanager"]


def test_what_names_no_logger(counter: Counter, caplog: pytest.LogCaptureFixture) -> None:
    filter_all_logs(counter.count)
    logging.getLogger().warning("Client connection from 192.0.2.7 killed by block_global option.")
    assert caplog.records == []


def test_silence_twice_counts_once(counter: Counter) -> None:
    filter_all_logs(counter.count)
    filter_all_logs(counter.count)
    logging.getLogger("mitmproxy.addonmanager").error("Addon error")
    assert counter.errors == 1
