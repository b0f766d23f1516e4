import resource
import socket

import click
import pytest

from simulation.live import addresses, machine


def test_an_address_that_the_machine_does_not_have_is_refused() -> None:
    with pytest.raises(click.ClickException, match=r"127\.0\.0\.0/8.*192\.0\.2\.1"):
        machine.check_loopback("192.0.2.1")


def test_free_ports_are_free_and_differ() -> None:
    ports = machine.find_free_ports(4)
    assert len(set(ports)) == 4
    for port in ports:
        with socket.socket() as door:
            door.bind(("127.0.0.1", port))


def test_few_open_files_mean_few_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "raise_fd_limit", lambda: None)
    monkeypatch.setattr(resource, "getrlimit", lambda _: (1_024, 1_024))
    assert machine.limit_connections() == 256
    monkeypatch.setattr(resource, "getrlimit", lambda _: (64, 64))
    with pytest.raises(click.ClickException, match="64 open files"):
        machine.limit_connections()


def test_what_is_chosen_is_what_is_configured() -> None:
    chosen = addresses.choose_addresses()
    assert chosen.as_settings == {
        "gateway": f"regular@127.0.0.1:{chosen.http.port},socks5@127.0.0.1:{chosen.socks.port}",
        "metrics": f"127.0.0.1:{chosen.metrics.port}",
        "health": f"127.0.0.1:{chosen.health.port}",
        "web": f"127.0.0.1:{chosen.pages.port}",
        "device": f"127.0.0.1:{chosen.device.port}",
    }
