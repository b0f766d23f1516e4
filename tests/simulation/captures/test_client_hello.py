import pytest

from addons.names import client_hello
from addons.names.parse_result import NO_NAME, ParseResult, ParseStatus
from simulation.captures.client_hello import make_client_hello
from simulation.randomness import seeded_random
from simulation.traffic import hostnames


@pytest.mark.parametrize("hostname", hostnames.list_hostnames())
def test_the_name_is_read_as_it_was_written(hostname: str) -> None:
    written = make_client_hello(hostname, seeded_random(1, hostname))
    assert client_hello.parse_client_hello(written) == ParseResult(ParseStatus.NAME, hostname)


def test_a_hidden_name_is_not_there() -> None:
    assert client_hello.parse_client_hello(make_client_hello("", seeded_random(1))) == NO_NAME
