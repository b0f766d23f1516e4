from addons.simulation.contact import CLIENT_HELLO, Contact, sightings
from monitor.sighting import Evidence

CLIENT = b"\x0a\x01\x00\x01"


def test_a_short_connection_is_seen_as_it_opens_and_as_it_ends() -> None:
    seen = list(sightings(Contact(100.0, CLIENT, "x.com", 2_000, 50_000, 3.0)))
    assert [(s.moment, s.opens, s.up, s.down) for s in seen] == [
        (100.0, True, CLIENT_HELLO, 0),
        (103.0, False, 2_000, 50_000),
    ]
    assert {(s.client, s.hostname, s.evidence) for s in seen} == {(CLIENT, "x.com", Evidence.SNI)}


def test_a_long_one_is_seen_again_every_half_minute() -> None:
    seen = list(sightings(Contact(0.0, CLIENT, "x.com", 0, 1_500_000, 95.0)))
    assert len(seen) == 5
    assert seen[-1].moment == 95.0
    assert sum(s.down for s in seen) == 1_500_000


def test_a_device_that_hides_the_name_leaves_none() -> None:
    seen = list(sightings(Contact(0.0, CLIENT, "", 0, 0, 1.0)))
    assert {s.evidence for s in seen} == {Evidence.HIDDEN}
