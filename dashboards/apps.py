"""The web application as Django knows it."""

from django.apps import AppConfig


class Dashboards(AppConfig):
    """Accounts, and the pages that they open."""

    name = "dashboards"
    verbose_name = "Lesrust"

    def ready(self) -> None:
        """Have what fails in a page said, from the first time on."""
        from django.core.signals import got_request_exception

        from dashboards.site.failures import say_where

        got_request_exception.connect(say_where, dispatch_uid="lesrust")
