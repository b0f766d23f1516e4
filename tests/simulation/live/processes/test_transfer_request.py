from simulation.live.processes.transfer_request import SIZE, TransferRequest, parse_transfer_request


def test_what_is_written_is_read() -> None:
    asked = TransferRequest(2_000, 1_500_000, 250)
    assert len(asked.written()) == SIZE
    assert parse_transfer_request(asked.written()) == asked
