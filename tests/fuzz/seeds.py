"""What fuzzing begins with: inputs as they should be, made with the other tests' own.

Nothing here comes from anyone's traffic.
"""

import json
import struct
from collections.abc import Callable, Iterable, Iterator

from scapy.layers.inet6 import IPv6

from addons.link.wire_format import encode_sighting
from addons.packets.link_types import ETHERNET
from monitor.evidence import Evidence, HidingMethod
from monitor.sighting import Sighting
from tests.addons import hellos
from tests.addons.captures.made_captures import FORMATS, pcap, pcapng
from tests.addons.hellos import HOSTNAME, key_share, record, server_name, with_extensions
from tests.addons.names import test_dns as dns
from tests.addons.names import test_dtls as dtls
from tests.addons.names.quic import clients, google_packets, initials
from tests.addons.packets import samples
from tests.fuzz import feed_seeds, packets, pieces, sensor
from tests.fuzz.quic import VERSIONS
from tests.schedules.importers.webuntis.stand_in import period
from tests.schedules.importers.zermelo.stand_in import appointment

type Seeds = Callable[[], Iterable[bytes]]

NAME = HOSTNAME.encode()
SHORT = with_extensions(server_name(NAME))
MESSAGES = (
    SHORT,
    with_extensions((7, b""), server_name(NAME), (0xFE0D, bytes(9))),
    with_extensions(key_share(20), server_name(NAME)),
    with_extensions(server_name(b"")),
    with_extensions(server_name(b"x", kind=7)),
    with_extensions(),
)
REQUESTS = (
    b"GET / HTTP/1.1\r\nHost: www.pinterest.com\r\n\r\n",
    b"POST http://u@www.pinterest.com:80/a?b HTTP/1.1\nhost:other\n\n",
    b"CONNECT www.pinterest.com:443 HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: [2001:db8::1]:80\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: 192.0.2.1\r\n\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"GET / HTTP/1.0\r\n\r\n",
)
ANSWERS = (
    dns.ANSWER,
    dns.message(dns.record(dns.ASKED, dns.A, dns.FOUR)),
    dns.message(
        dns.record(dns.ASKED, dns.CNAME, dns.name("l.nl")),
        dns.record(dns.name("l.nl"), dns.A, dns.FOUR),
        asked=dns.name("www.mijnblog.nl"),
    ),
    dns.message(dns.record(dns.ASKED, dns.AAAA, dns.SIX), asked=dns.name("instagram.com")),
    dns.message(flags=dns.ABSENT),
)


def _bound() -> Iterator[bytes]:
    """DNS answers with service bindings: an alias, hints, and keys for hiding the name."""
    contents = b"\x01\x00\x20\x00\x01k\x00\x04\x00\x01\x00\x01\x40\x05a.com\x00\x00"
    keys = b"\xfe\x0d" + struct.pack(">H", len(contents)) + contents
    ech = struct.pack(">HHH", 5, 2 + len(keys), len(keys)) + keys
    hints = b"\x00\x04\x00\x04" + dns.FOUR + b"\x00\x06\x00\x10" + dns.SIX
    for data in (b"\x00\x00" + dns.name("l.nl"), b"\x00\x01\x00" + hints + ech):
        answer = dns.record(dns.ASKED, dns.HTTPS, data)
        more = dns.record(dns.name("l.nl"), dns.A, dns.FOUR)
        yield dns.message(answer, more, kind=dns.HTTPS, more=1)


def _answers() -> list[bytes]:
    many = b"\x00\x01\x00\x00\x04\x00\x80" + dns.FOUR * 32
    return [*ANSWERS, *_bound(), dns.message(*[dns.record(dns.ASKED, dns.HTTPS, many)] * 3)]


def _lookups() -> Iterator[bytes]:
    yield pieces.joined(
        bytes((number, number)) + answer for number, answer in enumerate(_answers())
    )


def _dtls() -> Iterator[bytes]:
    whole = dtls.body(cookie=b"cookie")
    yield dtls.hello(cookie=b"cookie")
    yield dtls.hello(None)
    cut = [dtls.record(dtls.fragment(whole, at, at + 60)) for at in range(0, len(whole), 60)]
    yield from (b"".join(cut), b"".join(reversed(cut)), cut[1], b"".join(cut[:2]))


