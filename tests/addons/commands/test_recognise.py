"""`lesrust recognise`, as it is typed."""

import gzip
import json
import subprocess
import sys
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
import zstandard
from click.testing import CliRunner, Result

from addons.commands.recognise import recognise
from addons.runtime.match_counter import REPLACEMENT
from tests.addons.captures.made_captures import pcap
from tests.addons.flows.wire import (
    NOON,
    OTHER_SITE,
    PUPIL,
    RESOLVER,
    SCHOOL,
    SITE,
    WEBLOG,
    WEBLOG_HOST,
    TcpClient,
    capture,
    datagram,
    told_by_dns,
)
from tests.addons.hellos import HOSTNAME, hello, record, server_name, with_extensions
from tests.addons.names.quic.initials import HELLO, crypto, initial
from tests.addons.names.test_vpn import WIREGUARD

KEYS = ["capture", "hostname", "evidence", "platform", "role", "connections"]
CHANNEL = "web.whatsapp.com"
"""Of a platform that is switched off unless a school switches it on."""


def day() -> bytes:
    """Write what a device does in a few seconds."""
    sent = [
        told_by_dns(WEBLOG, OTHER_SITE, through=WEBLOG_HOST),
        TcpClient(1).says(hello()),
        TcpClient(2).says(hello()),
        TcpClient(3).says(hello(SCHOOL)),
        TcpClient(4, server=OTHER_SITE).says(hello(WEBLOG)),
        TcpClient(5).says(hello(None)),
        TcpClient(6).says(hello(CHANNEL)),
        datagram(initial(crypto(HELLO))),
        datagram(WIREGUARD, to=51820),
    ]
    return capture((NOON + number, packet) for number, packet in enumerate(sent))


