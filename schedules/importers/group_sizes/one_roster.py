"""Sizes of groups from OneRoster 1.2 in CSV: `classes.csv` and `enrollments.csv`, and nothing else.

An enrolment says that a user is in a class. Of the user a keyed number stays while the file is
parsed, to count nobody twice, and then nothing. A class goes by its code, which is what people
call it, and by its title where no other class has the same.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from hashlib import blake2b
from secrets import token_bytes

from schedules.importers.shared.delimited_text import TextRow, decode_text, parse_rows
from schedules.importers.shared.limits import MAX_VALUE_LENGTH
from schedules.language import gettext
from schedules.local_time import parse_date
from schedules.problem import InvalidValue, ProblemCollector

CLASSES, ENROLMENTS = "classes.csv", "enrollments.csv"
FILES = (CLASSES, ENROLMENTS)
ROLES = ("student", "teacher", "administrator", "proctor")
STATUSES = ("", "active", "tobedeleted")
"""Empty in a whole export; the others in one of changes."""
_CLASS_COLUMNS = ("sourcedid", "title", "classcode")
_ENROLMENT_COLUMNS = ("classsourcedid", "usersourcedid", "role")
_OF_TIME = ("status", "begindate", "enddate")
_USER_BYTES = 8


def parse_one_roster(
    files: Mapping[str, bytes], today: date, problems: ProblemCollector
) -> dict[str, int]:
    """Count the pupils of each class that are in it today.

    What is wrong with a row is collected, and the row left out.

    Args:
        files: `classes.csv` and `enrollments.csv`.
        today: the day at school.
        problems: what is wrong is added here, and never says who a user is.

    Raises:
        InvalidValue: when a file cannot be used at all.
    """
    names = _parse_classes(files[CLASSES], problems)
    counts = _count_enrolments(files[ENROLMENTS], names.keys(), today, problems)
    titles = Counter(title for title, _ in names.values())
    sizes: dict[str, int] = {}
    for identifier, (title, code) in names.items():
        for name in {code, title if titles[title] == 1 else ""} - {""}:
            # Two classes with one code: the smaller.
            size = counts[identifier]
            sizes[name] = min(size, sizes.get(name, size))
    return sizes


def _parse_classes(content: bytes, problems: ProblemCollector) -> dict[str, tuple[str, str]]:
    """Parse the title and the code of each class."""
    names: dict[str, tuple[str, str]] = {}
    for row in _rows(CLASSES, content, _CLASS_COLUMNS, problems):
        identifier, title, code = (row.cells[name] for name in _CLASS_COLUMNS)
        if not _is_name(identifier) or not (_is_name(title) or _is_name(code)):
            problems.add(
                _line(CLASSES, row),
                gettext("no sourcedId, or neither a title nor a classCode"),
                gettext("both"),
            )
        elif row.cells.get("status", "").lower() == STATUSES[-1]:
            names[identifier] = "", ""  # whoever is in it still is in no group
        else:
            names[identifier] = title if _is_name(title) else "", code if _is_name(code) else ""
    return names


def _count_enrolments(
    content: bytes, classes: Iterable[str], today: date, problems: ProblemCollector
) -> Counter[str]:
    known, key = set(classes), token_bytes(16)
    pupils: dict[str, set[bytes]] = {}
    for row in _rows(ENROLMENTS, content, _ENROLMENT_COLUMNS, problems):
        identifier, user = row.cells["classsourcedid"], row.cells["usersourcedid"]
        try:
            is_pupil = _is_pupil(row, known, today)
        except InvalidValue as wrong:
            problems.add_value(_line(ENROLMENTS, row), wrong)
            continue
        if is_pupil:
            digest = blake2b(user.encode(), key=key, digest_size=_USER_BYTES).digest()
            pupils.setdefault(identifier, set()).add(digest)
    return Counter({identifier: len(users) for identifier, users in pupils.items()})


def _is_pupil(row: TextRow, classes: set[str], today: date) -> bool:
    """Say whether an enrolment is a pupil's, and in force.

    Raises:
        InvalidValue: when it cannot be told.
    """
    nothing = gettext("nothing")
    role, status = row.cells["role"].lower(), row.cells.get("status", "").lower()
    for value, allowed in ((role, ROLES), (status, STATUSES)):
        if value not in allowed:
            raise InvalidValue(value or nothing, ", ".join(filter(None, allowed)))
    begin, end = row.cells.get("begindate", ""), row.cells.get("enddate", "")
    has_begun = not begin or parse_date(begin) <= today
    is_over = bool(end) and parse_date(end) < today
    if role != ROLES[0] or status == STATUSES[-1] or not has_begun or is_over:
        return False
    if not row.cells["usersourcedid"]:
        raise InvalidValue(nothing, gettext("a userSourcedId"))
    if row.cells["classsourcedid"] not in classes:
        raise InvalidValue(
            gettext("a class that is not in {file}", file=CLASSES),
            gettext("the sourcedId of a class"),
        )
    return True


def _rows(
    file: str, content: bytes, required: tuple[str, ...], problems: ProblemCollector
) -> Iterator[TextRow]:
    of_file = ProblemCollector(f"{problems.name}, {file}")
    known = (*required, *_OF_TIME)
    yield from parse_rows(decode_text(content), required=required, known=known, problems=of_file)
    problems.extend(of_file.problems)


def _line(file: str, row: TextRow) -> str:
    return f"{file}, {gettext('line {number}', number=row.line)}"


def _is_name(value: str) -> bool:
    return 0 < len(value) <= MAX_VALUE_LENGTH and value.isprintable()
