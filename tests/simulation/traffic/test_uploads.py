"""What is sent is as large as its module says, and goes up in one burst."""

import pytest

from simulation.randomness import seeded_random
from simulation.school.bells import bell_spans
from simulation.traffic.conversation import Conversation
from simulation.traffic.hostnames import HOSTS_BY_PLATFORM
from simulation.traffic.uploads import UploadKind, choose_upload, upload
from tests.simulation.cast import MONDAY

SPAN = bell_spans(MONDAY)[0]


@pytest.mark.parametrize(
    ("what", "least", "most"),
    [(UploadKind.PHOTO, 0.3e6, 5e6), (UploadKind.FILM, 3e6, 80e6), (UploadKind.VOICE, 12e3, 240e3)],
)
def test_sizes(what: UploadKind, least: float, most: float) -> None:
    for seed in range(50):
        talk = Conversation(b"\x0a\x01\x00\x01", SPAN)
        ends = upload(talk, HOSTS_BY_PLATFORM["snapchat"], what, SPAN.start, seeded_random(seed))
        up = sum(contact.up for contact in talk.connections())
        assert least <= up <= most + 5_000
        assert ends <= SPAN.start + most / 1.5e5 + 4


def test_snapchat_is_for_sending_and_most_platforms_are_not() -> None:
    often = {
        name: sum(
            choose_upload(name, seeded_random(n)) is not UploadKind.NOTHING for n in range(500)
        )
        / 500
        for name in HOSTS_BY_PLATFORM
    }
    assert often["snapchat"] > 0.2
    assert all(share < 0.15 for name, share in often.items() if name != "snapchat")