ROWS = {
    (HOSTNAME, "quic", "instagram", "app", 1),
    (HOSTNAME, "sni", "instagram", "app", 2),
    (WEBLOG, "sni", "weblogs", "app", 1),
    (WEBLOG, "dns", None, None, 1),
    (WEBLOG_HOST, "dns", "weblogs", "app", 1),
    (SCHOOL, "sni", None, None, 1),
    (CHANNEL, "sni", None, None, 1),
    ("", "hidden", None, "nameless", 1),
    ("", "hidden", None, "vpn", 1),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to a folder with a capture and without a configuration."""
    (tmp_path / "day.pcap").write_bytes(day())
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LESRUST_CONFIG", raising=False)
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(recognise, words, catch_exceptions=False)


def rows(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def values(found: list[dict[str, Any]]) -> set[tuple[Any, ...]]:
    return {tuple(row[key] for key in KEYS[1:]) for row in found}


class TestJson:
    def test_a_line_for_each_name_with_these_keys_and_no_others(self, folder: Path) -> None:
        result = run("--json", "day.pcap")
        assert result.exit_code == 0
        found = rows(result)
        assert all(list(row) == KEYS for row in found)
        assert {row["capture"] for row in found} == {"day.pcap"}
        assert values(found) == ROWS

    def test_platforms_come_first(self, folder: Path) -> None:
        platforms = [row["platform"] for row in rows(run("--json", "day.pcap"))]
        assert platforms == sorted(platforms, key=lambda name: (name is None, name or ""))

    def test_several_captures_are_told_apart(self, folder: Path) -> None:
        (folder / "other.pcap").write_bytes(capture([(NOON, TcpClient().says(hello(SCHOOL)))]))
        found = rows(run("--json", "day.pcap", "other.pcap", "day.pcap"))
        assert [row for row in found if row["capture"] == "other.pcap"] == [
            dict(zip(KEYS, ("other.pcap", SCHOOL, "sni", None, None, 1), strict=True))
        ]
        assert [row["connections"] for row in found if row["hostname"] == HOSTNAME] == [1, 2]

    def test_nothing_is_no_line(self, folder: Path) -> None:
        (folder / "empty.pcap").write_bytes(pcap([]))
        result = run("--json", "empty.pcap")
        assert (result.exit_code, result.output) == (0, "")


class TestText:
    def test_names_and_how_they_were_seen(self, folder: Path) -> None:
        result = run("day.pcap")
        assert result.exit_code == 0
        lines = [line.split() for line in result.stdout.splitlines()]
        assert [HOSTNAME, "sni", "instagram", "app", "2"] in lines
        assert [SCHOOL, "sni", "–", "–", "1"] in lines
        assert ["–", "hidden", "–", "vpn", "1"] in lines
        seen = lines[lines.index(["How", "they", "were", "seen:"]) :]
        assert ["hidden", "2"] in seen
        assert ["sni", "5"] in seen
        assert ["hidden:", "vpn", "1"] in seen
        assert not any(line[:1] == ["dns"] for line in seen)


CLIENTS = (PUPIL, RESOLVER, SITE, OTHER_SITE)


@pytest.mark.parametrize("form", ["--json", "text"])
def test_no_address_appears(folder: Path, form: str) -> None:
    """Neither a client's nor any other, in whatever way it is written."""
    result = run("day.pcap", *([form] if form == "--json" else []))
    for packed in CLIENTS:
        address = ip_address(packed)
        written = (str(address), packed.hex(), packed.hex(":"), str(int(address)), repr(packed))
        assert not [spelling for spelling in written if spelling in result.output]


@pytest.mark.parametrize("form", ["--json", "text"])
def test_name_does_not_steer_the_terminal(folder: Path, form: str) -> None:
    nasty = record(with_extensions(server_name(b"evil\x1b]0;x\x07\r\n.example")))
    (folder / "evil.pcap").write_bytes(capture([(NOON, TcpClient().says(nasty))]))
    result = run("evil.pcap", *([form] if form == "--json" else []))
    assert result.exit_code == 0
    assert not {"\x1b", "\x07", "\r"} & {*result.output}
    shown = rows(result)[0]["hostname"] if form == "--json" else result.stdout
    assert f"evil{REPLACEMENT}]0;x{REPLACEMENT}{REPLACEMENT}{REPLACEMENT}.example" in shown


class TestExitCode:
    def test_1_for_a_capture_that_is_cut_off_of_which_the_start_counts(self, folder: Path) -> None:
        (folder / "cut.pcap").write_bytes(day()[:-10])
        result = run("--json", "cut.pcap")
        assert result.exit_code == 1
        assert result.stderr.startswith("lesrust: cut.pcap is cut off")
        assert (HOSTNAME, "sni", "instagram", "app", 2) in values(rows(result))

    @pytest.mark.parametrize("name", ["absent.pcap", "letter.pcap"])
    def test_2_for_what_cannot_be_read_and_the_others_count(self, folder: Path, name: str) -> None:
        (folder / "letter.pcap").write_bytes(b"Dear sir, I write to you about the captures")
        result = run("--json", name, "day.pcap")
        assert result.exit_code == 2
        assert len(result.stderr.splitlines()) == 1
        assert result.stderr.startswith(f"lesrust: {name} is ")
        assert {row["capture"] for row in rows(result)} == {"day.pcap"}

    def test_2_for_a_configuration_that_is_wrong(self, folder: Path) -> None:
        (folder / "lesrust.toml").write_text("[school]\n")
        result = run("day.pcap")
        assert result.exit_code == 2
        assert "lesrust.toml" in result.stderr
        assert "Traceback" not in result.output

    @pytest.mark.parametrize("words", [(), ("--tunnel", "subway", "day.pcap")])
    def test_2_for_words_that_are_not_understood(
        self, folder: Path, words: tuple[str, ...]
    ) -> None:
        assert run(*words).exit_code == 2


class TestPacked:
    @pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
    def test_capture_is_read_as_it_is(self, folder: Path, pack: Any) -> None:
        (folder / "packed").write_bytes(pack(day()))
        assert values(rows(run("--json", "packed"))) == values(rows(run("--json", "day.pcap")))

    @pytest.mark.parametrize("pack", [bytes, gzip.compress, zstandard.compress])
    def test_standard_input(self, folder: Path, pack: Any) -> None:
        command = "from addons.commands.recognise import recognise; recognise()"
        done = subprocess.run(
            [sys.executable, "-c", command, "--json", "-"],
            input=pack(day()),
            capture_output=True,
            check=True,
        )
        found = [json.loads(line) for line in done.stdout.splitlines()]
        assert {row["capture"] for row in found} == {"-"}
        assert values(found) == values(rows(run("--json", "day.pcap")))


class TestCatalogue:
    def test_platforms_that_are_off_are_recognised_when_asked_for(self, folder: Path) -> None:
        found = values(rows(run("--json", "--all-platforms", "day.pcap")))
        assert {row[2] for row in found if row[0] == CHANNEL} == {"whatsapp"}

    def test_switches_and_overlay_of_the_configuration_hold(self, folder: Path) -> None:
        (folder / "eigen.txt").write_text(f"tiktok media {SCHOOL}\n")
        (folder / "lesrust.toml").write_text(
            '[school]\nname = "Het Voorbeeld"\n[catalogue]\noverlay = "eigen.txt"\n'
            'switched_on = ["whatsapp"]\nswitched_off = ["instagram"]\n'
        )
        result = run("--json", "day.pcap")
        assert result.exit_code == 0, result.output
        found = {row[0]: row[2:4] for row in values(rows(result))}
        assert found[CHANNEL][0] == "whatsapp"
        assert found[SCHOOL] == ("tiktok", "media")
        assert found[HOSTNAME] == (None, None)


class TestTunnels:
    @pytest.mark.parametrize("asked", [(), ("--tunnel", "vxlan"), ("--tunnel", "gtp")])
    def test_are_looked_into_when_asked_for(self, folder: Path, asked: tuple[str, ...]) -> None:
        from scapy.layers.inet import UDP
        from scapy.layers.vxlan import VXLAN

        from tests.addons.packets import samples

        inside = samples.frame(samples.ip_4(samples.tcp(hello())))
        carried = samples.ip_4(UDP(sport=5, dport=4789) / VXLAN(vni=1) / inside)
        (folder / "tunnel.pcap").write_bytes(pcap([bytes(samples.frame(carried))]))
        found = rows(run("--json", *asked, "tunnel.pcap"))
        assert [row["hostname"] for row in found] == ([HOSTNAME] if "vxlan" in asked else [])


def test_it_starts_with_what_it_needs(tmp_path: Path) -> None:
    """Starting is a third of what a capture of 600 MB costs: imports that creep in would show."""
    heavy = {"django", "idna", "pydantic", "rich", "scapy", "subprocess", "zstandard"}
    path = tmp_path / "day.pcap"
    path.write_bytes(day())
    script = (
        "import sys; from monitor.commands.cli import main;"
        f"main(['recognise', '--json', {str(path)!r}], standalone_mode=False);"
        f"sys.exit(', '.join({heavy!r} & set(sys.modules)) or 0)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], check=False, capture_output=True, text=True
    )
    assert (ran.returncode, ran.stderr) == (0, "")
