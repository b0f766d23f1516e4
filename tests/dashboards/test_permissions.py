"""Who may see and do what: one table. A page that is not in it fails the tests."""

from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from dashboards.report import jobs, process
from dashboards.report.request import ReportLength, ReportRequest
from monitor.configuration import Role
from tests.dashboards import people

pytestmark = [pytest.mark.store, pytest.mark.django_db]

WHO = ("anonymous", "nobody", "teacher", "leadership", "directie", "it")
"""`nobody` is signed in and has no role; `teacher` is MUL."""

# fmt: off
TABLE = """
page                                        anonymous nobody teacher leadership directie it

GET  home                                   302       302    302     302        302      302
GET  manifest                               200       200    200     200        200      200
GET  transparency                           200       200    200     200        200      200
GET  accessibility                          200       200    200     200        200      200
POST language                               302       302    302     302        302      302

GET  lesson                                 302       403    200     403        403      403
POST grant_lesson_exemption lesson=mul-now  302       403    302     403        403      403
POST grant_lesson_exemption lesson=pie-now  302       403    404     403        403      403
POST grant_lesson_exemption lesson=none     302       403    404     403        403      403
POST revoke_lesson_exemption number=mul     302       403    302     403        403      403
POST revoke_lesson_exemption number=pie     302       403    404     403        403      403
POST revoke_lesson_exemption number=school  302       403    404     403        403      403
POST revoke_lesson_exemption number=none    302       403    404     403        403      403
GET  exemption_delivery number=mul          302       403    200     403        403      403
GET  exemption_delivery number=pie          302       403    404     403        403      403
GET  exemption_delivery number=none         302       403    404     403        403      403

GET  figures                                302       403    403     200        200      403
GET  figures_csv                            302       403    403     200        200      403
GET  figures_json                           302       403    403     200        200      403
POST report_ask                             302       403    403     302        302      403
GET  report number=report                   302       403    403     200        200      403
GET  report number=none                     302       403    403     404        404      403
GET  report_progress number=report          302       403    403     200        200      403
GET  report_progress number=none            302       403    403     404        404      403
GET  report_file number=report              302       403    403     200        200      403
GET  report_file number=none                302       403    403     404        404      403

GET  exemptions                             302       403    403     200        403      403
POST exemptions                             302       403    403     400        403      403
POST revoke_exemption number=mul            302       403    403     302        403      403
POST revoke_exemption number=school         302       403    403     302        403      403
POST revoke_exemption number=none           302       403    403     404        403      403
GET  audit                                  302       403    403     200        403      403

GET  settings                               302       403    403     200        200      403
GET  confirm_settings                       302       403    403     302        302      403
POST confirm_settings                       302       403    403     302        302      403

GET  it                                     302       403    403     403        403      200
POST pause                                  302       403    403     403        403      409
POST resume                                 302       403    403     403        403      302
GET  diagnostics                            302       403    403     403        403      200

GET  account_login                          200       302    302     302        302      302
GET  account_logout                         302       200    200     200        200      200
POST account_logout                         302       302    302     302        302      302
GET  account_inactive                       200       200    200     200        200      200
GET  account_change_password                302       200    200     200        200      200
GET  account_reauthenticate                 302       200    200     200        200      200
GET  openid_connect_login                   404       404    404     404        404      404
GET  openid_connect_callback                404       404    404     404        404      404
GET  socialaccount_login_cancelled          200       200    200     200        200      200
GET  socialaccount_login_error              401       401    401     401        401      401
GET  socialaccount_signup                   404       404    404     404        404      404

GET  mfa_index                              302       200    200     200        200      200
GET  mfa_authenticate                       302       302    302     302        302      302
GET  mfa_reauthenticate                     302       302    302     302        302      302
GET  mfa_activate_totp                      302       302    302     302        302      302
GET  mfa_deactivate_totp                    302       404    404     404        404      404
GET  mfa_view_recovery_codes                302       404    404     404        404      404
GET  mfa_generate_recovery_codes            302       302    302     302        302      302
GET  mfa_download_recovery_codes            302       404    404     404        404      404
GET  mfa_list_webauthn                      302       200    200     200        200      200
GET  mfa_add_webauthn                       302       302    302     302        302      302
GET  mfa_reauthenticate_webauthn            302       302    302     302        302      302
GET  mfa_login_webauthn                     302       302    302     302        302      302
POST mfa_remove_webauthn pk=none            302       302    302     302        302      302
POST mfa_edit_webauthn pk=none              302       302    302     302        302      302
"""
# fmt: on