def _google() -> Iterator[list[bytes]]:
    for version in (24, 33, 39, 43, 44, 46):
        hello = google_packets.hello(size=200)
        yield [google_packets.packet(google_packets.stream(hello, version), version)]
        halves = ((hello[:100], 0), (hello[100:], 100))
        yield [
            google_packets.packet(google_packets.stream(half, version, at), version)
            for half, at in halves
        ]


def _datagrams() -> Iterator[bytes]:
    for real in (clients.VERSION_1, clients.VERSION_2):
        yield pieces.joined(clients.sent(clients.client(version=real)))
    yield pieces.joined(clients.sent(clients.client(suites=600)))
    again = initials.initial(initials.crypto(SHORT), connection=b"another!", size=0)
    yield pieces.joined([initials.initial(b"\x01", size=0), again])
    for version in VERSIONS:
        yield pieces.joined([initials.initial(initials.crypto(SHORT), version, size=0)])
    yield pieces.joined([initials.initial(b"\x01", size=0), initials.other(2) + initials.other(1)])
    yield pieces.joined([b"\xc0\x1a\x2a\x3a\x4a\x08" + bytes(1_200)])
    yield from map(pieces.joined, _google())


def _payloads() -> Iterator[bytes]:
    cut = initials.in_pieces(SHORT, 40)
    acknowledged = b"\x02\x05\x00\x01\x00\x00\x00" + b"\x1c\x00\x00\x02no"
    for at, version in enumerate(VERSIONS):
        kind = 8 if version >> 8 in (0x543035, 0x513035) else 6
        hello = google_packets.hello(size=200) if version == 0x51303530 else SHORT
        yield bytes((at,)) + pieces.joined([initials.crypto(hello, kind=kind)])
        halves = (initials.crypto(hello[90:], 90, kind), initials.crypto(hello[:90], 0, kind))
        yield bytes((at,)) + pieces.joined(halves)
    yield b"\x00" + pieces.joined([b"".join(reversed(cut))])
    yield b"\x00" + pieces.joined([acknowledged + b"\x00\x01" + cut[0], *cut[1:]])


def _stream() -> Iterator[bytes]:
    for places in ((0, 4, 8), (8, 4, 0), (0, 2, 1), (12, 6, 0, 3)):
        yield pieces.joined((1_000 + at).to_bytes(3) + bytes(range(6)) for at in places)


def _frames() -> Iterator[bytes]:
    places = {number: at for at, number in enumerate(packets.LINK_TYPES)}
    around = (*samples.LINKS.values(), *samples.READ_ONLY.values(), *samples.TUNNELS.values())
    for encapsulation in around:
        tunnels = sum(1 << packets.TUNNELS.index(tunnel) for tunnel in encapsulation.tunnels)
        said = (samples.tcp(b"said"), samples.udp(b"said"))
        for transport in said:
            frames = (samples.ip_4(transport), samples.ip_6(transport))
            yield bytes((places[encapsulation.link_type], tunnels)) + pieces.joined(
                bytes(encapsulation.put(frame)) for frame in frames
            )
            whole = bytes(encapsulation.put(frames[0]))
            start = bytes((places[encapsulation.link_type], tunnels))
            yield start + pieces.joined(whole[:end] for end in range(30, len(whole)))
            yield start + pieces.joined([whole + bytes(6)])
    for extension in samples.EXTENSIONS.values():
        packet = IPv6(dst=samples.SITE_6) / extension / samples.udp(b"said")
        yield bytes((places[ETHERNET], 0)) + pieces.joined([bytes(samples.frame(packet))])


def _fragments() -> Iterator[bytes]:
    def piece(what: int, place: int, content: bytes) -> bytes:
        return struct.pack("!BHH", what, place, 0) + content

    yield pieces.joined([piece(2, 0, b"a" * 16), piece(0, 2, b"b" * 5)])
    yield pieces.joined([piece(3, 1, b"a" * 16), piece(1, 3, b"b" * 5), piece(3, 0, b"c" * 16)])
    yield pieces.joined(piece(2, place, b"d" * 8) for place in range(70))


