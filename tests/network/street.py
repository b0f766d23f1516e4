"""Three machines in a row, as network namespaces: a pupil's, the gateway, and one outside.

They are the kernel's own: real interfaces, real routing, real nftables. Their names carry this
process's number, so that tests in parallel do not meet.
"""

import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

RULES = Path(__file__).parents[2] / "deploy" / "nftables" / "lesrust.nft"
MACHINES = ("pupils", "gateway", "outside")

PUPIL = "10.30.101.57"
PUPIL_6 = "2001:db8:30:101::57"
PUPIL_MAC = "02:5e:c7:a1:3b:9d"
SITE = "203.0.113.7"
SITE_6 = "2001:db8:ffff::7"
GATEWAY_PORT = 8080

CHOICES = {
    "pupil_interfaces": '{ "pupils" }',
    "pupils_4": "{ 10.30.0.0/16 }",
    "pupils_6": "{ 2001:db8:30::/48 }",
    "untouched_4": "{ 172.16.0.0/12 }",
    "untouched_6": "{ fc00::/7 }",
    "steered_ports": "{ 80, 443 }",
    "steered": "everything",
    "gateway_port": str(GATEWAY_PORT),
    "gateway_user": '"root"',
}
PLAN = f"""
    -n {{gateway}} link add pupils type veth peer name eth0 netns {{pupils}}
    -n {{gateway}} link add internet type veth peer name eth0 netns {{outside}}
    -n {{pupils}} link set eth0 address {PUPIL_MAC}
    -n {{pupils}} link set eth0 up
    -n {{outside}} link set eth0 up
    -n {{gateway}} link set pupils up
    -n {{gateway}} link set internet up
    -n {{pupils}} address add {PUPIL}/24 dev eth0
    -n {{pupils}} address add {PUPIL_6}/64 dev eth0 nodad
    -n {{gateway}} address add 10.30.101.1/24 dev pupils
    -n {{gateway}} address add 2001:db8:30:101::1/64 dev pupils nodad
    -n {{gateway}} address add 203.0.113.1/24 dev internet
    -n {{gateway}} address add 2001:db8:ffff::1/64 dev internet nodad
    -n {{outside}} address add {SITE}/24 dev eth0
    -n {{outside}} address add {SITE_6}/64 dev eth0 nodad
    -n {{pupils}} route add default via 10.30.101.1
    -n {{pupils}} route add default via 2001:db8:30:101::1
    -n {{outside}} route add default via 203.0.113.1
    -n {{outside}} route add default via 2001:db8:ffff::1
"""


def run(*command: str) -> str:
    """Run a program that has to succeed, and give what it says."""
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


class Street:
    """The three machines of one module's tests."""

    def __init__(self, name: str) -> None:
        self.machines = {machine: f"{name}-{machine}-{os.getpid()}" for machine in MACHINES}

    @contextmanager
    def inside(self, machine: str) -> Iterator[None]:
        """Put this thread, and the sockets and programs that it opens, on one of the machines."""
        with (
            Path("/proc/thread-self/ns/net").open() as home,
            Path("/run/netns", self.machines[machine]).open() as there,
        ):
            os.setns(there.fileno(), os.CLONE_NEWNET)
            try:
                yield
            finally:
                os.setns(home.fileno(), os.CLONE_NEWNET)

    @contextmanager
    def built(self) -> Iterator[None]:
        """Build the machines, and take them down again."""
        with ExitStack() as cleaning:
            for name in self.machines.values():
                run("ip", "netns", "add", name)
                cleaning.callback(run, "ip", "netns", "delete", name)
                run("ip", "-n", name, "link", "set", "lo", "up")
            self.furnish(PLAN)
            with self.inside("gateway"):
                for setting in ("ipv4/ip_forward", "ipv6/conf/all/forwarding"):
                    Path("/proc/sys/net", setting).write_text("1")
            yield

    def furnish(self, plan: str) -> None:
        """Run lines of arguments for `ip`, in which machines go by their plain names."""
        for line in plan.format(**self.machines).strip().splitlines():
            run("ip", *line.split())

    def steer(self, **choices: str) -> None:
        """Load the rules that an administrator loads, with these choices."""
        definitions = [f"--define={key}={value}" for key, value in {**CHOICES, **choices}.items()]
        with self.inside("gateway"):
            run("nft", *definitions, "--file", str(RULES))
