"""`lesrust replay`, as it is typed."""

from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from addons.commands.recognise import recognise
from addons.commands.replay import replay
from monitor import store
from monitor.release.tables import DRAWN, R1, R2, TOTALS, V1
from monitor.store import DATABASE_VARIABLE
from simulation.commands.simulate import simulate
from tests.addons import replayed
from tests.addons.captures.made_captures import pcap
from tests.addons.flows.wire import capture
from tests.cast import APPROVED, MONDAY, at, client
from tests.simulation.cast import MONDAY as SIMULATED_MONDAY

pytestmark = pytest.mark.store
NO_FIGURE = "no figure"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None) -> Path:
    """Go to a folder with a school's configuration and a capture of its morning."""
    monkeypatch.setenv(DATABASE_VARIABLE, "")
    monkeypatch.delenv("LESRUST_CONFIG", raising=False)
    monkeypatch.chdir(tmp_path)
    replayed.school(tmp_path)
    (tmp_path / "morning.pcap").write_bytes(replayed.morning(at(9, 45), devices=60))
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(replay, words, catch_exceptions=False)


def lines(result: Result) -> list[list[str]]:
    return [line.split() for line in result.stdout.splitlines()]


def test_figures_of_what_is_covered_and_none_of_the_rest(folder: Path) -> None:
    result = run("morning.pcap")
    assert result.exit_code == 0, result.output
    shown = lines(result)
    hours, platforms_of_a_day = (str(table.words.line) for table in (R1, R2))
    assert f"R1: {hours}" in result.stdout
    (first,) = (row for row in shown if row[:2] == [str(MONDAY), "1"])
    figure, interval = first[2:]
    assert figure == "<20" or int(figure) % 5 == 0
    assert "–" in interval
    assert [str(MONDAY), "2", *NO_FIGURE.split()] in shown
    platforms = shown.index(["R2:", *platforms_of_a_day.split()])
    assert shown[platforms + 1][:2] == ["no", "figure:"]


def test_on_trial_nothing_is_counted(folder: Path) -> None:
    settings = folder / "lesrust.toml"
    settings.write_text(settings.read_text().replace(APPROVED, ""))
    result = run("morning.pcap")
    assert "On trial: nothing is counted until [approval] names the DPIA" in result.stdout
    assert "R1" not in result.stdout


def test_all_of_it_is_said_in_one_language(folder: Path) -> None:
    dutch = run("morning.pcap", "--lang", "nl").stdout
    english = run("morning.pcap", "--lang", "en").stdout
    assert [line.split() for line in dutch.splitlines()][1][:3] == ["dag", "wat", "cijfer"]
    assert [line.split() for line in english.splitlines()][1][:3] == ["day", "what", "figure"]
    assert "geen cijfer: de captures beslaan niet het geheel" in dutch
    assert "wat er gebeurde" in dutch
    assert "what happened" not in dutch


def test_what_could_be_seen_is_told_as_it_would_be_released(folder: Path) -> None:
    shown = lines(run("morning.pcap"))
    assert ["V1:", *str(V1.words.line).split()] in shown
    assert not any(row[:1] == ["sni"] for row in shown), "that is how often it was, exactly"
    assert ["unknown_place", "130"] in shown


def test_nothing_is_written_to_the_store(folder: Path) -> None:
    before = sorted(folder.iterdir())
    for _ in range(2):
        assert run("morning.pcap").exit_code == 0
    assert store.load_figures(since=MONDAY, with_hidden=True) == []
    assert store.released_keys(MONDAY) == set()
    assert sorted(folder.iterdir()) == before


def test_no_device_and_no_hostname_appears(folder: Path) -> None:
    output = run("morning.pcap").output
    for number in (1, 2, 60):
        address = client(number=number)
        for written in (str(ip_address(address)), address.hex(), repr(address)):
            assert written not in output
    assert "i.instagram.com" not in output


