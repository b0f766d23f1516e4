"""Gives files to groups, as root, without being led elsewhere by whoever writes in their folder.

A file is opened first, and judged and changed by what was opened: a link to another file, a second
name of one, or anything that is no file, is refused. Its owner stays who it was.
"""

import grp
import os
import pwd
import stat
from enum import Enum, auto

from monitor.installation.file_grants import ADMINISTRATION, GROUPS, OWNERS, FileGrant
from schedules.language import gettext
from schedules.problem import Problem, Refused


class GrantOutcome(Enum):
    """What came of giving a file to a group."""

    ABSENT = auto()
    UNCHANGED = auto()
    GRANTED = auto()
    LEFT = auto()
    """It is another's, or no ordinary file."""


def apply_grant(grant: FileGrant) -> GrantOutcome:
    """Give a file to a group, with a mode; what is not Lesrust's own is left as it is.

    Raises:
        Refused: when there is no such group, or this user may not do it.
    """
    group = _find_group(grant.group)
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        descriptor = os.open(grant.path, flags | (os.O_DIRECTORY if grant.is_folder else 0))
    except FileNotFoundError:
        return GrantOutcome.ABSENT
    except OSError:  # a link, or a socket
        return GrantOutcome.LEFT
    try:
        state = os.fstat(descriptor)
        if not _is_own(state, grant):
            return GrantOutcome.LEFT
        if (state.st_gid, stat.S_IMODE(state.st_mode)) == (group, grant.mode):
            return GrantOutcome.UNCHANGED
        os.fchown(descriptor, -1, group)
        os.fchmod(descriptor, grant.mode)
    except PermissionError as error:
        allowed = gettext("root, such as by sudo")
        raise Refused([Problem(str(grant.path), str(error.strerror), allowed)]) from error
    finally:
        os.close(descriptor)
    return GrantOutcome.GRANTED


def find_groups_of_administration_alone() -> list[str]:
    """Find the groups of other programs that the administrator's user is in, and no service.

    Before services had users of their own, it was by such a group that they read what another
    program writes.
    """
    return [
        group.gr_name
        for group in grp.getgrall()
        if group.gr_name not in GROUPS
        and ADMINISTRATION in group.gr_mem
        and OWNERS.isdisjoint({*group.gr_mem} - {ADMINISTRATION, "root"})
    ]


def _is_own(state: os.stat_result, grant: FileGrant) -> bool:
    """Say whether a file is Lesrust's: by its owner and group, and by having one name alone."""
    if grant.is_folder:  # the system's own folders, such as /etc, are root's
        return _name_user(state.st_uid) == ADMINISTRATION
    return (
        stat.S_ISREG(state.st_mode)
        and state.st_nlink == 1
        and _name_user(state.st_uid) in OWNERS
        and _name_group(state.st_gid) in GROUPS
    )


def _find_group(name: str) -> int:
    try:
        return grp.getgrnam(name).gr_gid
    except KeyError:
        where = gettext("the group {name}", name=name)
        allowed = gettext("the users of deploy/sysusers.d; run systemd-sysusers")
        raise Refused([Problem(where, gettext("nothing"), allowed)]) from None


def _name_user(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return ""


def _name_group(number: int) -> str:
    try:
        return grp.getgrgid(number).gr_name
    except KeyError:
        return ""
