"""What a sensor hands to the gateway beside it: whole, or counted as lost; and never an error."""

import gc
import os
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addons.link import unix_socket as handover
from addons.link.unix_socket import (
    MAX_DATAGRAM_SIZE,
    MAX_WAITING,
    SOCKET_MODE,
    SightingReceiver,
    SightingSender,
    SocketUnavailable,
    decode_sighting,
    encode_sighting,
    receive_sightings,
)
from monitor.sighting import Evidence, HidingMethod, Sighting
from tests.addons.flows.wire import NOON, PUPIL, WEBLOG, WEBLOG_HOST
from tests.addons.sinks import RecordingSink

SEEN = Sighting(
    NOON, PUPIL, WEBLOG, Evidence.SNI, 5, 70_000, opens_connection=False, cname=WEBLOG_HOST
)
NAMES = st.text(st.characters(codec="ascii"), max_size=255)
BYTES = st.integers(0, (1 << 64) - 1)

sightings = st.builds(
    Sighting,
    st.floats(allow_nan=False, allow_infinity=False),
    st.binary(min_size=4, max_size=4) | st.binary(min_size=16, max_size=16),
    NAMES,
    st.sampled_from(Evidence),
    BYTES,
    BYTES,
    st.booleans(),
    NAMES,
    st.none() | st.sampled_from(HidingMethod),
)


