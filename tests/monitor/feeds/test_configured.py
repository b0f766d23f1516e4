"""The feeds that a school has configured."""

from contextlib import ExitStack
from pathlib import Path

from monitor import configuration
from monitor.feeds.configured import feeds

SETTINGS = """
[school]
name = "College"
[dhcp]
kea_leases = "leases4.csv"
kea_socket = "kea.sock"
dnsmasq_leases = "dnsmasq.leases"
dnsmasq_socket = "dnsmasq.sock"
windows_logs = "logs"
"""


def test_every_dhcp_server_that_is_named_is_a_feed(tmp_path: Path) -> None:
    path = tmp_path / "lesrust.toml"
    path.write_text(SETTINGS)
    with ExitStack() as opened:
        made = feeds(configuration.read(path), opened)
        names = [feed.name for feed in made]
        assert names == ["kea", "kea-control", "dnsmasq", "dnsmasq-leases", "windows"]
        assert (tmp_path / "dnsmasq.sock").is_socket()
    assert not (tmp_path / "dnsmasq.sock").exists()


def test_a_school_without_servers_has_no_feeds(tmp_path: Path) -> None:
    path = tmp_path / "lesrust.toml"
    path.write_text('[school]\nname = "College"\n')
    with ExitStack() as opened:
        assert feeds(configuration.read(path), opened) == ()
