from simulation.live.processes.transfer_request import SIZE, TransferRequest, parse_transfer_request


def test_what_is_written_is_read() -> None:
    asked = TransferRequest(2_000, 1_500_000, 250)
    assert len(asked.to_bytes()) == SIZE
    assert parse_transfer_request(asked.to_bytes()) == asked
