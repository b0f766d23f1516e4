"""What the memory of a running process shows: an attacker who gets a core dump after all.

The processes forbid it (`tests/addons/runtime/test_process.py`); root can look nevertheless.
"""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from socket import inet_aton
from typing import Any

import pytest
from scapy.layers.inet import IP
from scapy.layers.l2 import Ether

from tests.addons.hellos import hello
from tests.addons.packets.samples import SITE, tcp
from tests.addons.running import START, configuration, running
from tests.network.cable import cable, send
from tests.privacy.aging_core import make_key
from tests.privacy.memory import find_in_memory

PHONES = 200
ADDRESSES = [f"10.207.{30 + number % 7}.{11 + number}" for number in range(PHONES)]
WATCH = ("-m", "monitor", "watch", "--interface", "here", "--config")

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="reading other processes' memory: root"
)


@pytest.fixture
def wire() -> Iterator[None]:
    with cable():
        yield


def test_what_is_in_a_process_is_found() -> None:
    """A search that finds nothing where something is would prove nothing."""
    text = b"it stands in a text that is made while it runs"
    program = f"text = bytes({list(text)}); print(flush=True); input()"
    with running_program("-c", program) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert find_in_memory(process.pid, [text, b"it stands nowhere"]) == {
            text: 1,
            b"it stands nowhere": 0,
        }


def running_program(*words: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE)


@pytest.mark.parametrize("days", [1, 2, 4])
def test_of_the_keys_of_days_only_today_s_is_there(days: int) -> None:
    with running_program("-m", "tests.privacy.aging_core", str(days)) as process:
        assert process.stdout is not None
        made = int(process.stdout.readline())
        keys = [make_key(number) for number in range(made)]
        found = find_in_memory(process.pid, keys)
        _, *of_days = (found[key] for key in keys)  # the first is of names, for the whole process
        process.communicate()
    assert len(of_days) == days
    assert of_days[-1] > 0
    assert set(of_days[:-1]) <= {0}


@pytest.mark.network
@pytest.mark.needs("libpcap")
@pytest.mark.usefixtures("wire")
async def test_a_passive_sensor_has_no_address_in_text_in_mid_lesson(tmp_path: Path) -> None:
    frames = [
        Ether(src=f"02:00:5e:00:00:{number:02x}") / packet(address)
        for number, address in enumerate(ADDRESSES)
    ]
    async with running(*WATCH, configuration(tmp_path)) as watching:
        await watching.until_printed("watching here")
        process = watching.process.pid
        send(*frames)
        packed = [inet_aton(address) for address in ADDRESSES]
        async with asyncio.timeout(START):
            while sum(map(bool, find_in_memory(process, packed).values())) < PHONES / 2:
                await asyncio.sleep(0.2)
        found = find_in_memory(process, [address.encode() for address in ADDRESSES])
    assert {text: number for text, number in found.items() if number} == {}


def packet(address: str) -> Any:
    return IP(src=address, dst=SITE) / tcp(hello())
