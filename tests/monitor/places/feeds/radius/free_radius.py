"""A real FreeRADIUS for tests: its own folder and ports, and the policy that `deploy/` ships."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

POLICY = Path(__file__).parents[5] / "deploy" / "freeradius" / "lesrust-accounting"
SECRET = "testing123"
LIBRARIES = "/usr/lib/freeradius"

_CONFIGURATION = """
prefix = /usr
libdir = {libraries}
logdir = {folder}
run_dir = {folder}
raddbdir = {folder}
pidfile = {folder}/radiusd.pid
cleanup_delay = 1
security {{
    allow_core_dumps = no
}}
log {{
    destination = stdout
}}
proxy_requests = yes
home_server lesrust {{
    type = acct
    ipaddr = {host}
    port = {lesrust}
    secret = {secret}
}}
home_server_pool lesrust {{
    home_server = lesrust
}}
realm lesrust {{
    acct_pool = lesrust
    nostrip
}}
client local {{
    ipaddr = 127.0.0.1
    secret = {secret}
}}
thread pool {{
    start_servers = 1
    max_servers = 2
}}
modules {{
    detail {{
        filename = {folder}/detail
        header = "%t"
        permissions = 0600
    }}
    expr {{
    }}
    replicate {{
    }}
    always ok {{
        rcode = ok
    }}
}}
policy {{
    $INCLUDE {policy}
}}
server default {{
    listen {{
        type = acct
        ipaddr = 127.0.0.1
        port = {port}
    }}
    accounting {{
        detail
        lesrust_accounting
    }}
}}
"""


@contextmanager
def free_radius(
    folder: Path, *, port: int, lesrust: int, host: str = "127.0.0.1", policy: Path = POLICY
) -> Iterator[Path]:
    """Run FreeRADIUS, which copies to Lesrust's host and port; gives the path of its detail file.

    The shared secret is the same on both sides of it.
    """
    (folder / "dictionary").write_text("$INCLUDE /usr/share/freeradius/dictionary\n")
    (folder / "radiusd.conf").write_text(
        _CONFIGURATION.format(
            folder=folder,
            host=host,
            libraries=LIBRARIES,
            lesrust=lesrust,
            policy=policy,
            port=port,
            secret=SECRET,
        )
    )
    command = ["freeradius", "-f", "-l", "stdout", "-xx", "-d", str(folder), "-n", "radiusd"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as server:
        try:
            assert server.stdout is not None
            said = []
            for line in server.stdout:
                said.append(line)
                if "Ready to process requests" in line:
                    break
            else:
                raise AssertionError("".join(said[-20:]))
            yield folder / "detail"
        finally:
            server.terminate()
            server.communicate(timeout=60)


def send(port: int, *attributes: str, secret: str = SECRET) -> subprocess.CompletedProcess[str]:
    """Send accounting with radclient, and give what it says."""
    command = ["radclient", "-r", "1", "-t", "5", f"127.0.0.1:{port}", "acct", secret]
    return subprocess.run(
        command, input="\n".join(attributes), check=False, capture_output=True, text=True
    )