def test_several_captures_go_on_from_each_other(folder: Path) -> None:
    (folder / "first.pcap").write_bytes(replayed.morning(at(8, 20)))
    (folder / "rest.pcap").write_bytes(replayed.morning(at(10, 30), start=at(8, 20) + 1))
    shown = lines(run("first.pcap", "rest.pcap"))
    assert [" ".join(row) for row in shown if NO_FIGURE.split(maxsplit=1)[0] in row] == [
        "no figure: fewer than 10 people granted something, or the captures do not cover it whole"
    ]
    assert {row[0] for row in shown if row} >= {f"{table.name}:" for table in (*DRAWN, *TOTALS)}


def test_days_without_a_lesson_have_no_table(folder: Path) -> None:
    saturday = MONDAY + timedelta(days=5)
    sent = replayed.presence(at(10, 0, saturday), at(11, 0, saturday))
    (folder / "saturday.pcap").write_bytes(capture(sent))
    result = run("saturday.pcap")
    assert result.exit_code == 0
    assert "R1" not in result.stdout
    assert "No table has closed" in result.stdout
    assert ["unknown_place", "61"] in lines(result)


class TestExitCode:
    def test_1_for_a_capture_that_is_cut_off_of_which_the_start_counts(self, folder: Path) -> None:
        whole = (folder / "morning.pcap").read_bytes()
        (folder / "cut.pcap").write_bytes(whole[:-9])
        result = run("cut.pcap")
        assert result.exit_code == 1
        assert result.stderr.startswith("lesrust: cut.pcap is cut off")
        assert any(row[:2] == [str(MONDAY), "1"] for row in lines(result))

    def test_1_for_captures_of_too_long_a_time(self, folder: Path) -> None:
        later = MONDAY.replace(year=MONDAY.year + 1)
        (folder / "later.pcap").write_bytes(
            capture(replayed.presence(at(8, 0, later), at(8, 5, later)))
        )
        result = run("morning.pcap", "later.pcap")
        assert result.exit_code == 1
        assert "replay them in parts" in result.stderr
        assert any(row[:2] == [str(MONDAY), "1"] for row in lines(result))

    @pytest.mark.parametrize("name", ["absent.pcap", "lesrust.toml"])
    def test_2_for_what_is_no_capture(self, folder: Path, name: str) -> None:
        result = run(name)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith(f"lesrust: {name} is ")

    def test_2_without_a_configuration(self, folder: Path) -> None:
        result = run("morning.pcap", "--config", "absent.toml")
        assert result.exit_code == 2
        assert "absent.toml" in result.stderr

    def test_0_for_a_capture_in_which_is_nothing(self, folder: Path) -> None:
        (folder / "empty.pcap").write_bytes(pcap([]))
        result = run("empty.pcap")
        assert result.exit_code == 0
        assert "nothing in these captures" in result.stdout


def test_simulated_schools_capture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    """The school and the traffic of `lesrust simulate` are made for each other."""
    monkeypatch.setenv(DATABASE_VARIABLE, "")
    words = ("--devices", "48", "--days", "1", "--from", str(SIMULATED_MONDAY))
    into = ("--into", str(tmp_path / "school"), "--capture", str(tmp_path / "day.pcap"))
    assert CliRunner().invoke(simulate, [*words, *into]).exit_code == 0
    result = run(str(tmp_path / "day.pcap"), "--config", str(tmp_path / "school" / "lesrust.toml"))
    assert result.exit_code == 0, result.output
    assert store.load_figures(since=SIMULATED_MONDAY, with_hidden=True) == []
    shown = CliRunner().invoke(recognise, [str(tmp_path / "day.pcap"), "--lang", "en"])
    (seen,) = (int(row[1]) for row in lines(shown) if row[:1] == ["sni"])
    (elsewhere,) = (int(row[1]) for row in lines(result) if row[:1] == ["unknown_place"])
    assert seen > 1_000
    assert elsewhere < seen / 2
    assert not any(row[:1] == ["addon_errors"] for row in lines(result))
