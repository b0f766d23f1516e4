"""What the attacks share with the tests of the sensors, and what two tests have a school told."""

import warnings

with warnings.catch_warnings():
    # mitmproxy calls pyparsing by its old names when it is imported.
    warnings.simplefilter("ignore", DeprecationWarning)
    import mitmproxy.addons  # noqa: F401 (the import is what is wanted)

from tests.privacy.telling import tell

__all__ = ["tell"]
