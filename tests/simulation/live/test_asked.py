from simulation.live.asked import SIZE, Asked, read


def test_what_is_written_is_read() -> None:
    asked = Asked(2_000, 1_500_000, 250)
    assert len(asked.written()) == SIZE
    assert read(asked.written()) == asked
