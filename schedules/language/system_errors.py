"""Why the operating system refused, in the language of whoever reads it.

The system's own text is that of its locale, which at a school is often English or none.
"""

import errno
import os
from collections.abc import Mapping

from schedules.language.messages import Message, gettext, gettext_lazy

_REASONS: Mapping[int, Message] = {
    errno.EACCES: gettext_lazy("no permission"),
    errno.EADDRINUSE: gettext_lazy("the address is in use"),
    errno.EADDRNOTAVAIL: gettext_lazy("this machine does not have the address"),
    errno.ECONNREFUSED: gettext_lazy("nothing listens there"),
    errno.ECONNRESET: gettext_lazy("the connection was broken off"),
    errno.EDQUOT: gettext_lazy("the quota is used up"),
    errno.EEXIST: gettext_lazy("it is there already"),
    errno.EHOSTUNREACH: gettext_lazy("no way leads there"),
    errno.EIO: gettext_lazy("the disk cannot be read or written"),
    errno.EISDIR: gettext_lazy("it is a folder"),
    errno.ELOOP: gettext_lazy("its links lead in a circle"),
    errno.EMFILE: gettext_lazy("too many open files"),
    errno.ENAMETOOLONG: gettext_lazy("the name is too long"),
    errno.ENETUNREACH: gettext_lazy("no way leads there"),
    errno.ENODEV: gettext_lazy("there is no such device"),
    errno.ENOENT: gettext_lazy("no such file or folder"),
    errno.ENOSPC: gettext_lazy("the disk is full"),
    errno.ENOTDIR: gettext_lazy("a part of the path is no folder"),
    errno.EPERM: gettext_lazy("no permission"),
    errno.EROFS: gettext_lazy("the disk can only be read"),
    errno.ETIMEDOUT: gettext_lazy("no answer in time"),
}


def describe_os_error(error: OSError) -> str:
    """Return why the system refused; its own words where we have none, or its name."""
    number = error.errno or 0
    if number < 0:  # from getaddrinfo
        return gettext("its name is not known here")
    if number in _REASONS:
        return str(_REASONS[number])
    # Python adds words of its own to the system's.
    return os.strerror(number) if number else error.strerror or type(error).__name__
