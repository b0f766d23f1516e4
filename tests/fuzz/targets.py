"""What is fuzzed: each parser under a name, with what holds for whatever it is given."""

from collections.abc import Callable

from tests.fuzz import feeds, files, lookups, names, packets, quic, sensor, timetables

TARGETS: dict[str, Callable[[bytes], None]] = {
    "attachments": feeds.attachments,
    "capture": files.capture,
    "client-hello": names.message,
    "configuration": files.settings,
    "csv": files.timetable,
    "dns-answer": lookups.answer,
    "dns-lookups": lookups.learning,
    "dns-messages": lookups.messages,
    "dtls": names.datagram_of_dtls,
    "excel": timetables.of_excel,
    "fragments": packets.fragments,
    "frames": packets.frames,
    "handover": sensor.handed_over,
    "http-host": names.request,
    "ical": timetables.of_ical,
    "lists": files.hostname_list,
    "overlay": files.overlay_file,
    "passive": sensor.sensor,
    "quic-datagrams": quic.datagrams,
    "quic-frames": quic.packet_frames,
    "quic-payloads": quic.payloads,
    "radius": feeds.radius,
    "radius-detail": feeds.radius_detail,
    "start": names.first_bytes,
    "stream": quic.stream,
    "tls-records": names.records,
    "untis": timetables.of_untis,
    "vpn": names.datagram_of_a_vpn,
    "webuntis": timetables.of_webuntis,
    "zermelo": timetables.of_zermelo,
}
