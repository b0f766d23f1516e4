"""What goes wrong with a capture, said so that whoever runs it knows what to do."""


class CaptureError(Exception):
    """A capture that cannot be begun, or not gone on with: one sentence that names it."""
