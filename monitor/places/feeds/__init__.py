"""The feeds that report where addresses are, each a module that declares itself as `FEED`."""
