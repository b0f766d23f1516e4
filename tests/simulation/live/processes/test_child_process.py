"""A child ends with its parent, and says when it ends by itself."""

import os
from multiprocessing.connection import Connection

import click
import pytest

from simulation.live.processes.child_process import ChildProcess


def answers(pipe: Connection) -> None:
    while True:
        pipe.send((os.getpid(), pipe.recv()))


def ends(pipe: Connection) -> None:
    pipe.send("a last word")


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_it_answers_and_is_gone_afterwards() -> None:
    with ChildProcess("It", answers) as child:
        child.send({"a": 1})
        process, said = child.receive()
        assert said == {"a": 1}
        assert process != os.getpid()
        assert child.receive_all() == []
    assert not is_there(process)


def test_one_that_ends_by_itself_is_missed() -> None:
    with ChildProcess("It", ends) as child:
        assert child.receive() == "a last word"
        with pytest.raises(click.ClickException, match=r"It ended by itself \(code 0\)"):
            child.receive()


def test_one_that_says_nothing_is_not_waited_for_for_ever() -> None:
    with (
        ChildProcess("It", answers) as child,
        pytest.raises(click.ClickException, match="not answer"),
    ):
        child.receive(seconds=0.01)
