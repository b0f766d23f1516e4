"""What a sensor sets for its own process, before it sees its first address."""

import ctypes
import gc
import os
import resource
import socket
import sys
import threading
import warnings

import click

from schedules.language import gettext

_PR_SET_DUMPABLE = 4


def protect_memory() -> None:
    """Protect the memory: no core dump, and no debugger of the same user.

    Raises:
        OSError: when the system does not allow it.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0):
        raise OSError(ctypes.get_errno(), gettext("this process cannot be made non-dumpable"))


def quiet_tracebacks() -> None:
    """Have Python print the type of an error, and nothing that it holds."""
    sys.excepthook = lambda kind, *_: click.echo(
        gettext("lesrust: ended by {name}", name=kind.__name__), err=True
    )
    sys.unraisablehook = lambda _: None
    threading.excepthook = lambda of: click.echo(
        gettext("lesrust: a thread ended by {name}", name=of.exc_type.__name__), err=True
    )
    warnings.simplefilter("ignore")


def raise_fd_limit() -> None:
    """Raise the limit of open files as far as the system allows."""
    _, hard_limit = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard_limit, hard_limit))


def tune_gc() -> None:
    """Exempt what exists now from garbage collection, and collect less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def notify_systemd(state: str) -> None:
    """Tell systemd the state of the process, where it started it; see sd_notify(3)."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if address:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
            systemd.connect(address.replace("@", "\0", 1) if address[0] == "@" else address)
            systemd.sendall(state.encode())
