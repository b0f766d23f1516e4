"""What the attacks share with the tests of the sensors."""

import warnings

with warnings.catch_warnings():
    # mitmproxy calls pyparsing by its old names when it is imported.
    warnings.simplefilter("ignore", DeprecationWarning)
    import mitmproxy.addons  # noqa: F401 (the import is what is wanted)
