"""What the tests of reports share with those of the directie's page."""

from tests.dashboards.directie.conftest import directie, web

__all__ = ["directie", "web"]
