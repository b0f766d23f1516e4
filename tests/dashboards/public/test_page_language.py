"""Everyone reads without a cookie, in the language that the address asks for."""

from collections.abc import Callable

import pytest
from django.test import Client

from dashboards.models import Account

PAGES = ["/transparantie/", "/toegankelijkheid/"]

pytestmark = pytest.mark.usefixtures("at_school")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("taal", ["", "?taal=nl", "?taal=en"])
def test_a_reader_gets_no_cookie_and_may_keep_the_page_for_a_minute(
    page: str, taal: str, client: Client
) -> None:
    answer = client.get(page + taal)
    assert answer.status_code == 200
    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "private, max-age=60"


@pytest.mark.parametrize("page", PAGES)
def test_it_needs_no_script_and_no_other_host(page: str, client: Client) -> None:
    answer = client.get(page)
    content = answer.content.decode()
    assert "<script" not in content
    assert "style=" not in content
    assert "://" not in content.replace("http://www.w3.org/2000/svg", "")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("page", PAGES)
def test_the_page_of_somebody_who_is_signed_in_is_kept_nowhere(page: str, client: Client) -> None:
    client.force_login(Account.objects.create(username="vda", roles=["teacher"], code="vda"))
    answer = client.get(page)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "vda" in answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_the_language_stands_in_the_address(page: str, client: Client) -> None:
    english = client.get(page, {"taal": "en"}, headers={"Accept-Language": "nl"})
    assert '<html lang="en">' in english.content.decode()
    assert english.headers["Content-Language"] == "en"
    dutch = client.get(page, {"taal": "nl"}, headers={"Accept-Language": "en"})
    assert '<html lang="nl">' in dutch.content.decode()
    unknown = client.get(page, {"taal": "../en"}, headers={"Accept-Language": "nl"})
    assert '<html lang="nl">' in unknown.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_whoever_reads_on_stays_in_the_language(page: str, client: Client) -> None:
    content = client.get(page, {"taal": "en"}).content.decode()
    assert 'href="?taal=nl"' in content
    assert all(f'href="{other}?taal=en"' in content for other in PAGES)
    assert 'href="?taal=en"' in client.get(page, {"taal": "nl"}).content.decode()


def test_it_is_there_before_a_second_factor_is(
    client: Client, at_school: Callable[[str], None]
) -> None:
    at_school('[school]\nname = "Het Voorbeeld"\n[web]\nsecond_factor = ["directie"]\n')
    client.force_login(Account.objects.create(username="jansen", roles=["directie"]))
    assert [client.get(page).status_code for page in PAGES] == [200, 200]


@pytest.mark.parametrize("page", PAGES)
def test_nothing_can_be_sent_to_it(page: str, client: Client) -> None:
    assert client.post(page).status_code == 405
