"""A machine with a real systemd, in namespaces of its own: what is installed, and nothing else.

Its files are this machine's with a layer over them that is gone afterwards; Lesrust stands in
/opt/lesrust, as the administrator's guide says. It has no network but its own.
"""

import os
import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.conftest import ROOT

SYSTEMD = Path("/lib/systemd/systemd")
INSTALLED = "/opt/lesrust"
PYTHON = "/opt/python"
"""Where the interpreter stands: outside home folders, which services cannot look into."""
MAX_WAIT = 90.0
SITE = f"lib/python{sys.version_info.major}.{sys.version_info.minor}/site-packages"

BUILD = r"""
set -eu
umask 022
layers=$1 source=$2 base=$3
mount --make-rprivate /
mount -t tmpfs -o mode=755 none "$layers"
cd "$layers"
mkdir -m 755 upper work root sources
mount -t overlay -o lowerdir=/,upperdir=upper,workdir=work none root
cd root
mkdir -p opt/lesrust opt/python ../sources/upper ../sources/work
mount -t overlay -o "lowerdir=$source,upperdir=../sources/upper,workdir=../sources/work" none \
    opt/lesrust
mount --bind "$base" opt/python
mount -t proc none proc
mount -t sysfs -o ro none sys
mount -t cgroup2 none sys/fs/cgroup
for folder in run tmp var/lib/lesrust etc/lesrust; do
    mkdir -p "$folder"
    mount -t tmpfs -o mode=755 none "$folder"
done
chmod 1777 tmp
mount -t tmpfs -o mode=755 none dev
mkdir dev/shm dev/pts
mknod -m 666 dev/null c 1 3
mknod -m 666 dev/zero c 1 5
mknod -m 666 dev/full c 1 7
mknod -m 666 dev/random c 1 8
mknod -m 666 dev/urandom c 1 9
mknod -m 666 dev/tty c 5 0
ln -s /proc/self/fd dev/fd
mount -t devpts -o newinstance,ptmxmode=0666 none dev/pts
ln -s pts/ptmx dev/ptmx
ip link set lo up
mkdir machine
pivot_root . machine
umount -l machine
exec env -i container=lesrust PATH=/usr/sbin:/usr/bin:/sbin:/bin \
    /lib/systemd/systemd --system --unit=basic.target --log-target=null --show-status=0
"""
"""Not a chroot: in one, the kernel lets no service have users of its own."""

PROGRAM = f"""#!/bin/sh
exec {INSTALLED}/.venv/bin/python -m monitor "$@"
"""


@dataclass(frozen=True, slots=True)
class BootedMachine:
    """A machine that has booted."""

    first: int
    """The process that is the first one there, as this machine numbers it."""

    def run(self, command: str, *, user: str = "", typed: str = "", expects: int = 0) -> str:
        """Run a shell's command there, and give what it says."""
        ran = self.try_to(command, user=user, typed=typed)
        assert ran.returncode == expects, f"{command}\n{ran.stdout}{ran.stderr}"
        return ran.stdout

    def try_to(
        self, command: str, *, user: str = "", typed: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """Run a shell's command there, as one of its users; it may fail."""
        inside = ["nsenter", f"--target={self.first}", "--all", "--root", "--wd"]
        as_user = ["setpriv", f"--reuid={user}", "--init-groups"] if user else []
        group = [f"--regid={self._group_of(user)}"] if user else []
        environment = [
            "env",
            "-i",
            "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME=/",
            "LESRUST_LANG=en",
        ]
        return subprocess.run(
            [*inside, *as_user, *group, *environment, "sh", "-c", f"umask 022; cd /; {command}"],
            check=False,
            capture_output=True,
            text=True,
            input=typed,
        )

    def start(self, *services: str) -> None:
        """Start services, and say what was wrong with one that does not."""
        for service in services:
            ran = self.try_to(f"systemctl start {service}")
            if ran.returncode:
                status = self.try_to(f"systemctl status --no-pager --lines=0 {service}").stdout
                raise AssertionError(f"{ran.stderr}{status}{self.log(service)}")

    def log(self, service: str) -> str:
        """Give what a service has written."""
        return self.try_to(f"cat /run/{service}.log").stdout

    def show(self, service: str, what: str) -> str:
        """Give one property of a service."""
        return self.run(f"systemctl show --value --property={what} {service}").strip()

    def write(self, path: str, text: str, mode: str = "644", owner: str = "root:root") -> None:
        """Write a file there."""
        place = shlex.quote(path)
        self.run(f"cat > {place} && chmod {mode} {place} && chown {owner} {place}", typed=text)

    def stat(self, path: str) -> str:
        """Give the owner, the group and the mode of a file."""
        return self.run(f"stat -c '%U:%G %a' {shlex.quote(path)}").strip()

    def _group_of(self, user: str) -> str:
        inside = ["nsenter", f"--target={self.first}", "--all", "--root"]
        command = [*inside, "id", "-gn", user]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def eventually[T](find: Callable[[], T]) -> T:
    """Wait for something to be so, and give it."""
    deadline = time.monotonic() + MAX_WAIT
    while not (value := find()):
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)
    return value


