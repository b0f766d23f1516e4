"""How a reader of one value says that it cannot be read."""

from schedules.importers.unreadable import Unreadable


def test_it_carries_what_was_found_and_what_is_allowed() -> None:
    wrong = Unreadable("noon", "a time such as 08:30")
    assert (wrong.found, wrong.allowed) == ("noon", "a time such as 08:30")
    assert str(wrong) == "found 'noon'; allowed: a time such as 08:30"
