"""Words that a fuzzer cannot guess: magic numbers and names, by target."""

_TLS = (b"\x16\x03\x01", b"\x01\x00\x02\x00\x03\x03", b"\x00\x00\x00\x10", b"\xfe\x0d")
_DNS = (b"\x81\x80\x00\x01", b"\xc0\x0c", b"\x00\x01\x00\x01", b"\x00\x05\x00\x01")
_DNS_KINDS = (b"\x00\x1c\x00\x01", b"\x00\x41\x00\x01", b"\x00\x05\x00\x10\xfe\x0d", b"\x00\x04")
_HTTP = (b"GET ", b"CONNECT ", b"\r\nHost: ", b"\r\n\r\n", b"http://", b"PROXY TCP4 ", b" HTTP/1.1")
_QUIC = (b"\x00\x00\x00\x01", b"\x6b\x33\x43\xcf", b"Q050", b"T051", b"Q043", b"Q046", b"CHLO")
_IP = (b"\x08\x00\x45", b"\x86\xdd\x60", b"\x81\x00", b"\x88\x64\x11\x00", b"\x88\x47", b"\x12\xb5")
_TEXT = (b"domain:", b"full:", b"include:", b"@ads", b"||", b"^", b"@@", b"#", b"0.0.0.0 ", b".nl")
_JSON = (b'{"blocked_services": [', b'{"id": "a", "rules": [', b'"||a.nl^"', b"]}", b"\\u0000")
_TOML = (b"[school]\n", b"name = ", b"[[layer]]\n", b"[[place]]\n", b"pupils = ", b"prefixes = [")
_MORE_TOML = (b"listen = ", b'"""', b"0x", b"1979-05-27", b"inf", b"[watch]\n", b"overlay = ")
_CSV = (
    b"date,start,end,period,rooms",
    b"2026-10-06",
    b"08:30",
    b"cancelled",
    b"|",
    b";",
    b'"',
    b"sep=;\n",
)
_UNTIS = (b'133;"h3a";"VDA"', b"20261006", b"\x00", b";2;1;", b" C,", b" T,", b" F,")
_ROWS = (b'"appointmentInstance"', b'"startTime"', b'"ro": [{"id": ', b"true", b"null", b"20261006")
_ICAL = (b"RRULE:FREQ=", b"WEEKLY", b"RECURRENCE-ID:", b"EXDATE:", b";TZID=", b"20261006T083000")
_MORE_ICAL = (b";RANGE=THISANDFUTURE", b";UNTIL=20261020", b"RDATE:", b"X-WR-TIMEZONE:")
_DETAIL = (b"\n\tClass = ", b"\n\tFramed-IP-Address = ", b"Interim-Update", b"0x6c", b"\n\n")
_ATTACHMENTS = (b"kind,name,room", b"access_point", b"vlan", b"circuit", b"staff", b"*")
_RADIUS = (b"\x28\x06\x00\x00\x00\x01", b"\x08\x06\x0a", b"\x04\x01\x00", b"\x50\x12")
_CAPTURE = (b"\xd4\xc3\xb2\xa1", b"\x0a\x0d\x0d\x0a", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd")

_WORDS = {
    "attachments": _ATTACHMENTS,
    "capture": _CAPTURE,
    "client-hello": _TLS,
    "configuration": _TOML + _MORE_TOML,
    "csv": _CSV,
    "dns-answer": _DNS + _DNS_KINDS,
    "dns-lookups": _DNS + _DNS_KINDS,
    "dns-messages": _DNS + _DNS_KINDS,
    "dtls": _TLS,
    "frames": _IP,
    "http-host": _HTTP,
    "ical": _ICAL + _MORE_ICAL,
    "lists": _TEXT + _JSON,
    "overlay": (*_TEXT, b"weblogs app ", b"- "),
    "passive": _HTTP + _TLS + _DNS + _QUIC,
    "quic-datagrams": _QUIC,
    "quic-payloads": _TLS + _QUIC,
    "radius": _RADIUS,
    "radius-detail": _DETAIL,
    "start": _HTTP + _TLS,
    "tls-records": _TLS,
    "untis": _UNTIS,
    "webuntis": _ROWS,
    "zermelo": _ROWS,
}


def written(name: str) -> str:
    """Write a target's words as libFuzzer reads them."""
    words = ("".join(f"\\x{byte:02x}" for byte in word) for word in _WORDS.get(name, ()))
    return "".join(f'"{word}"\n' for word in words)
