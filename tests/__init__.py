"""The tests: the same folders again, one module for one module.

This file is here because a dependency installs a package `tests` of its own, which would take the
place of a folder without one.
"""
