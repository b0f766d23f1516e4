"""Attacks on running parts that are tests already: they run here, and say whether they held."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from xml.etree import ElementTree

from monitor.attacks.outcome import AttackOutcome
from tests.privacy.attacks.running import Attack


class Tested(NamedTuple):
    """An attack, and the tests that try it."""

    attack: str
    gate: str
    tests: tuple[str, ...]


PROCESSES = "tests/privacy/test_processes.py"
MEMORY = "tests/privacy/test_memory.py"
GATEWAY = "tests/network/test_gateway.py"
SERVICE = "tests/monitor/runtime/service"
VISIBILITY = "tests/privacy/test_visibility.py"
RESTORE = "tests/monitor/runtime/test_restore.py"
CORE_FLOORS = "tests/monitor/core/test_floors.py"
CORE_CHANGES = "tests/monitor/core/test_changed_rules.py"
OWN_DEVICE = "tests/monitor/own_device"
FLOORS = "tests/privacy/test_floors.py"
BOARDS = "tests/dashboards/grafana/test_boards.py"

ON_PROCESSES = (
    Tested(
        "/metrics, health and /unmapped of a real gateway, scraped while phones use platforms",
        "0 bytes change",
        (f"{PROCESSES}::test_nothing_that_is_served_moves_with_phones_in_a_lesson",),
    ),
    Tested(
        "metrics of the process, of the garbage collector, or of when a series began",
        "0 of them",
        (f"{PROCESSES}::test_no_metric_is_of_the_process_or_of_when_a_series_began",),
    ),
    Tested(
        "canary: addresses, MACs and hostnames in files, database pages, WAL, metrics, logs",
        "0 hits, and a hit where one is put",
        (
            "tests/test_canary.py",
            f"{GATEWAY}::test_no_address_mac_or_hostname_is_written_anywhere",
            f"{GATEWAY}::test_the_canary_would_be_found",
            f"{GATEWAY}::test_the_report_names_nobody_and_no_room",
            "tests/network/test_watch.py::test_neither_writes_who_it_was",
        ),
    ),
    Tested(
        "canary: rooms and teachers beside figures",
        "0 hits",
        (f"{GATEWAY}::test_rooms_and_teachers_stand_beside_no_figure",),
    ),
    Tested(
        "canary: an addon that raises with the address in its error, debugging, a full disk",
        "0 hits",
        (f"{GATEWAY}::test_whatever_goes_wrong_no_connection_stops_and_nothing_tells_of_anybody",),
    ),
    Tested(
        "core dump: SIGABRT in mid-lesson, and a process that cannot be dumped",
        "no dump",
        (
            f"{GATEWAY}::test_a_process_that_is_not_protected_would_leave_its_memory",
            f"{GATEWAY}::test_a_process_that_dies_in_mid_lesson_leaves_no_wrong_number_and_no_dump",
            "tests/addons/runtime/test_process.py::test_sealed_process_cannot_be_dumped",
        ),
    ),
    Tested(
        "memory of a passive sensor in mid-lesson: 200 phones",
        "0 addresses in text",
        (
            f"{MEMORY}::test_a_passive_sensor_has_no_address_in_text_in_mid_lesson",
            f"{MEMORY}::test_what_is_in_a_process_is_found",
        ),
    ),
    Tested(
        "memory after the key of a day has changed, one, two and four days on",
        "0 old keys",
        (f"{MEMORY}::test_of_the_keys_of_days_only_today_s_is_there",),
    ),
    Tested(
        "'Mijn apparaat' of a real gateway: what another device does",
        "only its own",
        ("tests/addons/test_own_device.py",),
    ),
    Tested(
        "'Mijn apparaat': a neighbour in a /64 that one session told",
        "nothing of the other",
        (
            f"{OWN_DEVICE}/test_device_session.py",
            f"{OWN_DEVICE}/test_session_registry.py",
            f"{OWN_DEVICE}/test_admission.py",
        ),
    ),
    Tested(
        "the day of sixty phones as a capture file, through the command to the store",
        "about 60 released; by address many more",
        ("tests/privacy/test_sixty_phones.py",),
    ),
)
ON_PARTS = (
    Tested(
        "scrapes through a lesson until its release, compared",
        "0 bytes change",
        (f"{SERVICE}/test_releases.py::test_scraping_through_a_lesson_tells_nothing",),
    ),
    Tested(
        "one draw: after a restart, and on the page",
        "1 value a cell",
        (f"{SERVICE}/test_releases.py::test_what_was_released_stays_as_it_was_drawn",),
    ),
    Tested(
        "one draw: PDF, CSV, page, JSON and Prometheus",
        "1 value a cell",
        (
            "tests/dashboards/commands/test_report.py::test_pdf_csv_and_page_have_the_same_figures",
            "tests/dashboards/directie/test_views.py::test_the_files_have_the_same_figures_as_the_page",
            "tests/dashboards/grafana/test_queries.py::test_a_figure_is_shown_as_it_is_everywhere",
        ),
    ),
    Tested(
        "one draw: after a pause, again and again",
        "0 draws",
        (f"{SERVICE}/test_in_force.py::test_what_a_pause_took_away_is_drawn_at_no_later_moment",),
    ),
    Tested(
        "one draw, and the caps: a backup restored in mid-week, a new store, a move",
        "0 draws",
        (RESTORE, "tests/dashboards/commands/test_store.py"),
    ),
    Tested(
        "exact sensitivity: one device added or removed, random days",
        "L1 ≤ the cap; without caps found",
        ("tests/privacy/test_sensitivity.py",),
    ),
    Tested(
        "floors: random rosters, timetables and traffic",
        "0 cells below a floor",
        (
            f"{FLOORS}::test_no_release_is_below_a_floor",
            f"{FLOORS}::test_which_cells_there_are_does_not_depend_on_traffic",
        ),
    ),
    Tested(
        "a class isolated: all other rooms exempted, also for days",
        "0 figures",
        (
            f"{CORE_FLOORS}::test_one_class_that_is_left_when_all_others_are_exempted_has_no_figure",
            f"{CORE_FLOORS}::test_nor_has_it_when_that_goes_on_for_days",
            f"{CORE_FLOORS}::test_nor_has_it_when_one_hour_of_the_day_is_measured_whole",
            "tests/monitor/release/measured",
        ),
    ),
    Tested(
        "a class isolated: one [[place]], a layer of a place, a period of one's own",
        "0 figures",
        (
            f"{CORE_FLOORS}::test_a_place_alone_makes_no_layer",
            f"{FLOORS}::test_a_class_that_is_isolated_has_no_figure",
            f"{CORE_FLOORS}::test_an_hour_with_few_rooms_counts_in_the_day_but_has_no_figure",
        ),
    ),
    Tested(
        "a change by the leadership inside a cell: exemptions, places, bells, layers",
        "no figure",
        (f"{CORE_CHANGES}::TestChangesInside",),
    ),
    Tested(
        "visibility: one device's 1,500 connections among 30,000",
        "one vote; ≤ tanh(ε/2)",
        (
            f"{VISIBILITY}::test_a_device_changes_the_votes_by_one_vote_however_much_it_does",
            f"{VISIBILITY}::test_a_device_cannot_be_told_by_what_it_hides",
        ),
    ),
    Tested(
        "mutant: un-noised visibility",
        "found: told with certainty",
        (f"{VISIBILITY}::test_without_noise_it_is_told_with_certainty",),
    ),
    Tested(
        "Prometheus and Grafana of the directie: recording rules, health, ratios",
        "released figures alone",
        (
            f"{BOARDS}::test_the_directie_sees_released_figures_alone",
            f"{BOARDS}::test_a_prometheus_of_the_directie_is_given_released_figures_alone",
            "tests/deploy/test_alerts.py::test_promtool_finds_nothing_wrong",
        ),
    ),
    Tested(
        "health for IT: one more of anything, one phone at night, a kind that is rare",
        "no step, or one",
        ("tests/monitor/test_health.py",),
    ),
    Tested(
        "/unmapped: in which order, and when, access points are listed",
        "by the alphabet, on the hour",
        ("tests/monitor/places/feeds/test_unmapped.py",),
    ),
    Tested(
        "what can be kept, shown, logged and set",
        "what is declared",
        ("tests/privacy/test_declaration.py",),
    ),
    Tested(
        "what the guides, the page, `lesrust privacy` and the documents say of ε",
        "the same",
        ("tests/privacy/test_guides.py", "tests/privacy/test_said.py"),
    ),
)


def attacks(tested: Sequence[Tested]) -> Iterator[Attack]:
    """Give every attack of some that are tests: one run of all, so that they share what is made."""
    yield partial(outcomes, tested)


def outcomes(attacked: Sequence[Tested]) -> Iterator[AttackOutcome]:
    """Run the tests of all attacks at once, and yield what became of each attack."""
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        names = [name for tested in attacked for name in tested.tests]
        paths = dict.fromkeys(names)
        options = ["-q", "-p", "no:cacheprovider", f"--junitxml={report}"]
        subprocess.run(
            [sys.executable, "-m", "pytest", *options, *paths], check=False, capture_output=True
        )
        ran = _parse_report(report)
    for tested in attacked:
        results = [passed for name in tested.tests for passed in _of(name, ran)]
        passed = sum(result is True for result in results)
        skipped = sum(result is None for result in results)
        figure = f"{passed} of {len(results)} tests"
        yield AttackOutcome(
            tested.attack,
            f"{figure}, {skipped} not possible here" if skipped else figure,
            tested.gate,
            bool(results) and passed + skipped == len(results) and passed > 0,
        )


def _parse_report(report: Path) -> dict[tuple[str, str], bool | None]:
    """Return whether each test passed, by its module and name; None where it was skipped."""
    if not report.exists():
        return {}
    cases = ElementTree.parse(report).getroot().iter("testcase")
    return {
        (case.get("classname", ""), case.get("name", "")): None
        if case.find("skipped") is not None
        else case.find("failure") is None and case.find("error") is None
        for case in cases
    }


def _of(name: str, ran: dict[tuple[str, str], bool | None]) -> Iterator[bool | None]:
    path, _, test = name.partition("::")
    module = path.removesuffix(".py").replace("/", ".")
    if test.startswith("Test"):
        module, test = f"{module}.{test}", ""
    for (place, case), passed in ran.items():
        if place.startswith(module) and case.partition("[")[0].startswith(test):
            yield passed
