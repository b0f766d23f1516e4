"""Pages with embeds contact what such pages contact."""

from simulation.randomness import seeded_random
from simulation.school.bells import bell_spans
from simulation.traffic.connection import SimulatedConnection
from simulation.traffic.conversation import Conversation
from simulation.traffic.page_visits import PageVisit, make_visit
from tests.simulation.cast import MONDAY

SPAN = bell_spans(MONDAY)[0]


def visited(page: PageVisit, seed: int = 1) -> list[SimulatedConnection]:
    talk = Conversation(b"\x0a\x01\x00\x01", SPAN)
    make_visit(talk, page, SPAN.start + 10, SPAN.start + 400, seeded_random(seed))
    return list(talk.connections())


def test_a_lessons_film_plays_in_megabytes_beside_the_embeds_own_name() -> None:
    down = {contact.hostname: contact.down for contact in visited(PageVisit.LESSON_FILM)}
    assert "www.youtube-nocookie.com" in down
    assert down["rr4---sn-5hne6nzs.googlevideo.com"] > 3_000_000


def test_a_plain_one_has_only_the_names_of_the_site() -> None:
    assert {contact.hostname for contact in visited(PageVisit.PLAIN_FILM)} == {
        "www.youtube.com",
        "i.ytimg.com",
        "rr4---sn-5hne6nzs.googlevideo.com",
    }


def test_capcut_shows_no_name_that_is_tiktoks_alone() -> None:
    names = {contact.hostname for seed in range(5) for contact in visited(PageVisit.CAPCUT, seed)}
    assert names <= {"p16-sign-va.tiktokcdn.com", "p16.ibyteimg.com", "editor-api.byteoversea.com"}


def test_newspapers_have_widgets_and_now_and_then_a_post() -> None:
    names = {
        contact.hostname for seed in range(20) for contact in visited(PageVisit.NEWSPAPER, seed)
    }
    assert {"connect.facebook.net", "platform.twitter.com", "www.facebook.com"} <= names
