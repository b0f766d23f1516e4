"""Which platforms are looked for."""

from datetime import date

from monitor.catalogue.platform import Platform
from monitor.catalogue.switches import describe_choices, switch_platforms

PLATFORMS = [
    Platform("instagram", "Instagram", is_on=True, checked=date(2026, 11, 23)),
    Platform("whatsapp", "WhatsApp", is_on=False, checked=date(2026, 11, 23)),
]


def switched(on: tuple[str, ...] = (), off: tuple[str, ...] = ()) -> list[str]:
    platforms, problems = switch_platforms(PLATFORMS, on, off)
    assert not problems
    return [platform.name for platform in platforms if platform.is_on]


def test_files_decide_where_the_school_does_not() -> None:
    assert switched() == ["instagram"]


def test_a_school_switches_a_platform_on() -> None:
    assert switched(on=("whatsapp",)) == ["instagram", "whatsapp"]


def test_a_school_switches_a_platform_off() -> None:
    assert switched(off=("instagram",)) == []


def test_an_unknown_platform_is_a_problem_that_names_the_key_and_what_there_is() -> None:
    _, problems = switch_platforms(PLATFORMS, ["watsapp"], ["hyves"])
    assert [str(problem) for problem in problems] == [
        (
            "catalogue.switched_on: found 'watsapp'; "
            "allowed: whatsapp (did you mean this?), or one of instagram, whatsapp"
        ),
        "catalogue.switched_off: found 'hyves'; allowed: one of instagram, whatsapp",
    ]


def test_on_and_off_at_once_is_a_problem() -> None:
    _, problems = switch_platforms(PLATFORMS, ["whatsapp"], ["whatsapp"])
    assert [problem.found for problem in problems] == ["whatsapp"]


def test_what_was_meant_is_found_in_capitals_too() -> None:
    assert describe_choices("WhatsApp", ["instagram", "whatsapp"]).startswith(
        "whatsapp (did you mean this?)"
    )
