"""What a gateway receives from whoever can write to its socket, and the socket itself."""

import gc
import os
import socket
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addons.link.receiver import SightingReceiver, SocketUnavailable, receive_sightings
from addons.link.sender import SightingSender
from addons.link.wire_format import MAX_DATAGRAM_SIZE, encode_sighting
from monitor.unix_socket import SOCKET_MODE
from tests.addons.link.cast import SEEN, FailingSink


class TestHostileDatagrams:
    @pytest.mark.parametrize(
        "datagram",
        [
            b"",
            b"\x00",
            b"\x02",
            b"\xff" * 100,
            bytes(MAX_DATAGRAM_SIZE * 2),
            encode_sighting(SEEN)[:-30],
            encode_sighting(SEEN._replace(client=b"12345")),
            encode_sighting(SEEN._replace(timestamp=float("nan"))),
            encode_sighting(SEEN._replace(timestamp=float("inf"))),
            encode_sighting(SEEN._replace(hostname="")) + b"\xff\xfe",
            encode_sighting(SEEN)[:9] + b"\x63" + encode_sighting(SEEN)[10:],
            encode_sighting(SEEN)[:10] + b"\x63" + encode_sighting(SEEN)[11:],
        ],
        ids=[
            "nothing",
            "no kind",
            "a loss without a number",
            "another kind",
            "larger than any",
            "a name that is cut",
            "a client of five bytes",
            "no moment",
            "a moment without end",
            "an alias that is no text",
            "evidence that is none",
            "a way of hiding that is none",
        ],
    )
    def test_are_counted_and_the_next_is_taken(
        self, gateway: SightingReceiver, path: Path, core: FailingSink, datagram: bytes
    ) -> None:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
            for message in (datagram, encode_sighting(SEEN)):
                sender.sendto(message, str(path))
        gateway.receive_waiting()
        assert (core.sightings, core.errors) == ([SEEN], 1)

    def test_a_mac_address_is_named_where_it_arrives(
        self, gateway: SightingReceiver, path: Path, core: FailingSink
    ) -> None:
        core.hardware_names = {b"phone1": b"the name of phone1"}
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
            sender.sendto(encode_sighting(SEEN._replace(hardware=b"phone1")), str(path))
        gateway.receive_waiting()
        assert core.sightings == [SEEN._replace(hardware=b"the name of phone1")]

    def test_do_not_get_through_what_a_core_fails_on(
        self, gateway: SightingReceiver, sensor: SightingSender, core: FailingSink
    ) -> None:
        core.fails = True
        sensor.receive_sighting(SEEN)
        gateway.receive_waiting()
        assert (core.sightings, core.errors) == ([], 1)

    def test_of_any_bytes(self, gateway: SightingReceiver, path: Path, core: FailingSink) -> None:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:

            @given(st.binary(max_size=200), st.booleans())
            def take(data: bytes, looks_right: bool) -> None:
                sender.sendto(encode_sighting(SEEN)[:30] * looks_right + data, str(path))
                gateway.receive_waiting()

            take()


class TestSocket:
    def test_is_for_its_user_and_group(self, gateway: SightingReceiver, path: Path) -> None:
        assert stat.S_IMODE(path.stat().st_mode) == SOCKET_MODE
        assert stat.S_ISSOCK(path.stat().st_mode)

    def test_process_keeps_its_own_mask(self, path: Path, core: FailingSink) -> None:
        before = os.umask(0o022)
        try:
            with receive_sightings(path, core):
                assert os.umask(0o022) == 0o022
        finally:
            os.umask(before)

    def test_of_an_earlier_process_is_replaced(self, path: Path, core: FailingSink) -> None:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as left:
            left.bind(str(path))
        with receive_sightings(path, core) as gateway:
            assert gateway is not None
            sender = SightingSender(path)
            sender.receive_sighting(SEEN)
            sender.close()
            gateway.receive_waiting()
        assert core.sightings == [SEEN]

    def test_is_taken_away_at_the_end(self, path: Path, core: FailingSink) -> None:
        with receive_sightings(path, core):
            assert path.exists()
        assert not path.exists()

    def test_that_is_gone_already_is_no_error_at_the_end(
        self, path: Path, core: FailingSink
    ) -> None:
        with receive_sightings(path, core):
            path.unlink()

    def test_replaces_no_file_that_is_something_else(self, path: Path, core: FailingSink) -> None:
        path.write_text("precious")
        with (
            pytest.raises(SocketUnavailable, match="the address is in use"),
            receive_sightings(path, core),
        ):
            pass
        assert path.read_text() == "precious"

    def test_in_a_folder_that_is_not_there(self, path: Path, core: FailingSink) -> None:
        nowhere = path / "sightings"
        with (
            pytest.raises(SocketUnavailable, match=f"{nowhere}: no such file"),
            receive_sightings(nowhere, core),
        ):
            pass
        gc.collect()  # a socket that was left open is an error of this test

    def test_is_not_made_where_none_is_asked_for(self, core: FailingSink) -> None:
        with receive_sightings(None, core) as gateway:
            assert gateway is None
