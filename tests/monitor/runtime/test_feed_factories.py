"""The feeds that a school has configured."""

from contextlib import ExitStack
from pathlib import Path

from pyrad.dictionary import Dictionary
from pyrad.packet import AcctPacket

from monitor.configuration import load_configuration
from monitor.identity import NamingKey
from monitor.places.bindings import SessionUpdate
from monitor.places.feeds.radius.listener import RadiusListenerFeed
from monitor.places.feeds.radius.message import RadiusAttribute
from monitor.places.feeds.unmapped import UnmappedAttachments
from monitor.runtime.feed_factories import make_feeds

NOON = 1_792_396_800.0
RADIUS = """
[school]
name = "College"
[radius]
listen = "127.0.0.1:0"
detail = "detail"
[[sender]]
prefix = "127.0.0.1/32"
secret = "radius.secret"
"""
RECORD = f"""Tue Oct 20 12:00:00 2026
\tAcct-Status-Type = Start
\tAcct-Session-Id = "5E0C1A-01"
\tNAS-IP-Address = 10.0.0.2
\tTimestamp = {NOON:.0f}

"""
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
        made = make_feeds(load_configuration(path), opened, UnmappedAttachments(), NamingKey())
        names = [feed.name for feed in made]
        assert names == ["dnsmasq", "dnsmasq-leases", "kea", "kea-control", "windows"]
        assert (tmp_path / "dnsmasq.sock").is_socket()
    assert not (tmp_path / "dnsmasq.sock").exists()


def test_a_listener_and_a_detail_file_tell_of_the_same_sessions(tmp_path: Path) -> None:
    path, secret = tmp_path / "lesrust.toml", tmp_path / "radius.secret"
    path.write_text(RADIUS)
    secret.touch(0o600)
    secret.write_text("testing123")
    (tmp_path / "detail").write_text(RECORD)
    packet = AcctPacket(secret=b"testing123", dict=Dictionary())
    packet.add_message_authenticator()
    packet[int(RadiusAttribute.ACCT_STATUS_TYPE)] = [(1).to_bytes(4)]
    packet[int(RadiusAttribute.ACCT_SESSION_ID)] = [b"5E0C1A-01"]
    packet[int(RadiusAttribute.NAS_IP_ADDRESS)] = [bytes((10, 0, 0, 2))]
    with ExitStack() as opened:
        listener, detail = make_feeds(
            load_configuration(path), opened, UnmappedAttachments(), NamingKey()
        )
        assert isinstance(listener, RadiusListenerFeed)
        (sent,) = listener.receive_packet(packet.RequestPacket(), ("127.0.0.1", 9), NOON)
        (written,) = detail.events(NOON)
    assert isinstance(sent, SessionUpdate)
    assert isinstance(written, SessionUpdate)
    assert sent.session == written.session


def test_a_school_without_servers_has_no_feeds(tmp_path: Path) -> None:
    path = tmp_path / "lesrust.toml"
    path.write_text('[school]\nname = "College"\n')
    with ExitStack() as opened:
        assert (
            make_feeds(load_configuration(path), opened, UnmappedAttachments(), NamingKey()) == ()
        )
