"""What is read from DNS answers, and that nothing that looks like one does more than that."""

from collections.abc import Iterable
from ipaddress import ip_address
from struct import pack
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scapy.layers.dns import DNS, DNSQR, DNSRR, DNSRRHTTPS, SvcParam

from addons.names import dns
from addons.names.dns import DnsAnswer
from addons.names.dns.answer import MAX_ADDRESSES, MAX_MESSAGES, MAX_RECORDS
from addons.names.dns.name import (
    MALFORMED,
    MAX_NAME_LENGTH,
    MAX_STEPS,
    parse_name,
    parse_question_name,
)
from addons.names.dns.service_binding import MAX_HINTS

A, CNAME, TXT, AAAA, SVCB, HTTPS = 1, 5, 16, 28, 64, 65
FOUND, ABSENT, TRUNCATED = 0x8180, 0x8183, 0x8380
WEBLOG = "www.mijnblog.nl"
HOST = "lb.wordpress.com"
FOUR = ip_address("192.0.2.7").packed
SIX = ip_address("2001:db8::7").packed


def name(hostname: str) -> bytes:
    """Write a name as it goes over the wire, not packed."""
    labels = hostname.encode("latin-1").split(b".") if hostname else []
    return b"".join(bytes([len(label)]) + label for label in labels) + b"\0"


def record(owner: bytes, kind: int, data: bytes, ttl: int = 60, network: int = 1) -> bytes:
    return owner + pack(">HHIH", kind, network, ttl, len(data)) + data


def message(
    *answers: bytes, asked: bytes = name(WEBLOG), flags: int = FOUND, kind: int = A, more: int = 0
) -> bytes:
    """Build a message; the last `more` of the records stand behind the answer."""
    header = pack(">HHHHHH", 7, flags, 1, len(answers) - more, 0, more)
    return header + asked + pack(">HH", kind, 1) + b"".join(answers)


def read(built: bytes) -> DnsAnswer:
    answer = dns.parse_answer(built)
    assert answer is not None
    return answer


ASKED = b"\xc0\x0c"
"""A pointer to the question's name."""
ANSWER = message(
    record(ASKED, CNAME, name(HOST)),
    record(name(HOST), A, FOUR, ttl=300),
    record(name(HOST), AAAA, SIX, ttl=30),
)


class TestAddresses:
    def test_weblog_on_its_own_domain_points_to_who_hosts_it(self) -> None:
        assert read(ANSWER) == DnsAnswer(WEBLOG, (HOST,), ((FOUR, 300), (SIX, 30)), ())

    def test_answer_that_scapy_builds(self) -> None:
        built: Any = DNS(
            qr=1,
            qd=[DNSQR(qname="WWW.Instagram.COM.")],
            an=[
                DNSRR(rrname="www.instagram.com", type="CNAME", rdata="z-p42.c10r.instagram.com"),
                DNSRR(rrname="z-p42.c10r.instagram.com", type="A", rdata="192.0.2.7", ttl=9),
            ],
        )
        expected = DnsAnswer("www.instagram.com", ("z-p42.c10r.instagram.com",), ((FOUR, 9),), ())
        assert read(bytes(built)) == expected
        assert read(bytes(built.compress())) == expected

    def test_order_of_the_records_does_not_matter(self) -> None:
        first, second = record(name("a.nl"), CNAME, name("b.nl")), record(name("b.nl"), A, FOUR)
        link = record(ASKED, CNAME, name("a.nl"))
        expected = DnsAnswer(WEBLOG, ("a.nl", "b.nl"), ((FOUR, 60),), ())
        for order in ((link, first, second), (second, first, link), (first, link, second)):
            assert read(message(*order)) == expected

    def test_record_of_another_name_does_not_count(self) -> None:
        stranger = record(name("www.instagram.com"), A, FOUR)
        assert read(message(stranger)).addresses == ()
        pointing = record(name("www.instagram.com"), CNAME, name(HOST))
        assert read(message(pointing, record(name(HOST), A, FOUR))) == DnsAnswer(WEBLOG, (), (), ())

    def test_chain_that_goes_in_circles_ends(self) -> None:
        built = message(
            record(ASKED, CNAME, name("a.nl")),
            record(name("a.nl"), CNAME, name(WEBLOG)),
            record(name("a.nl"), A, FOUR),
        )
        assert read(built) == DnsAnswer(WEBLOG, ("a.nl",), ((FOUR, 60),), ())

    def test_other_types_and_networks_are_skipped(self) -> None:
        chaos = record(ASKED, A, ip_address("192.0.2.8").packed, network=3)
        text = record(ASKED, TXT, b"\x05hello")
        assert read(message(chaos, text, record(ASKED, A, FOUR))).addresses == ((FOUR, 60),)

    def test_address_of_another_length_is_none(self) -> None:
        built = message(record(ASKED, A, FOUR + b"\0"), record(ASKED, AAAA, FOUR))
        assert read(built).addresses == ()

    def test_time_to_live_with_its_first_bit_set_is_none(self) -> None:
        assert read(message(record(ASKED, A, FOUR, ttl=1 << 31))).addresses == ((FOUR, 0),)

    def test_what_stands_behind_the_answer_counts_for_a_service_only(self) -> None:
        behind = record(ASKED, A, FOUR)
        assert read(message(behind, more=1)).addresses == ()
        assert read(message(behind, more=1, kind=HTTPS)).addresses == ((FOUR, 60),)