def _handed_over() -> Iterator[bytes]:
    sightings = [
        Sighting(1.0, bytes(4), HOSTNAME, Evidence.SNI, 1, 2),
        Sighting(1.0, bytes(16), "", Evidence.HIDDEN, hiding_method=HidingMethod.VPN),
        Sighting(1.0, bytes(4), "a.nl", Evidence.QUIC, cname=HOSTNAME, opens_connection=False),
    ]
    yield pieces.joined(map(encode_sighting, sightings))
    yield pieces.joined([struct.pack("!BQQ", 2, 3, 4)])


def _sensor() -> Iterator[bytes]:
    """A device that does everything once, for each way of counting."""

    def said(what: int, payload: bytes, at: int = 0, flags: int = 0x18, wait: int = 1) -> bytes:
        return sensor.HEAD.pack(what, wait, 1, flags, at, at) + payload

    udp, answer, ticks = sensor.IS_UDP, sensor.IS_ANSWER, sensor.TICKS
    tls = record(SHORT)
    told = [said(udp | answer | 2, message) for message in _answers()]
    over_tcp = b"".join(len(message).to_bytes(2) + message for message in ANSWERS)
    told += [said(answer | 2, over_tcp[:90]), said(answer | 2, over_tcp[90:])]
    named = [said(ticks, tls), said(0, b"", 900, 0x11), said(1, REQUESTS[0]), said(1, REQUESTS[4])]
    halves = [said(3, tls[60:], 60), said(3, tls[:60]), said(7, REQUESTS[2]), said(7, tls, 99)]
    quic = [initials.initial(piece, size=0) for piece in initials.in_pieces(SHORT, 60)]
    over_udp = [said(udp, datagram) for datagram in quic] + [
        said(udp, b"\x41" + bytes(40), wait=200)
    ]
    hidden = [said(udp | 4, b"\x38"), said(udp | 6, bytes(12) + b"\x00" * 8 + bytes(2) + b"\x22")]
    dtls_too = [said(udp | 7, dtls.hello()), said(udp | answer | 7, bytes(9))]
    frames = [
        said(sensor.IS_FRAME, bytes(encapsulation.put(samples.ip_4(samples.tcp(tls)))))
        for encapsulation in (samples.LINKS["Ethernet"], samples.TUNNELS["VXLAN"])
    ]
    yield b"\x03" + pieces.joined(_crowd())
    for how in range(4):
        start = bytes((how,))
        yield start + pieces.joined([*told, *named, *halves, *over_udp, *hidden, *dtls_too])
        yield start + pieces.joined([*frames, *named])


def _crowd() -> Iterator[bytes]:
    """More connections of each kind than are remembered."""
    tls, first = record(SHORT), initials.initial(initials.crypto(SHORT[:60]), size=0)
    kinds = [(0, tls), (0, tls[:60]), (1, tls[60:]), (sensor.IS_ANSWER | 2, b"\x00\x99cut")]
    kinds += [(sensor.IS_UDP, first), (sensor.IS_UDP | 4, b"\x38")]
    for what, payload in kinds:
        for whose in range(8):
            yield sensor.HEAD.pack(what, 0, whose, 0x18, 5, 5) + payload


def _captures() -> Iterator[bytes]:
    yield from FORMATS.values()
    for link, frames in ((113, [bytes(20)]), (101, [b"E" + bytes(27)]), (147, [])):
        yield pcap(frames, link=link)
    yield pcapng(links=(1, 113))
    yield b""


