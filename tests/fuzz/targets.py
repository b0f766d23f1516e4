"""What is fuzzed: each parser under a name, with what holds for whatever it is given."""

from collections.abc import Callable

from tests.fuzz import files, lookups, names, packets, quic, sensor, servers

TARGETS: dict[str, Callable[[bytes], None]] = {
    "capture": files.capture,
    "client-hello": names.message,
    "configuration": files.settings,
    "csv": files.timetable,
    "dns-answer": lookups.answer,
    "dns-lookups": lookups.learning,
    "dns-messages": lookups.messages,
    "dtls": names.datagram_of_dtls,
    "fragments": packets.fragments,
    "frames": packets.frames,
    "handover": sensor.handed_over,
    "http-host": names.request,
    "lists": files.hostname_list,
    "overlay": files.overlay_file,
    "passive": sensor.sensor,
    "quic-datagrams": quic.datagrams,
    "quic-frames": quic.packet_frames,
    "quic-payloads": quic.payloads,
    "start": names.first_bytes,
    "stream": quic.stream,
    "tls-records": names.records,
    "vpn": names.datagram_of_a_vpn,
    "webuntis": servers.of_webuntis,
    "zermelo": servers.of_zermelo,
}
