"""Datagram sockets in the file system, which another process on this machine writes to."""

import os
import socket
import stat
from pathlib import Path

SOCKET_MODE = 0o660
"""For the user of whoever reads, and for its group."""


def bind_datagram_socket(path: Path) -> socket.socket:
    """Return a non-blocking socket that is bound to a path.

    A socket that nobody reads from any more is replaced, and no other file.

    Raises:
        OSError: when the path is in use, or cannot be bound to.
    """
    bound = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    try:
        bound.setblocking(False)
        _remove_abandoned(path)
        # The file that bind makes has at most this mode, whatever the process's mask is.
        os.fchmod(bound.fileno(), SOCKET_MODE)
        bound.bind(str(path))
        path.chmod(SOCKET_MODE)
    except OSError:
        bound.close()
        raise
    return bound


def _remove_abandoned(path: Path) -> None:
    if not (path.exists() and stat.S_ISSOCK(path.lstat().st_mode)):
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(os.fspath(path))
        except ConnectionRefusedError:
            path.unlink()
