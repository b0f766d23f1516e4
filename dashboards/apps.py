"""The web application as Django knows it."""

from django.apps import AppConfig


class Dashboards(AppConfig):
    """Accounts, and the pages that they open."""

    name = "dashboards"
    verbose_name = "Lesrust"

    def ready(self) -> None:
        """Have what fails in a page said from the first time on, and all words in one language."""
        from django.core.signals import got_request_exception
        from django.utils.translation import get_language

        from dashboards.site.failures import say_where
        from schedules import language

        language.set_provider(get_language)

        got_request_exception.connect(say_where, dispatch_uid="lesrust")