def service(priority: int, target: str, *parameters: tuple[int, bytes]) -> bytes:
    values = b"".join(pack(">HH", key, len(value)) + value for key, value in parameters)
    return pack(">H", priority) + name(target) + values


def configuration(public_name: bytes, version: int = 0xFE0D) -> bytes:
    """An ECHConfig: its key, its ciphers, then the name that is shown."""
    contents = b"\x2a\0\x20" + pack(">H", 32) + bytes(32) + pack(">H", 4) + b"\0\1\0\1"
    contents += b"\0" + bytes([len(public_name)]) + public_name + b"\0\0"
    return pack(">HH", version, len(contents)) + contents


def listed(*configurations: bytes) -> bytes:
    return pack(">H", sum(map(len, configurations))) + b"".join(configurations)


class TestServices:
    def test_hints_and_outer_name(self) -> None:
        parameters = (
            (1, b"\x02h3"),
            (4, FOUR),
            (5, listed(configuration(b"Cloudflare-ECH.com"))),
            (6, SIX),
        )
        built = message(record(ASKED, HTTPS, service(1, "", *parameters)), kind=HTTPS)
        given = ((FOUR, 60), (SIX, 60))
        assert read(built) == DnsAnswer(WEBLOG, (), given, ("cloudflare-ech.com",))

    def test_answer_that_scapy_builds(self) -> None:
        hint = SvcParam(key="ipv4hint", value=["192.0.2.7"])
        built = DNS(
            qr=1,
            qd=[DNSQR(qname=WEBLOG, qtype="HTTPS")],
            an=[DNSRRHTTPS(rrname=WEBLOG, svc_priority=1, target_name=".", svc_params=[hint])],
        )
        assert read(bytes(built)).addresses[0][0] == FOUR

    def test_alias_is_followed(self) -> None:
        built = message(
            record(ASKED, HTTPS, service(0, HOST)),
            record(name(HOST), HTTPS, service(1, "", (4, FOUR))),
            kind=HTTPS,
        )
        assert read(built) == DnsAnswer(WEBLOG, (HOST,), ((FOUR, 60),), ())

    def test_alias_has_no_parameters(self) -> None:
        built = message(record(ASKED, SVCB, service(0, HOST, (4, FOUR))), kind=SVCB)
        assert read(built) == DnsAnswer(WEBLOG, (HOST,), (), ())

    def test_service_at_another_name(self) -> None:
        built = message(record(ASKED, SVCB, service(1, HOST, (4, FOUR + FOUR))), kind=SVCB)
        assert read(built) == DnsAnswer(WEBLOG, (HOST,), ((FOUR, 60), (FOUR, 60)), ())

    @pytest.mark.parametrize(
        "value",
        [
            listed(configuration(b"cloudflare-ech.com", version=0xFF03)),
            listed(configuration(b"")),
            listed(configuration("clöudflare-ech.com".encode())),
            listed(configuration(b"cloudflare-ech.com"))[:-9],
            b"\0",
            b"",
        ],
    )
    def test_configuration_that_cannot_be_read_names_nothing(self, value: bytes) -> None:
        built = message(record(ASKED, HTTPS, service(1, "", (4, FOUR), (5, value))), kind=HTTPS)
        assert read(built) == DnsAnswer(WEBLOG, (), ((FOUR, 60),), ())

    def test_second_configuration_counts_too(self) -> None:
        value = listed(configuration(b"a.example", version=1), configuration(b"b.example"))
        built = message(record(ASKED, HTTPS, service(1, "", (5, value))), kind=HTTPS)
        assert read(built).outer_names == ("b.example",)

    def test_endless_hints_are_bounded(self) -> None:
        data = service(1, "", (4, FOUR * 16_000))
        assert len(read(message(record(ASKED, HTTPS, data), kind=HTTPS)).addresses) == MAX_HINTS


