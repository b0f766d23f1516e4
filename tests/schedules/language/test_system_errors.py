"""Why the system refused is said in the reader's language, whatever that of the system is."""

import errno
import socket
from pathlib import Path

import pytest

from schedules.language import Language, describe_os_error, override


def failure(number: int) -> OSError:
    return OSError(number, "in the system's own words")


@pytest.mark.parametrize(
    ("number", "english", "dutch"),
    [
        (errno.ENOENT, "no such file or folder", "er is geen bestand of map met die naam"),
        (errno.EACCES, "no permission", "geen toestemming van het systeem"),
        (errno.ENOSPC, "the disk is full", "de schijf is vol"),
        (errno.EADDRINUSE, "the address is in use", "het adres is in gebruik"),
    ],
)
def test_a_common_reason_has_its_words(number: int, english: str, dutch: str) -> None:
    assert describe_os_error(failure(number)) == english
    with override(Language.DUTCH):
        assert describe_os_error(failure(number)) == dutch


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        (tmp_path / "nothing").open()
    assert describe_os_error(caught.value) == "no such file or folder"


def test_a_name_that_is_not_known() -> None:
    error = socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    assert describe_os_error(error) == "its name is not known here"


def test_a_rare_reason_is_that_of_the_system() -> None:
    assert describe_os_error(failure(errno.EPIPE)) == "Broken pipe"


def test_what_has_no_number_is_said_as_it_is() -> None:
    assert describe_os_error(OSError("broken")) == "OSError"
    assert describe_os_error(TimeoutError()) == "TimeoutError"
