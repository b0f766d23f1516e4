"""What Prometheus tells an administrator: promtool plays each fault."""

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from re import MULTILINE, findall

import pytest

from monitor.configuration import load_configuration
from monitor.diagnostics.checks.feeds import MAX_SHARE, MIN_CONNECTIONS, SILENT
from monitor.diagnostics.checks.timetable import STALE_FILE, STALE_SERVER

DEPLOY = Path(__file__).parents[2] / "deploy"
CONFIGURATION = DEPLOY / "prometheus" / "prometheus.yml"
TOKEN = "/etc/prometheus/lesrust-health.token"
RULES = DEPLOY / "prometheus" / "lesrust-rules.yml"
PAGE = DEPLOY.parent / "docs" / "grafana.md"

promtool = pytest.mark.needs("promtool")

FAULT = 120
"""Minutes until something goes wrong."""
NOT_YET = " ".join(["NaN"] * (FAULT + 1))
NEVER = " ".join(["Inf"] * (FAULT + 1))

HEALTHY = {
    'up{job="lesrust-figures"}': "1x300",
    'up{job="lesrust-health"}': "1x300",
    'lesrust_hour_connections{evidence="sni"}': "5400x300",
    'lesrust_hour_connections{evidence="hidden"}': "600x300",
    "lesrust_hour_unknown_place": "300x300",
    "lesrust_hour_shared_addresses": "0x300",
    "lesrust_hour_dropped_packets": "0x300",
    "lesrust_hour_addon_errors": "0x300",
    "lesrust_unconfirmed_settings": "0x300",
    "lesrust_release_failures_total": "1x300",
    "lesrust_snapshot_failures_total": "1x300",
    "lesrust_feed_failures_total": "1x300",
    "lesrust_snapshot_age_seconds": "0.2x300",
    "lesrust_watermark_lag_seconds": "1x300",
    'lesrust_feed_age_seconds{feed="radius"}': "2x300",
    'lesrust_timetable_age_seconds{source="zermelo",kind="server"}': "300x300",
    'lesrust_timetable_age_seconds{source="untis",kind="file"}': "864000x300",
    'lesrust_hour_feed_messages{feed="radius",outcome="taken"}': "1800x300",
    'lesrust_hour_feed_messages{feed="radius",outcome="names_someone"}': "0x300",
    'lesrust_hour_feed_messages{feed="radius",outcome="without_room"}': "0x300",
    'lesrust_released_timestamp_seconds{table="R1"}': f"{NOT_YET} 7200x180",
}
"""A school whose sensor works, for five hours; counts that stand still are of days ago."""


def promtool_says(*arguments: str | Path) -> tuple[int, str]:
    command = ("promtool", *map(str, arguments))
    answer = subprocess.run(command, check=False, capture_output=True, text=True)
    return answer.returncode, answer.stdout + answer.stderr


def played(
    folder: Path, series: Mapping[str, str], expected: Mapping[int, tuple[str, ...]]
) -> tuple[int, str]:
    """Play series by the minute, and hold what fires against what is expected at some minutes."""
    test = {
        "interval": "1m",
        "input_series": [{"series": name, "values": values} for name, values in series.items()],
        "promql_expr_test": [
            {
                "expr": 'count by (alertname) (ALERTS{alertstate="firing"})',
                "eval_time": f"{minute}m",
                "exp_samples": [
                    {"labels": f'{{alertname="{name}"}}', "value": 1} for name in names
                ],
            }
            for minute, names in expected.items()
        ],
    }
    file = folder / "alerts.json"  # JSON is YAML
    whole = {
        "rule_files": [str(RULES)],
        "group_eval_order": findall(r"- name: (\S+)", RULES.read_text("utf-8")),
        "tests": [test],
    }
    file.write_text(json.dumps(whole))
    return promtool_says("test", "rules", file)