@dataclass(frozen=True)
class PermissionRow:
    method: str
    page: str
    about: str
    statuses: dict[str, int]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.method, self.page, self.about)))


def rows() -> list[PermissionRow]:
    found = []
    for line in TABLE.strip().splitlines()[1:]:
        if words := line.split():
            *asked, statuses = words[: -len(WHO)], words[-len(WHO) :]
            method, page, *about = asked[0]
            numbers = dict(zip(WHO, map(int, statuses), strict=True))
            found.append(PermissionRow(method, page, about[0] if about else "", numbers))
    return found


def pages() -> set[str]:
    patterns = get_resolver().url_patterns
    return {pattern.name or "" for pattern in patterns if isinstance(pattern, URLPattern)}


def test_every_page_stands_in_the_table() -> None:
    assert pages() == {row.page for row in rows()}
    assert len(pages()) == len(get_resolver().url_patterns)


@pytest.fixture
def numbers(lessons: None, monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Give the numbers of permissions, of MUL, PIE and the school; of a report; and of nothing."""
    monkeypatch.setattr(process, "start_making", lambda _: None)
    report = jobs.add_job(ReportRequest(ReportLength.WEEK, people.FRIDAY))
    jobs.record_result(report.pk, b"a report")
    return {
        "mul": people.allow("mul-now", "youtube").number,
        "pie": people.allow("pie-now", "youtube").number,
        "school": people.allow_everywhere().number,
        "report": report.pk,
        "none": 4711,
    }


def ask(row: PermissionRow, client: Client, numbers: dict[str, int]) -> int:
    place, data = {}, {}
    key, _, value = row.about.partition("=")
    if key in {"number", "pk"}:
        place[key] = numbers[value]
    elif key:
        data = {key: value, "platform": "tiktok"}
    if row.page.startswith("openid_connect"):
        place["provider_id"] = "elsewhere"  # type: ignore[assignment]
    if row.page == "language":
        data = {"language": "en"}
    address = reverse(row.page, kwargs=place)
    answer = client.get(address) if row.method == "GET" else client.post(address, data)
    return answer.status_code


def sign_in(client: Client, who: str) -> None:
    if who != "anonymous":
        roles = [] if who == "nobody" else [Role(who)]
        people.sign_in(client, people.account(*roles))


@pytest.mark.parametrize("who", WHO)
def test_everybody_gets_what_the_table_says(
    who: str, numbers: dict[str, int], client: Client
) -> None:
    sign_in(client, who)
    wrong = {}
    for row in rows():
        if row.page == "account_logout" and row.method == "POST":
            continue
        status = ask(row, client, numbers)
        if status != row.statuses[who]:
            wrong[str(row)] = status
    assert wrong == {}, "\n".join(f"{row}: {status}" for row, status in wrong.items())


@pytest.mark.parametrize("who", WHO)
def test_signing_out(who: str, client: Client, db: None) -> None:
    sign_in(client, who)
    assert client.post(reverse("account_logout")).status_code == 302
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("row", [row for row in rows() if row.method == "POST"], ids=str)
def test_nothing_is_done_for_a_form_of_another_site(
    row: PermissionRow, numbers: dict[str, int]
) -> None:
    client = Client(enforce_csrf_checks=True)
    people.sign_in(client, people.account(*Role))
    assert ask(row, client, numbers) == 403