LISTS = (
    b"# remark\ndomain:hyves.nl @ads\nfull:a.hyves.nl\nkeyword:b\nregexp:c\ninclude:d\nnl\n?\n",
    b"[Adblock Plus]\n! t\n||hyves.nl^\n|a.hyves.nl^$important\n@@||b.nl^\n/c/\n||*.nl^\n||^\n",
    b'{"blocked_services": [{"id": "hyves", "rules": ["||hyves.nl^", 5]}, {"id": 1}]}',
    b'{"blocked_services": 1}',
    b"127.0.0.1 localhost\n0.0.0.0 hyves.nl a.hyves.nl # b\n0.0.0.0\nfe80::1%lo0 c?\n",
    "bücher.nl\n".encode(),
    b"Dear sir,\n",
    b"\xff",
)
OVERLAYS = (
    b"weblogs app blog.hyves.nl # why\n- hyves.nl\n",
    b"\xef\xbb\xbfweblogs app =a.nl\nweblogs media r*.a.nl\nnone none a.nl\nweblogs app\n",
    b"weblogs app a.nl\nweblogs app a.nl\n\xff\n",
)
SETTINGS = (
    b'[school]\nname = "School"\ntime_zone = "Europe/Amsterdam"\n',
    (
        b'[school]\nname = "S"\n[[layer]]\nname = "h3"\npupils = 120\ngroups = ["h3*"]\n'
        b'[[place]]\nprefixes = ["10.1.0.0/16", "2001:db8::/64"]\nroom = "B204"\nlayer = "h3"\n'
    ),
    b'[school]\nname = "S"\n[[layer]]\nname = "a"\npupils = 1\n[[layer]]\nname = "a"\npupils = x\n',
    (
        b'[school]\nname = "S"\n[watch]\ninterfaces = ["eth0"]\ntunnels = ["gtp"]\ngateway = "s"\n'
        b'[metrics]\nlisten = "[::1]:9464"\n[health]\nlisten = "no"\n[catalogue]\noverlay = "o"\n'
        b'[staff]\nconsent = "c"\n[gateway]\nlisten = []\n[store]\ndatabase = "postgresql://a"\n'
    ),
    b"school = [",
    b"\xff",
    b"[other]\n",
)
TIMETABLES = (
    (
        b"id,date,start,end,period,rooms,groups,teachers,status\n"
        b"dutch,2026-10-06,08:30,09:20,1,B204|B205,h3a,vda|bak,planned\n"
    ),
    b"\xef\xbb\xbfdate;start;end;period;rooms\r\n06-10-2026;8:30;9:20;1;B204\r\n;;;;\r\n1;2\r\n",
    b'date\tstart\tend\tperiod\trooms\n"2026-10-06"\t09:20\t08:30\t\t"a\n2026-3-29\t02:30\t9\t1\tb\n',
    b"start,date,date\n",
    b"\xff\xfe",
    b"",
)
RELAYED = (
    b"\x01\x12sw-b2:ge-0/0/4:204\x02\x07ap-b204",
    b"\x01\x06\x00\x04\x00\xcc\x01\x05\x09\x00\x02\x09cut",
)
DNSMASQ = (
    b"add\n10.99.0.127\n1795392056\nsw-b2:ge-0/0/4:204\nap-b204\n10.99.0.2",
    b"old\n10.99.0.127\n0\n\n\n",
    b"del\n10.99.0.127\n\n\n\n",
    b"1795392056 02:00:00:aa:bb:cc 10.99.0.127 tablet *\n0 a 0.0.0.0 b c\nx\n",
)
KEA_FILES = (
    (
        b"address,valid_lifetime,expire,hostname,state,user_context,pool_id\n"
        b'10.0.0.1,3600,1795392060,a,0,{"ISC": {"relay-agent-info": "0x020161"}, "b": [1, 2]},0\n'
        b"10.0.0.1,0,1795392060,a,0,,0\n10.0.0.2,4294967295,1795388000,a,0,{},0\n"
    ),
    b"address,valid_lifetime,expire,state\n10.0.0.1,60,1795388520,2\n10.0.0.1,x,1,0\n1\n",
    b"address,\n10.0.0.1\n",
    (
        b"address,duid,valid_lifetime,expire,subnet_id,pref_lifetime,lease_type,iaid,prefix_len,"
        b"fqdn_fwd,fqdn_rev,hostname,hwaddr,state,user_context,hwtype,hwaddr_source\n"
        b"fd00::1,00:04:aa:bb,3600,1795392060,4,3600,0,7,128,0,0,a,02:00:00:00:00:01,0,,1,8\n"
        b"fd00::2,00:03:00:01:02:00:00:00:00:02,60,1795388520,4,9,0,7,128,0,0,,,0,,,\n"
        b"fd00::3,00:04:aa,60,1795388520,4,9,1,7,128,0,0,,02:00:00:00:00:03,0,,1,4\n"
        b"fd00:1::,00:04:aa,60,1795388520,4,9,2,7,56,0,0,,,0,,,\n"
    ),
    b'address,valid_lifetime,expire,state,user_context\n10.0.0.3,9,1795388500,0,{"ISC"&#x2c\n',
)
KEA_ANSWERS = (
    (
        b'{"result": 0, "arguments": {"leases": [{"ip-address": "10.0.0.1", "cltt": 1795388000, '
        b'"valid-lft": 3600, "state": 0, "hostname": "a", '
        b'"user-context": {"ISC": {"relay-agent-info": {"sub-options": "0x020161"}}}}, {}]}}'
    ),
    (
        b'{"result": 0, "arguments": {"leases": [{"ip-address": "fd00::1", "cltt": 1795388000, '
        b'"valid-lft": 3600, "state": 0, "type": "IA_NA", "hw-address": "02:00:00:00:00:01", '
        b'"duid": "00:03:00:01:02:00:00:00:00:02"}, {"type": "IA_PD"}]}}'
    ),
    b'{"result": 3}',
    b'{"result": 2}',
    b'{"result": 1, "text": "no"}',
    b"[[[",
)
WINDOWS = (
    (
        b"ID,Date,Time,Description,IP Address,Host Name,MAC Address,RelayAgentInformation\n"
        b"10,11/27/26,10:30:00,Assign,10.0.0.1,a,b,0x020161\n"
        b"11,27-11-26,10:30:00,Renew,10.0.0.1,a,b,\n12,2026-11-27,10:30:00,Release,10.0.0.1,a,b\n"
        b"10,99/99/99,10:30:00,Assign,10.0.0.1\n10\n00,11/27/26\n10,a,b,c,d\n"
    ),
    b"ID,Date\n",
)


