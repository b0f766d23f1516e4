"""What is sent is as large as its module says, and goes up in one burst."""

import pytest

from simulation.bells import spans
from simulation.chance import chance
from simulation.hostnames import OF_PLATFORM
from simulation.sending import Sent, send, to_send
from simulation.talk import Talk
from tests.simulation.cast import MONDAY

SPAN = spans(MONDAY)[0]


@pytest.mark.parametrize(
    ("what", "least", "most"),
    [(Sent.PHOTO, 0.3e6, 5e6), (Sent.FILM, 3e6, 80e6), (Sent.VOICE, 12e3, 240e3)],
)
def test_sizes(what: Sent, least: float, most: float) -> None:
    for seed in range(50):
        talk = Talk(b"\x0a\x01\x00\x01", SPAN)
        ends = send(talk, OF_PLATFORM["snapchat"], what, SPAN.start, chance(seed))
        up = sum(contact.up for contact in talk.contacts())
        assert least <= up <= most + 5_000
        assert ends <= SPAN.start + most / 1.5e5 + 4


def test_snapchat_is_for_sending_and_most_platforms_are_not() -> None:
    often = {
        name: sum(to_send(name, chance(n)) is not Sent.NOTHING for n in range(500)) / 500
        for name in OF_PLATFORM
    }
    assert often["snapchat"] > 0.2
    assert all(share < 0.15 for name, share in often.items() if name != "snapchat")