class TestWhatIsNoAnswer:
    @pytest.mark.parametrize("flags", [0x0100, ABSENT, 0x8182, 0x9180, 0xA800])
    def test_question_or_failure_or_another_kind_of_request(self, flags: int) -> None:
        assert dns.parse_answer(message(record(ASKED, A, FOUR), flags=flags)) is None

    def test_name_that_has_no_address(self) -> None:
        assert read(message()) == DnsAnswer(WEBLOG, (), (), ())

    @pytest.mark.parametrize("questions", [0, 2])
    def test_none_or_several_questions(self, questions: int) -> None:
        built = bytearray(ANSWER)
        built[5] = questions
        assert dns.parse_answer(bytes(built)) is None

    @pytest.mark.parametrize(
        "asked",
        [
            name(""),
            b"\x0dwww.instagram\x03com\0",
            name("www.instagrám.com"),
            name(".".join(["a"] * (MAX_STEPS + 1))),
            name(".".join(["a" * 63] * 4)),
            b"\xc0\x0c",
            b"\xc0\x40",
            b"\x41" + b"a" * 65 + b"\0",
            b"\x3fabc",
        ],
    )
    def test_question_that_is_no_hostname(self, asked: bytes) -> None:
        assert dns.parse_answer(message(record(ASKED, A, FOUR), asked=asked)) is None

    def test_longest_hostname(self) -> None:
        longest = ".".join(["a" * 63] * 3 + ["a" * 61])
        assert len(longest) == MAX_NAME_LENGTH
        assert read(message(asked=name(longest))).question == longest


class TestNamesThatArePacked:
    def test_pointer_into_a_name(self) -> None:
        at = pack(">H", 0xC000 | 12 + len(b"\x03www"))
        built = message(record(ASKED, CNAME, b"\x04blog" + at))
        assert read(built).targets == ("blog.mijnblog.nl",)

    def test_pointer_to_itself_or_forward_ends_the_reading(self) -> None:
        start = len(message())
        for place in (start, start + 2, 0x3FFF):
            built = message(record(pack(">H", 0xC000 | place), A, FOUR), record(ASKED, A, FOUR))
            assert read(built).addresses == ()

    def test_target_in_circles_is_left_out(self) -> None:
        data_at = len(message()) + len(record(ASKED, CNAME, b""))
        built = message(record(ASKED, CNAME, pack(">H", 0xC000 | data_at)), record(ASKED, A, FOUR))
        assert read(built) == DnsAnswer(WEBLOG, (), ((FOUR, 60),), ())


class TestWhatIsCut:
    def test_truncated_answer_gives_what_is_whole(self) -> None:
        built = message(record(ASKED, A, FOUR), record(ASKED, AAAA, SIX), flags=TRUNCATED)
        assert read(built[:-1]).addresses == ((FOUR, 60),)

    @given(st.integers(0, len(ANSWER)))
    def test_at_any_place(self, at: int) -> None:
        whole, answer = read(ANSWER), dns.parse_answer(ANSWER[:at])
        if answer is None:
            assert at < len(message())
        else:
            assert answer.question == WEBLOG
            assert whole.targets[: len(answer.targets)] == answer.targets
            assert whole.addresses[: len(answer.addresses)] == answer.addresses

    def test_records_that_are_announced_and_not_there(self) -> None:
        built = bytearray(ANSWER)
        built[6:8] = b"\xff\xff"
        assert read(bytes(built)) == read(ANSWER)

    def test_records_and_addresses_are_bounded(self) -> None:
        many = [record(ASKED, TXT, b"")] * (MAX_RECORDS - 1) + [record(ASKED, A, FOUR)] * 2
        assert len(read(message(*many)).addresses) == 1
        hints = record(ASKED, HTTPS, service(1, "", (4, FOUR * MAX_HINTS)))
        assert len(read(message(*[hints] * 5, kind=HTTPS)).addresses) == MAX_ADDRESSES


