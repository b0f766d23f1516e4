"""Links that sign in: a demonstration's alone, on this machine alone, and guessed by nobody."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import path

from dashboards.models import Account
from dashboards.school import clock
from dashboards.school import lessons as school_lessons
from dashboards.school.demonstration import WebDemonstration, require_loopback
from dashboards.site import demo_sign_in
from dashboards.site.urls import urlpatterns as of_a_school
from monitor.configuration import Role, WebSettings
from schedules.problem import Refused
from tests.dashboards import people

pytestmark = [pytest.mark.store, pytest.mark.django_db]
urlpatterns = [*of_a_school, path("demo/<str:token>/", demo_sign_in.sign_in, name="demo")]
"""As a demonstration has them."""


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> WebDemonstration:
    school_lessons.CACHE.clear()
    begun = WebDemonstration.starting_at(people.NOW)
    monkeypatch.setattr(settings, "DEMONSTRATION", begun)
    people.teach()
    return begun


def test_a_school_has_no_such_address(client: Client) -> None:
    assert client.get("/demo/anything/").status_code == 404


@pytest.mark.urls(__name__)
def test_without_a_demonstration_none_signs_in(client: Client) -> None:
    assert client.get("/demo/anything/").status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("role", list(Role))
def test_a_link_signs_in_as_its_role(role: Role, begun: WebDemonstration, client: Client) -> None:
    link = dict(begun.links())[role.value]
    assert client.get(link).status_code == 302
    account = Account.objects.get(pk=client.session["_auth_user_id"])
    assert account.role_set == {role}
    assert not account.has_usable_password()


@pytest.mark.urls(__name__)
def test_the_teacher_is_one_who_teaches_now(begun: WebDemonstration, client: Client) -> None:
    assert clock.now() == people.NOW
    client.get(dict(begun.links())["teacher"])
    assert Account.objects.get().code in {"MUL", "PIE"}
    assert "Welk platform?" in client.get("/les/").content.decode()


@pytest.mark.urls(__name__)
def test_a_guess_signs_nobody_in(begun: WebDemonstration, client: Client) -> None:
    assert client.get("/demo/guess/").status_code == 404
    assert "_auth_user_id" not in client.session
    assert begun.tokens != WebDemonstration.starting_at(people.NOW).tokens


@pytest.mark.parametrize("listen", ["127.0.0.1:9467", "[::1]:9467", "localhost:9467"])
def test_this_machine_alone_may_have_them(listen: str) -> None:
    require_loopback(WebSettings(listen=listen))


@pytest.mark.parametrize(
    "web",
    [
        WebSettings(listen="0.0.0.0:9467"),
        WebSettings(listen="10.0.0.2:9467"),
        WebSettings(listen="lesrust.nl:9467"),
        WebSettings(listen="127.0.0.1:9467", address="https://lesrust.nl"),
    ],
)
def test_where_others_can_come_they_are_refused(web: WebSettings) -> None:
    with pytest.raises(Refused, match="voor een demonstratie"):
        require_loopback(web)
