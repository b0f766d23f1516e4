from pathlib import Path

import pytest

from monitor.configuration import load_configuration
from monitor.place import PersonRole
from simulation import files
from tests.simulation.cast import MONDAY, SMALL


def test_the_configuration_is_one_that_lesrust_reads(tmp_path: Path) -> None:
    addresses = {
        "metrics": "127.0.0.1:1",
        "health": "127.0.0.1:2",
        "gateway": "regular@127.0.0.1:3,socks5@127.0.0.1:4",
    }
    read = load_configuration(files.write_school(tmp_path, SMALL, (MONDAY,), **addresses))
    assert sum(layer.pupils for layer in read.layers) == SMALL.school.pupils
    assert read.gateway.listen == ("regular@127.0.0.1:3", "socks5@127.0.0.1:4")
    assert (read.metrics.listen, read.health.listen) == ("127.0.0.1:1", "127.0.0.1:2")
    rooms = [place.room for place in read.places if place.role is PersonRole.PUPIL]
    assert rooms == [group.room for group in SMALL.school.groups]


def test_the_same_seed_gives_the_same_files(tmp_path: Path) -> None:
    for folder in ("first", "again"):
        files.write_school(tmp_path / folder, SMALL, (MONDAY,))
    for name in (files.CONFIGURATION, files.TIMETABLE, files.GROUP_SIZES):
        first, again = (tmp_path / folder / name for folder in ("first", "again"))
        assert first.read_bytes() == again.read_bytes()


def test_a_configuration_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "lesrust.toml").write_text("# a real school's")
    with pytest.raises(FileExistsError):
        files.write_school(tmp_path, SMALL, (MONDAY,))
    assert (tmp_path / "lesrust.toml").read_text() == "# a real school's"
    assert not (tmp_path / files.TIMETABLE).exists()
