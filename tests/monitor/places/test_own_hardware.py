"""The MAC addresses of this machine."""

from pathlib import Path

from monitor.places.own_hardware import read_own_hardware


def test_the_address_of_each_interface_is_read(tmp_path: Path) -> None:
    addresses = {"eth0": "02:00:0a:00:65:01\n", "lo": "00:00:00:00:00:00\n", "tun0": "\n"}
    for name, address in addresses.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "address").write_text(address)
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd" / "address").write_text("not hexadecimal")
    assert read_own_hardware(tmp_path) == {bytes.fromhex("02000a006501"), bytes(6)}


def test_a_machine_that_lists_none_has_none(tmp_path: Path) -> None:
    assert read_own_hardware(tmp_path / "absent") == frozenset()
