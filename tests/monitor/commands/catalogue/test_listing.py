"""The catalogue as lines for people."""

from monitor.catalogue import load_catalogue
from monitor.catalogue.hiding import load_hiding_list as load_hiding
from monitor.catalogue.overlay import parse_overlay
from monitor.commands.catalogue.listing import list_hiding, list_overlay, list_platform

CATALOGUE = load_catalogue()


def test_every_hostname_of_a_platform_is_there_with_whom_it_is_shared() -> None:
    tiktok = next(platform for platform in CATALOGUE.platforms if platform.name == "tiktok")
    text = "\n".join(list_platform(tiktok, CATALOGUE))
    words = text.replace(",", " ").split()
    for group in CATALOGUE.groups["tiktok"]:
        assert {str(pattern) for pattern in group.hostnames} <= set(words)
    assert "Also used by: capcut, lemon8." in " ".join(text.split())


def test_everything_that_hides_is_there() -> None:
    hiding = load_hiding()
    words = " ".join(list_hiding(hiding)).replace(",", " ").split()
    for group in hiding.groups:
        assert {str(entry) for entry in (*group.hostnames, *group.addresses)} <= set(words)


def test_no_line_is_too_wide() -> None:
    lines = [
        line for platform in CATALOGUE.platforms for line in list_platform(platform, CATALOGUE)
    ]
    assert max(map(len, lines)) <= 98


def test_the_overlays_changes_are_there_for_all_or_for_a_platform() -> None:
    text = b"weblogs app blog.voorbeeldschool.nl\nx embed t.co\n- voorbeeld.nl"
    changes, _ = parse_overlay(text, name="eigen.txt", platforms=["weblogs", "x"])
    heading, weblog, x, gone = list_overlay(changes, None)
    assert heading == "Changed by the overlay"
    assert weblog == "  blog.voorbeeldschool.nl: weblogs app"
    assert list(list_overlay(changes, "X")) == [heading, x, gone]
    assert gone == "  voorbeeld.nl: no platform"
    assert list(list_overlay([], None)) == []
