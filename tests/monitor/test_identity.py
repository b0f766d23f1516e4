"""What names a device for a day."""

from datetime import date, timedelta

from monitor.identity import DayKey

DAY = date(2026, 11, 23)


def test_a_device_keeps_its_pseudonym_for_the_day() -> None:
    key = DayKey(DAY)
    assert key.pseudonym(b"\x0a\x00\x00\x01") == key.pseudonym(b"\x0a\x00\x00\x01")
    assert key.pseudonym(b"\x0a\x00\x00\x01") != key.pseudonym(b"\x0a\x00\x00\x02")


def test_no_device_can_be_followed_to_the_next_day() -> None:
    clients = [number.to_bytes(4) for number in range(1_000)]
    today, tomorrow = DayKey(DAY), DayKey(DAY + timedelta(days=1))
    assert not {today.pseudonym(c) for c in clients} & {tomorrow.pseudonym(c) for c in clients}
