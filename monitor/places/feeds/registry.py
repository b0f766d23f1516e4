"""Finds the feeds of places: every module in a package beside this one that declares a `FEED`."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from monitor.places import feeds
from monitor.places.feeds.feed_spec import FeedSpec


@cache
def feed_specs() -> tuple[FeedSpec, ...]:
    """Return every feed, in the order of their sources and names."""
    packages = [
        import_module(f"{feeds.__name__}.{package.name}")
        for package in iter_modules(feeds.__path__)
        if package.ispkg
    ]
    modules = (
        import_module(f"{package.__name__}.{module.name}")
        for package in packages
        for module in iter_modules(package.__path__)
    )
    declared = (getattr(module, "FEED", None) for module in modules)
    return tuple(
        sorted(
            (spec for spec in declared if isinstance(spec, FeedSpec)),
            key=lambda spec: (spec.source, spec.name),
        )
    )
