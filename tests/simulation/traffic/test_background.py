"""What phones do by themselves is as small and as rare as their module says."""

from simulation.randomness import seeded_random
from simulation.school.bells import bell_spans
from simulation.traffic.background import choose_apps, make_background_traffic
from simulation.traffic.connection import SimulatedConnection
from simulation.traffic.hostnames import HOSTS_BY_PLATFORM
from tests.simulation.cast import MONDAY

SPAN = bell_spans(MONDAY)[0]
CLIENT = b"\x0a\x01\x00\x01"


def lessons(number: int = 300) -> list[list[SimulatedConnection]]:
    return [
        list(
            make_background_traffic(
                CLIENT, choose_apps(seeded_random(n, "apps")), SPAN, seeded_random(n)
            )
        )
        for n in range(number)
    ]


def media(contacts: list[SimulatedConnection], platform: str) -> list[tuple[float, int]]:
    names = HOSTS_BY_PLATFORM[platform].media
    return sorted(
        (contact.timestamp + exchange.after, exchange.down)
        for contact in contacts
        if contact.hostname in names
        for exchange in contact.exchanges
    )


def test_no_phone_fetches_a_megabyte_of_one_app_in_ten_minutes() -> None:
    for contacts in lessons():
        for platform in ("instagram", "tiktok", "snapchat"):
            seen = media(contacts, platform)
            for moment, _ in seen:
                within = sum(down for other, down in seen if 0 <= other - moment < 600)
                assert within < 1_000_000


def test_nothing_that_goes_up_is_as_large_as_a_photo() -> None:
    assert all(
        exchange.up <= 200_000
        for contacts in lessons()
        for contact in contacts
        for exchange in contact.exchanges
    )


def test_most_phones_have_several_apps_and_some_poll_each_minute() -> None:
    chosen = [len(choose_apps(seeded_random(n, "apps"))) for n in range(300)]
    assert 2 < sum(chosen) / len(chosen) < 5
    exchanges = [len(contact.exchanges) for contacts in lessons() for contact in contacts]
    assert max(exchanges) > 40
