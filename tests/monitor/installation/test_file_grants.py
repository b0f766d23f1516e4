"""For whom each file is that a configuration names."""

from pathlib import Path

import pytest

from monitor.configuration import load_configuration
from monitor.installation.file_grants import FileGrant, find_grants

SCHOOL = '[school]\nname = "Het Voorbeeld"\n'
EVERYTHING = f"""{SCHOOL}
[[sender]]
prefix = "10.0.0.2/32"
secret = "radius.secret"
[[provider]]
name = "school"
title = "Schoolaccount"
issuer = "https://login.example"
client = "lesrust"
secret = "provider.secret"
[[timetable]]
name = "zermelo"
format = "zermelo"
address = "https://school.example"
secret = "zermelo.token"
[device]
listen = "0.0.0.0:9466"
certificate = "device.pem"
key = "device.key"
[store]
database = "store/lesrust.sqlite3"
"""


def grants(folder: Path, text: str) -> dict[str, FileGrant]:
    path = folder / "lesrust.toml"
    path.write_text(text)
    return {
        str(grant.path.relative_to(folder)): grant
        for grant in find_grants(load_configuration(path))
    }


def test_a_secret_is_for_the_service_that_needs_it(tmp_path: Path) -> None:
    found = grants(tmp_path, EVERYTHING)
    assert {name: grant.group for name, grant in found.items() if grant.mode == 0o640} == {
        "radius.secret": "lesrust-gateway",
        "device.key": "lesrust-gateway",
        "provider.secret": "lesrust-web",
        "zermelo.token": "lesrust-timetable",
        "web.secret": "lesrust-key",
        "health.token": "lesrust-key",
    }


@pytest.mark.parametrize(
    ("watch", "group"),
    [
        ('interfaces = ["eth1"]', "lesrust-watch"),
        ('interfaces = ["eth1"]\ngateway = "watch.sock"', "lesrust-gateway"),
    ],
    ids=["alone", "beside the gateway"],
)
def test_what_a_sensor_needs_is_for_the_one_that_counts(
    tmp_path: Path, watch: str, group: str
) -> None:
    found = grants(tmp_path, f"{EVERYTHING}[watch]\n{watch}\n")
    assert {found["radius.secret"].group, found["device.key"].group} == {group}


def test_the_store_is_for_all_services(tmp_path: Path) -> None:
    found = grants(tmp_path, EVERYTHING)
    store = {name: grant for name, grant in found.items() if name.startswith("store")}
    assert {grant.group for grant in store.values()} == {"lesrust"}
    assert store.pop("store").mode == 0o2770
    assert {name.removeprefix("store/lesrust.sqlite3") for name in store} == {
        "",
        "-wal",
        "-shm",
        "-journal",
        ".lock",
    }
    assert {grant.mode for grant in store.values()} == {0o660}


def test_a_store_on_a_server_is_that_servers(tmp_path: Path) -> None:
    found = grants(tmp_path, f'{SCHOOL}[store]\ndatabase = "postgresql://lesrust@/lesrust"\n')
    assert [*found] == ["web.secret", "health.token"]