@contextmanager
def booted_machine() -> Iterator[BootedMachine]:
    """Boot a machine, and end everything on it afterwards."""
    base = str(Path(sys.base_prefix))
    with _control_group() as group, TemporaryDirectory(prefix="lesrust-machine-") as layers:
        joining = f'echo $$ > {group}/cgroup.procs && exec "$@"'
        namespaces = ("--mount", "--pid", "--uts", "--ipc", "--cgroup", "--net")
        command = ["unshare", *namespaces, "--fork", "--kill-child", "sh", "-c", BUILD, "sh"]
        process = subprocess.Popen(
            ["sh", "-c", joining, "sh", *command, layers, str(ROOT), base],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            machine = BootedMachine(eventually(lambda: _find_child(process)))
            eventually(lambda: _has_booted(machine))
            _install_program(machine)
            yield machine
        finally:
            (group / "cgroup.kill").write_text("1")
            process.wait()
            eventually(lambda: "populated 0" in (group / "cgroup.events").read_text())


def _find_child(process: subprocess.Popen[bytes]) -> int:
    assert process.poll() is None, "the machine could not be made"
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return int(children[0]) if children else 0


def _has_booted(machine: BootedMachine) -> bool:
    return machine.try_to("systemctl is-active --quiet basic.target").returncode == 0


def _install_program(machine: BootedMachine) -> None:
    """Put an environment of Lesrust where the guide has it made."""
    python = Path(sys.executable).resolve().name
    machine.run(f"ln -sf {PYTHON}/bin/{python} {INSTALLED}/.venv/bin/python")
    machine.run(f"sed -i 's#^home = .*#home = {PYTHON}/bin#' {INSTALLED}/.venv/pyvenv.cfg")
    machine.write(f"{INSTALLED}/.venv/bin/lesrust", PROGRAM, "755")
    machine.write(f"{INSTALLED}/.venv/{SITE}/booted.pth", f"{INSTALLED}\n")
    machine.write("/etc/ld.so.conf.d/python.conf", f"{PYTHON}/lib\n")
    machine.run("ldconfig")


@contextmanager
def _control_group() -> Iterator[Path]:
    """Make a control group for the machine, below which its systemd makes its own."""
    mounts = (line.split() for line in Path("/proc/mounts").read_text().splitlines())
    top = next(Path(mount[1]) for mount in mounts if mount[2] == "cgroup2")
    group = top / f"lesrust-{os.getpid()}"
    group.mkdir()
    try:
        yield group
    finally:
        below = sorted((path for path in group.rglob("*") if path.is_dir()), reverse=True)
        for folder in (*below, group):
            with suppress(OSError):
                folder.rmdir()
