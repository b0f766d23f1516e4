"""Where released figures, the lock of the releaser and the audit of settings are kept."""