def _of_webuntis() -> Iterator[bytes]:
    hours = [{"name": "1", "startTime": 830, "endTime": 920}]
    yield json.dumps(
        {
            "rows": [period(), period(5, code="cancelled", lstype="ex"), period(6, lstype="bs")],
            "classes": [{"id": 31, "name": "h3a"}],
            "rooms": [{"id": 204, "name": "B204"}],
            "teachers": [{"id": 11, "name": "vda"}],
            "grid": [{"day": 3, "timeUnits": hours}],
            "years": [{"id": 1, "startDate": 20260801, "endDate": 20270731}],
        }
    ).encode()


SEEDS: dict[str, Seeds] = {
    "attachments": lambda: feed_seeds.ATTACHMENTS,
    "capture": _captures,
    "client-hello": lambda: (*MESSAGES, hellos.message(), hellos.message(None)),
    "configuration": lambda: SETTINGS,
    "csv": lambda: TIMETABLES,
    "dhcp-dnsmasq": lambda: DNSMASQ,
    "dhcp-kea-answer": lambda: KEA_ANSWERS,
    "dhcp-kea-file": lambda: KEA_FILES,
    "dhcp-option-82": lambda: RELAYED,
    "dhcp-windows": lambda: WINDOWS,
    "dns-answer": _answers,
    "dns-lookups": _lookups,
    "dns-messages": lambda: [b"".join(len(answer).to_bytes(2) + answer for answer in _answers())],
    "dtls": _dtls,
    "excel": feed_seeds.excel,
    "fragments": _fragments,
    "frames": _frames,
    "handover": _handed_over,
    "http-host": lambda: REQUESTS,
    "ical": feed_seeds.ical,
    "lists": lambda: LISTS,
    "neighbours": lambda: feed_seeds.NEIGHBOURS,
    "overlay": lambda: OVERLAYS,
    "passive": _sensor,
    "quic-datagrams": _datagrams,
    "quic-frames": lambda: (
        [payload[1:] for payload in _payloads()] + [b"\x08\x00\x02hi\x45" + bytes(9)]
    ),
    "quic-payloads": _payloads,
    "radius": feed_seeds.radius,
    "radius-detail": lambda: feed_seeds.DETAIL,
    "start": lambda: (*REQUESTS, record(SHORT), b"PROXY TCP4 a b 1 2\r\n" + record(SHORT)),
    "stream": _stream,
    "tls-records": lambda: (*map(record, MESSAGES), hellos.records(SHORT, 30), hellos.hello()),
    "untis": feed_seeds.untis,
    "vpn": lambda: (b"\x01" + bytes(147), b"\x38", bytes(18) + b"\x22" + bytes(9), bytes(40)),
    "webuntis": _of_webuntis,
    "zermelo": lambda: [json.dumps([appointment(), appointment(5, type="talk")]).encode()],
}
