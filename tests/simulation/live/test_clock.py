import pickle
import time

from simulation.live.clock import AcceleratedClock


def test_it_goes_so_many_times_as_fast() -> None:
    made = time.monotonic() - 10
    clock = AcceleratedClock(start=1_000.0, speed=60, made=made)
    assert 1_600.0 <= clock() < 1_700.0


def test_it_stands_still_when_it_stops() -> None:
    clock = AcceleratedClock(1_000.0, 60, stops=1_300.0, made=time.monotonic() - 10)
    assert clock() == 1_300.0


def test_it_says_how_long_to_wait() -> None:
    clock = AcceleratedClock(1_000.0, 60)
    assert 9.0 < clock.seconds_until(1_600.0) <= 10.0
    assert clock.seconds_until(900.0) == 0.0


def test_another_process_is_given_the_same_clock() -> None:
    clock = AcceleratedClock(1_000.0, 60)
    assert pickle.loads(pickle.dumps(clock)) == clock