FAULTS = {
    "LesrustSensorWeg": ({'up{job="lesrust-health"}': "1x120 0x180"}, 2),
    "LesrustZietNiets": (
        {
            'lesrust_hour_connections{evidence="sni"}': "0x300",
            'lesrust_hour_connections{evidence="hidden"}': "0x300",
            "lesrust_hour_unknown_place": "0x300",
            'lesrust_released_timestamp_seconds{table="R1"}': f"{NOT_YET} 7260x180",
        },
        5,
    ),
    "LesrustLooptAchter": ({"lesrust_watermark_lag_seconds": "1x120 90x180"}, 5),
    "LesrustPakkettenGemist": ({"lesrust_hour_dropped_packets": "0x120 510x180"}, 15),
    "LesrustFoutInSensor": ({"lesrust_hour_addon_errors": "0x120 1x180"}, 0),
    "LesrustWachtOpBevestiging": ({"lesrust_unconfirmed_settings": "0x120 1x180"}, 5),
    "LesrustGedeeldeAdressen": ({"lesrust_hour_shared_addresses": "0x120 1x180"}, 0),
    "LesrustVrijgaveMislukt": ({"lesrust_release_failures_total": "1x120 2x180"}, 0),
    "LesrustRoosterNietGelezen": ({"lesrust_snapshot_age_seconds": "0.2x120 61+60x180"}, 2),
    "LesrustRoosterSomsNietGelezen": ({"lesrust_snapshot_failures_total": "1x120 2+1x180"}, 15),
    "LesrustPlaatsOnbekend": ({"lesrust_hour_unknown_place": "300x120 3600x180"}, 30),
    "LesrustBronVanPlaatsenStil": (
        {'lesrust_feed_age_seconds{feed="radius"}': "2x120 3660+60x180"},
        15,
    ),
    "LesrustBronVanPlaatsenFaalt": ({"lesrust_feed_failures_total": "1x120 2+1x180"}, 15),
    "LesrustNamenAangeboden": (
        {'lesrust_hour_feed_messages{feed="radius",outcome="names_someone"}': "0x120 400x180"},
        0,
    ),
    "LesrustMeldingenGeweigerd": (
        {'lesrust_hour_feed_messages{feed="radius",outcome="without_room"}': "0x120 400x180"},
        15,
    ),
    "LesrustRoosterVerouderd": (
        {'lesrust_timetable_age_seconds{source="zermelo",kind="server"}': "300x120 86460+60x180"},
        5,
    ),
    "LesrustZichtbaarheidDaalt": (
        {
            'lesrust_hour_connections{evidence="sni"}': "5400x120 3600x180",
            'lesrust_hour_connections{evidence="hidden"}': "600x120 2400x180",
        },
        30,
    ),
}
"""What goes wrong after `FAULT` minutes, and for how many minutes it does before it is told."""


ALERTS = {*findall(r"- alert: (\w+)", RULES.read_text("utf-8"))}


def test_every_alert_is_played() -> None:
    assert FAULTS.keys() == ALERTS


def test_every_alert_is_explained() -> None:
    assert {*findall(r"^\| `(Lesrust\w+)`", PAGE.read_text("utf-8"), MULTILINE)} == ALERTS


@promtool
def test_promtool_finds_nothing_wrong(tmp_path: Path) -> None:
    """But for the copy of the token, which stands where an administrator puts it."""
    folder = tmp_path / "prometheus"
    shutil.copytree(CONFIGURATION.parent, folder)
    (tmp_path / "token").write_text("a-token\n")
    installed, directie = folder / CONFIGURATION.name, folder / "directie.yml"
    text = installed.read_text()
    assert TOKEN in text
    installed.write_text(text.replace(TOKEN, str(tmp_path / "token")))
    for arguments in (("rules", RULES), ("config", installed), ("config", directie)):
        status, said = promtool_says("check", *arguments)
        assert status == 0, said


@promtool
def test_a_school_that_is_well_is_told_nothing(tmp_path: Path) -> None:
    status, said = played(tmp_path, HEALTHY, dict.fromkeys((0, 5, 90, 180, 300), ()))
    assert status == 0, said


@promtool
@pytest.mark.parametrize("alert", FAULTS)
def test_a_fault_is_told_alone_and_in_time(alert: str, tmp_path: Path) -> None:
    series, wait = FAULTS[alert]
    expected: dict[int, tuple[str, ...]] = {
        FAULT + wait: (),
        FAULT + wait + 1: (alert,),
    }
    status, said = played(tmp_path, HEALTHY | series, expected)
    assert status == 0, said


@promtool
@pytest.mark.parametrize(
    "series",
    [
        {'lesrust_timetable_age_seconds{source="untis",kind="file"}': "1209660x300"},
        {'lesrust_timetable_age_seconds{source="untis",kind="file"}': NEVER},
    ],
    ids=["old", "never read"],
)
def test_a_file_that_is_old_is_told(series: dict[str, str], tmp_path: Path) -> None:
    status, said = played(tmp_path, HEALTHY | series, {FAULT: ("LesrustRoosterVerouderd",)})
    assert status == 0, said


@promtool
def test_at_night_a_silent_feed_is_not_told(tmp_path: Path) -> None:
    night = dict.fromkeys((name for name in HEALTHY if "connections" in name), "0x300")
    silent = {'lesrust_feed_age_seconds{feed="radius"}': "3660+60x300"}
    status, said = played(tmp_path, HEALTHY | night | silent, {FAULT: ()})
    assert status == 0, said


@pytest.mark.parametrize(
    "limit",
    [
        f'{{kind="server"}} > {STALE_SERVER:.0f}',
        f'{{kind="file"}} > {STALE_FILE:.0f}',
        f"lesrust_feed_age_seconds > {SILENT:.0f}",
        f"school:lesrust_hour_connections:sum >= {MIN_CONNECTIONS}) > {MAX_SHARE}",
    ],
)
def test_what_is_too_much_is_as_lesrust_check_has_it(limit: str) -> None:
    assert limit in RULES.read_text("utf-8")


def test_the_addresses_are_those_of_the_example() -> None:
    example = load_configuration(DEPLOY / "lesrust.toml")
    assert findall(r'targets: \["(.+)"\]', CONFIGURATION.read_text("utf-8")) == [
        example.metrics.listen,
        example.health.listen,
    ]