def stream(parts: Iterable[bytes]) -> bytes:
    return b"".join(pack(">H", len(part)) + part for part in parts)


class TestTCP:
    def test_several_messages_in_one_segment(self) -> None:
        assert list(dns.split_messages(stream([ANSWER, message()]))) == [ANSWER, message()]

    def test_last_message_may_be_cut(self) -> None:
        first, second = dns.split_messages(stream([ANSWER, ANSWER])[:-16])
        assert first == ANSWER
        assert read(second).addresses == ((FOUR, 300),)

    def test_length_alone_or_a_header_in_part_is_nothing(self) -> None:
        assert list(dns.split_messages(stream([ANSWER])[:2])) == []
        assert list(dns.split_messages(stream([ANSWER])[:13])) == []
        assert list(dns.split_messages(b"")) == []

    def test_number_is_bounded(self) -> None:
        assert len(list(dns.split_messages(stream([message()] * 100)))) == MAX_MESSAGES


def is_well_formed(answer: DnsAnswer) -> bool:
    names = (answer.question, *answer.targets)
    return (
        all(n == n.lower() and n.isascii() and 0 < len(n) <= MAX_NAME_LENGTH for n in names)
        and all(len(address) in (4, 16) and 0 <= ttl < 1 << 31 for address, ttl in answer.addresses)
        and len(answer.addresses) <= MAX_ADDRESSES
        and len(answer.targets) <= MAX_RECORDS
    )


@given(st.binary(max_size=600))
@example(b"")
def test_any_bytes_give_a_bounded_answer_or_none(data: bytes) -> None:
    records = message(*[b""] * 9) + data
    parameters = message(record(ASKED, HTTPS, b"\0\1" + data), kind=HTTPS)
    for tried in (data, records, parameters):
        answer = dns.parse_answer(tried)
        assert answer is None or is_well_formed(answer)
    for part in dns.split_messages(data):
        assert part in data


@given(st.data())
def test_changed_answer_gives_a_bounded_answer_or_none(data: st.DataObject) -> None:
    echs = service(1, HOST, (4, FOUR), (5, listed(configuration(b"a.example"))), (6, SIX))
    seed = message(record(ASKED, HTTPS, echs), record(ASKED, CNAME, b"\x01a\xc0\x0c"), kind=HTTPS)
    changed = bytearray(data.draw(st.sampled_from([ANSWER, seed])))
    for at in data.draw(st.lists(st.integers(0, len(changed) - 1), min_size=1, max_size=8)):
        changed[at] = data.draw(st.integers(0, 255))
    answer = dns.parse_answer(bytes(changed))
    assert answer is None or is_well_formed(answer)


NAMES_ON_THE_WIRE = st.one_of(
    st.lists(st.binary(max_size=70), max_size=6).map(
        lambda labels: b"".join(bytes([len(label)]) + label for label in labels) + b"\0"
    ),
    st.just(b"\x03www" + ASKED),
    st.binary(max_size=40),
)


@given(st.binary(max_size=4), NAMES_ON_THE_WIRE, st.binary(max_size=4))
@example(b"", b"\0", b"")
@example(b"", name("a" * 63 + "." + "b" * 63 + "." + "c" * 63 + "." + "d" * 61), b"")
@example(b"\x01a\0", b"\x01b\xc0\0", b"")
def test_question_is_read_as_any_name_is(before: bytes, written: bytes, after: bytes) -> None:
    """That it is known again changes nothing: not the second time either."""
    data, at = before + written + after, len(before)
    try:
        expected = parse_name(data, at)
    except MALFORMED:
        for _ in range(2):
            with pytest.raises(MALFORMED):
                parse_question_name(data, at)
        return
    assert [parse_question_name(data, at) for _ in range(2)] == [expected] * 2
