"""Opens the store that the configuration names, and brings its tables up to date.

Django is imported inside the functions: a sensor thinks without it, and `lesrust --help` is fast.
"""

import os
from pathlib import Path

from monitor.store.database_file import require_folder, require_not_moved
from monitor.store.file_ownership import create_for_folder_owner
from monitor.store.lock import migration_lock
from schedules.language import gettext
from schedules.problem import Problem, Refused

DATABASE_VARIABLE = "LESRUST_DATABASE"
"""Here and not in the settings, which are read when they are imported: it must be set by then."""


def connect(database: str) -> None:
    """Open the store and bring its tables up to date; a process that comes meanwhile waits.

    Args:
        database: a path for SQLite, or `postgresql://…`.

    Raises:
        Refused: when the database cannot be opened, or was moved from there.
    """
    import django
    from django.core.management import call_command
    from django.db import DatabaseError, connection

    require_folder(database)
    require_not_moved(database)
    os.environ[DATABASE_VARIABLE] = database
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "monitor.settings")
    django.setup()
    try:
        with migration_lock(database):
            if "://" not in database:
                create_for_folder_owner(Path(database))
            call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as error:
        where = gettext("the store ({vendor})", vendor=connection.vendor)
        raise Refused([Problem(where, str(error), gettext("a database that opens"))]) from error


def database_error() -> type[Exception]:
    """Return the class of error that every failure of the database is."""
    from django.db import Error

    return Error


def disconnect() -> None:
    """Close this thread's connection; the next query opens a new one."""
    from django.db import connections

    connections.close_all()
