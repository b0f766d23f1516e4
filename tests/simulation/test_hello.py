import pytest

from addons.names import client_hello
from addons.names.reading import NAMELESS, Outcome, Reading
from simulation import hello, hostnames
from simulation.chance import chance


@pytest.mark.parametrize("hostname", hostnames.every_hostname())
def test_the_name_is_read_as_it_was_written(hostname: str) -> None:
    written = hello.client_hello(hostname, chance(1, hostname))
    assert client_hello.read(written) == Reading(Outcome.NAME, hostname)


def test_a_hidden_name_is_not_there() -> None:
    assert client_hello.read(hello.client_hello("", chance(1))) == NAMELESS
