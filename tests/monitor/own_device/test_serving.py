"""The page as it is served: real connections on this machine, each from an address of its own."""

import socket
import ssl
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path

import pytest

from monitor.configuration import DeviceSettings
from monitor.own_device import serving as served_by
from monitor.own_device import site
from monitor.places.prefix_map import PrefixMap
from schedules.problem import Refused
from tests.cast import school_snapshot, sighting, use
from tests.monitor.own_device.asking import (
    OPENED,
    OTHER,
    PATIENCE,
    PHONE,
    OwnDeviceSensor,
    ask,
    looking,
    packed,
    serving,
)

LIVE, STREAM = "/mijn-apparaat/live", "/mijn-apparaat/zonder-script"


def eventually(holds: Callable[[], object]) -> None:
    """Wait until the page's thread has done it; a test that hangs fails."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.01)


class TestLooking:
    @pytest.mark.parametrize("path", [LIVE, STREAM])
    def test_a_device_sees_what_is_recognised_of_it(self, path: str) -> None:
        with serving() as sensor, looking(sensor, path) as told:
            told.until("lokaal 101")
            sensor.see(*use(OPENED + 1, packed(PHONE), hostname="www.tiktok.com"))
            told.until("actief op: TikTok")
            assert "actief in deze les" in told.until("www.tiktok.com")

    @pytest.mark.parametrize("path", [LIVE, STREAM])
    def test_and_nothing_of_another(self, path: str) -> None:
        with serving() as sensor, looking(sensor, path) as told:
            told.until("lokaal 101")
            sensor.see(sighting(OPENED + 1, packed(OTHER), hostname="www.tiktok.com"))
            sensor.see(sighting(OPENED + 2, packed(PHONE), hostname="x.com"))
            told.until("x.com")
            assert "tiktok" not in told.text.lower()

    def test_two_look_each_at_itself(self) -> None:
        with serving() as sensor, looking(sensor) as own, looking(sensor, who=OTHER) as others:
            own.until("lokaal 101")
            others.until("lokaal 101")
            sensor.see(sighting(OPENED + 1, packed(PHONE), hostname="www.tiktok.com"))
            sensor.see(sighting(OPENED + 2, packed(OTHER), hostname="x.com"))
            assert "TikTok" in own.until("www.tiktok.com")
            others.until("x.com")
            assert "x.com" not in own.text
            assert "tiktok" not in others.text

    def test_nothing_is_kept_when_it_closes(self) -> None:
        with serving() as sensor:
            with looking(sensor) as told:
                told.until("lokaal 101")
                assert sensor.looking()
                sensor.see(sighting(OPENED + 1, packed(PHONE)))
            eventually(lambda: not sensor.looking())
            with looking(sensor) as told:
                told.until("nog geen verbinding")

    def test_where_it_is_may_be_unknown_and_still_it_sees_what_is_recognised(self) -> None:
        with serving(replace(school_snapshot(), prefixes=PrefixMap())) as sensor:
            assert ask(sensor, "/").status == 403  # loopback is some place, or nobody's
        nowhere = replace(school_snapshot(), prefixes=PrefixMap())
        with serving() as sensor, looking(sensor) as told:
            told.until("lokaal 101")
            sensor.core.snapshot = nowhere
            sensor.see(sighting(OPENED + 1, packed(PHONE)))
            told.until("niet bekend in welk lokaal")
            assert "plaats onbekend: telt niet" in told.until("i.instagram.com")

    def test_it_ends_after_a_quarter_of_an_hour(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(site, "MAX_SESSION_DURATION", 0.0)
        with serving() as sensor:
            with looking(sensor) as told:
                assert told.rest().endswith("Na een kwartier stopt het kijken vanzelf.\n\n")
            with looking(sensor, STREAM) as told:
                assert told.rest().endswith("</main>\n</body>\n</html>\n")

    def test_a_sign_of_life_comes_when_nothing_happens(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(site, "KEEPALIVE_AFTER", 0.0)
        monkeypatch.setattr(site, "UPDATE_INTERVAL", 0.001)
        with serving() as sensor, looking(sensor) as told:
            told.until("nog geen verbinding")
            assert told.until(":\n") == ":\n"

    def test_opened_again_the_page_before_says_so(self) -> None:
        with serving() as sensor, looking(sensor) as before:
            before.until("lokaal 101")
            with looking(sensor) as now:
                now.until("lokaal 101")
                assert "opnieuw geopend" in before.rest()
                assert sensor.looking()

    def test_what_a_hostname_says_is_never_markup(self) -> None:
        """Whoever writes the name in a ClientHello does not write in the page."""
        with serving() as sensor, looking(sensor) as told:
            told.until("lokaal 101")
            name = "<img src=x>.instagram.com"
            sensor.see(sighting(OPENED + 1, packed(PHONE), hostname=name, cname="lb.wordpress.com"))
            told.until("&lt;img src=x&gt;")
            assert "<img" not in told.text


class TestStrangers:
    def test_so_many_connections_of_one_address_and_no_more(self) -> None:
        with serving() as sensor, ExitStack() as held:
            for _ in range(served_by.MAX_PER_ADDRESS):
                held.enter_context(_idle(sensor, PHONE))
            refused = held.enter_context(_idle(sensor, PHONE))
            assert refused.recv(1) == b""
            assert ask(sensor, "/", OTHER).status == 200

    def test_so_many_connections_and_no_more(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(served_by, "MAX_CONNECTIONS", 2)
        with serving() as sensor, ExitStack() as held:
            for who in (PHONE, OTHER):
                held.enter_context(_idle(sensor, who))
            assert held.enter_context(_idle(sensor, "127.0.0.79")).recv(1) == b""

    def test_who_asks_nothing_is_not_waited_for(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("monitor.own_device.exchange.TIMEOUT", 0.01)
        with serving() as sensor, _idle(sensor, PHONE) as idle:
            idle.sendall(b"GET / HTTP/1.1\r\nHost: 127")
            assert idle.recv(1) == b""

    def test_who_does_not_read_is_not_waited_for(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("monitor.own_device.exchange.TIMEOUT", 0.01)
        monkeypatch.setattr(site.EventStream, "keepalive", lambda _: ":" * 5_000_000 + "\n\n")
        monkeypatch.setattr(site, "KEEPALIVE_AFTER", 0.0)
        with serving() as sensor, _idle(sensor, PHONE) as idle:
            idle.sendall(f"GET {LIVE} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
            eventually(sensor.looking)
            eventually(lambda: not sensor.looking())

    @pytest.mark.parametrize(
        "sent",
        [
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
            b"GET / HTTP/1.1\r\n\r\n",
            b"GET http://[ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"x" * 100_000,
        ],
    )
    def test_what_is_no_request_gets_no_answer(self, sent: bytes) -> None:
        with serving() as sensor:
            with _idle(sensor, PHONE) as rude:
                rude.sendall(sent)
                rude.shutdown(socket.SHUT_WR)
                with suppress(ConnectionResetError):  # not all of it was read
                    assert rude.recv(1) == b""
            assert ask(sensor, "/").status == 200


class TestListening:
    def test_not_at_all_unless_it_is_asked(self) -> None:
        sensor = OwnDeviceSensor()
        with served_by.serve_own_device(
            DeviceSettings(), sensor.core, sensor.looks, lambda: OPENED, sensor.count_error
        ) as port:
            assert port is None

    def test_an_address_that_is_taken_is_told_with_its_key(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            where = f"127.0.0.1:{taken.getsockname()[1]}"
            told = rf"key device\.listen: found '{where}'; .*\(the address is in use\)"
            with pytest.raises(Refused, match=told), serving(listen=where):
                pass

    def test_over_ipv6_too_an_ipv4_address_is_one(self) -> None:
        with serving(listen="[::]:0") as sensor:
            assert "vanaf een IPv4-adres" in ask(sensor, "/").text

    def test_over_tls(self, own_certificate: Path) -> None:
        trusting = ssl.create_default_context(cafile=own_certificate)
        with (
            serving(certificate=own_certificate) as sensor,
            _idle(sensor, PHONE) as plain,
            trusting.wrap_socket(plain, server_hostname="127.0.0.1") as secure,
        ):
            secure.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            assert secure.recv(12) == b"HTTP/1.1 200"

    def test_who_speaks_no_tls_there_gets_no_answer(self, own_certificate: Path) -> None:
        with serving(certificate=own_certificate) as sensor, _idle(sensor, PHONE) as plain:
            plain.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            with suppress(ConnectionResetError):
                assert plain.recv(1) != b"H"

    def test_a_certificate_that_is_none_is_told_with_its_key(self, tmp_path: Path) -> None:
        (tmp_path / "none.pem").write_text("none")
        for path in (tmp_path / "none.pem", tmp_path / "not there"):
            with (
                pytest.raises(
                    Refused, match=r"key device\.certificate: found '.*'; allowed: a PEM"
                ),
                serving(certificate=path),
            ):
                pass


def _idle(sensor: OwnDeviceSensor, who: str) -> socket.socket:
    return socket.create_connection(("127.0.0.1", sensor.port), PATIENCE, (who, 0))


def test_it_ends_while_somebody_looks() -> None:
    connection: HTTPConnection | None = None
    with serving() as sensor:
        connection = HTTPConnection("127.0.0.1", sensor.port, PATIENCE, source_address=(PHONE, 0))
        connection.request("GET", LIVE)
        answer = connection.getresponse()
        answer.readline()
    connection.close()
