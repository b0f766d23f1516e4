"""What whoever confirms reads: numbers and layers, and no address, room or name of a device."""

from pathlib import Path

import pytest
from django.utils import translation

from dashboards.confirming.guarded_words import describe_guarded
from monitor.configuration import Configuration
from monitor.store.guarded.confirmations import SECRET, Confirmation, find_confirmation
from schedules.language import Language, override
from tests.dashboards.confirming.conftest import Change

pytestmark = [pytest.mark.django_db]

PLACES = """[[place]]
prefixes = ["10.2.4.0/24", "2001:db8:4::/64"]
room = "B204"
layer = "vwo"
[[place]]
prefixes = ["10.2.5.0/24"]
room = "B204"
role = "staff"
"""


def told(settings: Configuration, confirmation: Confirmation | None = None) -> str:
    with override(Language.ENGLISH), translation.override("en"):
        sections = describe_guarded(settings, confirmation or find_confirmation(settings))
    return " ".join(" ".join((section.title, *section.sentences)) for section in sections)


def test_layers_are_told_with_their_pupils(change: Change) -> None:
    settings = change("")
    text = told(settings)
    for layer in settings.layers:
        assert f"{layer.name}: {layer.pupils} " in text


def test_of_places_only_how_many_there_are_and_of_whom(change: Change) -> None:
    text = told(change(PLACES))
    assert "Networks that are a place: 2. Of these for staff: 1." in text
    assert "Rooms with such a network: 1." in text
    assert "Of these for vwo alone: 1." in text
    for hidden in ("B204", "10.2.4", "2001:db8"):
        assert hidden not in text


def test_of_the_mapping_only_how_many_rooms_it_leads_to(change: Change, tmp_path: Path) -> None:
    assert "There is no such file." in told(change(""))
    mapping = tmp_path / "rooms.csv"
    mapping.write_text("kind,name,room\nvlan,hal-1,hal\nvlan,204,B204\n")
    settings = change('[attachments]\nfile = "rooms.csv"\n')
    assert "Rooms that it leads to: 2." in told(settings)
    assert "hal-1" not in told(settings)
    mapping.write_text("nonsense")
    assert "The file cannot be read." in told(settings)


def test_of_the_sizes_of_groups_only_how_many_there_are(change: Change, tmp_path: Path) -> None:
    assert "They are not given: each class counts for 15 pupils." in told(change(""))
    sizes = tmp_path / "groups.csv"
    sizes.write_text("group,pupils\nh3a,28\nh3b,31\n")
    settings = change('[groups]\nsizes = "groups.csv"\n')
    assert "Groups with a size: 2." in told(settings)
    assert "The largest has 31 pupils." in told(settings)
    assert "h3a" not in told(settings)
    sizes.write_text("nonsense")
    assert "The file cannot be read." in told(settings)


@pytest.mark.parametrize(
    ("identity", "sentence"),
    [
        ("", "A device counts once, by its MAC address."),
        ('frames = "routed"', "The traffic that is seen comes by way of a router."),
        ('unit = "address"\nrooms = 3', "a device that has at most 3 addresses in a day."),
        ('unit = "address"\nreused = false', "No address passes to another device within a day."),
    ],
)
def test_what_counts_once(change: Change, identity: str, sentence: str) -> None:
    assert sentence in told(change(f"[identity]\n{identity}\n"))


def test_a_person(change: Change) -> None:
    text = told(change('[identity]\nunit = "person"\n[radius]\ndetail = "detail"\n'))
    assert "A person counts once" in text


@pytest.mark.parametrize(
    ("epsilon", "sentences"),
    [
        (1.0, "At most ε = 0.5 a day. "),
        (0.5, "ε becomes 1; 0.5 was confirmed. That protects less"),
    ],
)
def test_a_loss_that_goes_up_again_protects_less(
    change: Change, epsilon: float, sentences: str
) -> None:
    settings = change("[privacy]\nepsilon = 0.5\n" if epsilon == 1.0 else "")
    before = Confirmation(epsilon=0.5)
    assert sentences.strip() in told(settings, before)


def test_where_the_secret_is_another_everything_may_have_changed(change: Change) -> None:
    settings = change("")
    assert not any(s.is_changed for s in describe_guarded(settings, find_confirmation(settings)))
    other = Confirmation(changed=(SECRET,))
    assert all(section.is_changed for section in describe_guarded(settings, other))


def test_in_dutch(change: Change) -> None:
    settings = change("[privacy]\nepsilon = 0.25\n")
    with override(Language.DUTCH), translation.override("nl"):
        (loss, *_) = describe_guarded(settings, find_confirmation(settings))
    assert loss.sentences[0] == "ε wordt 0,25; bevestigd was 1."
    assert loss.sentences[1].startswith("Dat beschermt beter")
