"""Who may sign in: only by a provider that nobody on the way can speak for, and by who is meant."""

import pytest
from pydantic import ValidationError

from monitor.configuration import MemberSettings, ProviderSettings, Role

PROVIDER = {"name": "school", "title": "School", "client": "lesrust", "secret": "secret"}


@pytest.mark.parametrize(
    "issuer",
    [
        "http://login.school.example",
        "http://localhost.school.example",
        "login.school.example",
        "https://",
        "ftp://login.school.example",
    ],
)
def test_an_issuer_that_anybody_on_the_way_could_speak_for_is_refused(issuer: str) -> None:
    with pytest.raises(ValidationError, match="https://"):
        ProviderSettings.model_validate({**PROVIDER, "issuer": issuer})


@pytest.mark.parametrize("issuer", ["https://login.school.example/v2", "http://127.0.0.1:8080"])
def test_https_is_taken_and_what_stays_on_this_machine(issuer: str) -> None:
    assert ProviderSettings.model_validate({**PROVIDER, "issuer": issuer}).issuer == issuer


def test_a_member_is_somebody() -> None:
    with pytest.raises(ValidationError, match="an email address or a subject"):
        MemberSettings(roles=(Role.IT,))
    assert MemberSettings(subject="8f14", roles=(Role.IT,)).email == ""
