"""What the figures of recognition claim: on our own small captures, and on those of others."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from scapy.layers.dns import DNS, DNSQR, DNSRR

from addons.commands.recognise import recognise
from tests.addons.captures.made_captures import pcap
from tests.addons.hellos import hello
from tests.addons.names.quic import clients
from tests.addons.packets.samples import LINKS, PORT, TUNNELS, Around, ip_4, ip_6, tcp, udp
from tests.benchmark import scores, truth
from tests.benchmark.readers import Read, Recognised, command, recognised
from tests.benchmark.recognition import WHY_ALONE, WHY_NOT
from tests.benchmark.truth import Expected

TOO_DEEP = {"three tags"}
"""In a file two are looked behind; of three the kernel takes one off."""

EVERY_NAME = {
    Read("www.instagram.com", "sni", "instagram", "app"),
    Read("www.tiktok.com", "http", "tiktok", "app"),
    Read("www.youtube.com", "quic", "youtube", "app"),
    Read("graph.facebook.com", "dns", "facebook", "embed"),
    Read("www.school.example", "sni", None, None),
}


def printed(*files: Path) -> Recognised:
    """Give what `lesrust recognise` prints, with every tunnel switched on."""
    _, *arguments = command(files)
    return recognised(CliRunner().invoke(recognise, arguments).stdout.splitlines())


def conversations(version: Callable[[Any], Any]) -> list[Any]:
    """Give packets, from IP on, that carry a name in every way."""
    (initial,) = clients.sent(clients.client("www.youtube.com"))
    question = DNSQR(qname="graph.facebook.com")
    answer = DNS(qr=1, qd=question, an=DNSRR(rrname="graph.facebook.com", rdata="192.0.2.9"))
    request = b"GET / HTTP/1.1\r\nHost: www.tiktok.com\r\n\r\n"
    return [
        version(tcp(hello("www.instagram.com"), source=PORT)),
        version(tcp(hello("www.school.example"), source=PORT + 1)),
        version(tcp(request, to=80)),
        version(udp(initial)),
        version(udp(bytes(answer), to=PORT, source=53)),
    ]


@pytest.mark.parametrize("version", [ip_4, ip_6], ids=["IPv4", "IPv6"])
@pytest.mark.parametrize("name", [name for name in (*LINKS, *TUNNELS) if name not in TOO_DEEP])
def test_every_name_is_read_whatever_stands_around_it(
    name: str, version: Callable[[Any], Any], tmp_path: Path
) -> None:
    around: Around = {**LINKS, **TUNNELS}[name]
    frames = [bytes(around.put(packet)) for packet in conversations(version)]
    file = tmp_path / "own.pcap"
    file.write_bytes(pcap(frames, link=around.link_type))
    assert printed(file) == {"own.pcap": dict.fromkeys(EVERY_NAME, 1)}


@pytest.fixture(scope="module")
def theirs() -> Recognised:
    """Give what is made of captures that nobody of this project made."""
    files = truth.captures()
    if not files:
        pytest.skip(truth.ABSENT)
    return printed(*files)


@pytest.fixture(scope="module")
def expected(theirs: Recognised) -> list[Expected]:
    """Give what is known of them."""
    return list(truth.connections())


ONLY_IN_TSHARK = {"ndpi__quic_interop_V.pcapng"}
"""Its names are under a version that the truth does not know; tshark and nDPI read them too."""


def test_of_a_thousand_names_five_may_be_missing(
    theirs: Recognised, expected: list[Expected]
) -> None:
    share = scores.read_of(expected, scores.names(theirs), lambda _: "all")["all"]
    assert share.of > 1_000
    assert share.value >= 0.995


def test_every_connection_is_counted(theirs: Recognised, expected: list[Expected]) -> None:
    assert scores.counted(expected, theirs).value >= 0.995


def test_of_a_name_that_is_missing_it_is_known_why(
    theirs: Recognised, expected: list[Expected]
) -> None:
    missed = scores.missed(expected, scores.names(theirs))
    assert {(connection.capture, connection.hostname) for connection in missed} <= set(WHY_NOT)


def test_every_name_is_read_in_whatever_it_is_carried(
    theirs: Recognised, expected: list[Expected]
) -> None:
    shares = scores.read_of(expected, scores.names(theirs), lambda each: each.around)
    partly = {around for around, share in shares.items() if share.some < share.of}
    assert len(shares) >= 9
    assert partly <= {"Ethernet"}


def test_every_alias_in_dns_is_read(theirs: Recognised, expected: list[Expected]) -> None:
    answered = scores.answered(theirs)
    aliases = truth.aliases()
    assert len(aliases) > 500
    read = sum(name in answered.get(capture, ()) for capture, name in aliases)
    assert read / len(aliases) >= 0.98


def test_a_name_that_nobody_else_reads_was_not_invented(theirs: Recognised) -> None:
    invented = scores.invented(theirs, truth.every_name())
    assert {name for name in invented if name[0] not in ONLY_IN_TSHARK} <= set(WHY_ALONE)


def test_no_lookalike_is_taken_for_a_platform(theirs: Recognised, expected: list[Expected]) -> None:
    assert sum(connection.lookalike for connection in expected) > 100
    assert scores.lookalikes(expected, scores.by_name(theirs)) == []


def test_every_platform_is_told_from_every_other(
    theirs: Recognised, expected: list[Expected]
) -> None:
    found = scores.platforms(expected, scores.by_name(theirs))
    assert len(found) == 9
    for name, score in found.items():
        assert score.recall.value >= 0.99, name
        assert score.precision.value == 1, name


def test_every_role_is_told_from_every_other(theirs: Recognised, expected: list[Expected]) -> None:
    found = scores.roles(expected, scores.by_name(theirs))
    assert {"app", "background", "embed", "media"} <= set(found)
    assert {name for name, score in found.items() if score.recall.some < score.recall.of} == set()