class FailingSink(RecordingSink):
    """Fails when it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.fails = False

    def receive_sighting(self, sighting: Sighting) -> None:
        if self.fails:
            raise OverflowError
        super().receive_sighting(sighting)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sightings"


@pytest.fixture
def core() -> FailingSink:
    return FailingSink()


@pytest.fixture
def gateway(path: Path, core: FailingSink) -> Iterator[SightingReceiver]:
    with receive_sightings(path, core) as taken:
        assert taken is not None
        yield taken


@pytest.fixture
def sensor(path: Path) -> Iterator[SightingSender]:
    giving = SightingSender(path)
    yield giving
    giving.close()


@given(sightings)
def test_what_was_packed_is_unpacked(sighting: Sighting) -> None:
    datagram = encode_sighting(sighting)
    assert decode_sighting(datagram) == sighting
    assert len(datagram) <= MAX_DATAGRAM_SIZE


@given(sightings, st.data())
def test_cut_datagram_is_refused_or_lacks_a_part_of_its_last_name(
    sighting: Sighting, data: st.DataObject
) -> None:
    whole = encode_sighting(sighting)
    cut = whole[: data.draw(st.integers(0, max(0, len(whole) - 1)))]
    if len(cut) < len(whole) - len(sighting.cname):
        with pytest.raises(ValueError, match="no sighting"):
            decode_sighting(cut)
    else:
        assert decode_sighting(cut) == sighting._replace(cname=decode_sighting(cut).cname)


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"\x01", encode_sighting(SEEN)[:20], encode_sighting(SEEN)]),
)
def test_any_bytes_are_a_sighting_or_refused(data: bytes, before: bytes) -> None:
    try:
        sighting = decode_sighting(before + data)
    except ValueError:
        return
    assert len(sighting.client) in (4, 16)
    assert abs(sighting.timestamp) < float("inf")


class TestBetweenTwoProcesses:
    def test_sighting_arrives_as_it_was(
        self, gateway: SightingReceiver, sensor: SightingSender, core: FailingSink
    ) -> None:
        sensor.receive_sighting(SEEN)
        sensor.tick()
        gateway.receive_waiting()
        assert core.sightings == [SEEN]
        assert (core.errors, core.lost) == (0, 0)

    def test_losses_of_the_sensor_arrive_with_a_tick(
        self, gateway: SightingReceiver, sensor: SightingSender, core: FailingSink
    ) -> None:
        sensor.health.count_dropped_packets(7)
        sensor.health.count_addon_error()
        sensor.tick()
        sensor.tick()
        gateway.receive_waiting()
        assert (core.lost, core.errors) == (7, 1)

    def test_losses_arrive_when_the_sensor_ends(
        self, gateway: SightingReceiver, path: Path, core: FailingSink
    ) -> None:
        giving = SightingSender(path)
        giving.count_dropped_packets(3)
        giving.close()
        gateway.receive_waiting()
        assert core.lost == 3

    def test_sightings_without_a_gateway_are_counted_for_the_next_one(
        self, path: Path, sensor: SightingSender, core: FailingSink
    ) -> None:
        for _ in range(5):
            sensor.receive_sighting(SEEN)
        sensor.tick()
        with receive_sightings(path, core) as gateway:
            assert gateway is not None
            sensor.receive_sighting(SEEN)
            sensor.tick()
            gateway.receive_waiting()
        assert (core.sightings, core.lost) == ([SEEN], 5)

    def test_gateway_that_starts_anew_is_found_again(
        self, path: Path, sensor: SightingSender, core: FailingSink
    ) -> None:
        for _ in range(2):
            with receive_sightings(path, core) as gateway:
                assert gateway is not None
                sensor.receive_sighting(SEEN)
                gateway.receive_waiting()
            sensor.receive_sighting(SEEN)
        assert len(core.sightings) == 2

    def test_what_a_busy_gateway_does_not_take_at_once_waits(
        self, gateway: SightingReceiver, sensor: SightingSender, core: FailingSink
    ) -> None:
        for _ in range(5_000):
            sensor.receive_sighting(SEEN)
        while len(core.sightings) < 5_000:
            sensor.tick()
            gateway.receive_waiting()
        assert core.lost == 0

    def test_what_waits_goes_on_in_order(
        self, gateway: SightingReceiver, sensor: SightingSender, core: FailingSink
    ) -> None:
        for number in range(2_000):
            sensor.receive_sighting(SEEN._replace(up=number))
        while len(core.sightings) < 2_000:
            gateway.receive_waiting()
            sensor.tick()
        assert [each.up for each in core.sightings] == [*range(2_000)]

    def test_what_there_is_no_room_for_is_lost_and_counted(
        self, gateway: SightingReceiver, sensor: SightingSender, core: FailingSink
    ) -> None:
        for _ in range(2 * MAX_WAITING):
            sensor.receive_sighting(SEEN)
        while len(core.sightings) + core.lost < 2 * MAX_WAITING:
            sensor.tick()
            gateway.receive_waiting()
        assert MAX_WAITING <= len(core.sightings) < 2 * MAX_WAITING
        assert len(core.sightings) + core.lost == 2 * MAX_WAITING

    def test_what_waits_when_the_gateway_goes_is_lost_and_counted(
        self, path: Path, sensor: SightingSender, core: FailingSink
    ) -> None:
        with receive_sightings(path, FailingSink()):
            for _ in range(5_000):
                sensor.receive_sighting(SEEN)
        sensor.tick()
        with receive_sightings(path, core) as gateway:
            assert gateway is not None
            sensor.tick()
            gateway.receive_waiting()
        assert 4_000 < core.lost < 5_000

    def test_other_work_has_its_turn_before_all_is_taken(
        self,
        gateway: SightingReceiver,
        path: Path,
        core: FailingSink,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(handover, "MAX_BURST", 5)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
            for _ in range(6):
                sender.sendto(encode_sighting(SEEN), str(path))
        gateway.receive_waiting()
        assert len(core.sightings) == 5
        gateway.receive_waiting()
        assert len(core.sightings) == 6

    def test_nothing_is_there_to_take(self, gateway: SightingReceiver, core: FailingSink) -> None:
        gateway.receive_waiting()
        assert (core.sightings, core.errors) == ([], 0)


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
            for each in (datagram, encode_sighting(SEEN)):
                sender.sendto(each, str(path))
        gateway.receive_waiting()
        assert (core.sightings, core.errors) == ([SEEN], 1)

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
            giving = SightingSender(path)
            giving.receive_sighting(SEEN)
            giving.close()
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
            pytest.raises(SocketUnavailable, match="Address already in use"),
            receive_sightings(path, core),
        ):
            pass
        assert path.read_text() == "precious"

    def test_in_a_folder_that_is_not_there(self, path: Path, core: FailingSink) -> None:
        nowhere = path / "sightings"
        with (
            pytest.raises(SocketUnavailable, match=f"{nowhere}: No such file"),
            receive_sightings(nowhere, core),
        ):
            pass
        gc.collect()  # a socket that was left open is an error of this test

    def test_is_not_made_where_none_is_asked_for(self, core: FailingSink) -> None:
        with receive_sightings(None, core) as gateway:
            assert gateway is None
