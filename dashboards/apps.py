"""The web application as Django knows it."""

from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    """Accounts, and the pages that they open."""

    name = "dashboards"
    verbose_name = "Lesrust"

    def ready(self) -> None:
        """Report what fails in a page, and speak the language of each request."""
        from django.core.signals import got_request_exception
        from django.utils.translation import get_language

        from dashboards.site.failures import report_exception
        from schedules import language

        language.set_provider(get_language)

        got_request_exception.connect(report_exception, dispatch_uid="lesrust")
