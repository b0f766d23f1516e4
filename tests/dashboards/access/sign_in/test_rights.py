"""What somebody may do follows from her provider and the allow-list; a pupil never may anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.access.sign_in.rights import NO_RIGHTS, Rights, rights_from_claims
from monitor.configuration import MemberSettings, ProviderSettings, Role

PROVIDER = ProviderSettings.model_validate(
    {
        "name": "school",
        "title": "School",
        "issuer": "https://login.example",
        "client": "lesrust",
        "secret": "secret",
        "role_claim": "groups",
        "teacher": ["docent", "OP"],
        "leadership": ["teamleider"],
        "it": ["ict"],
        "code_claim": "code",
        "pupil_domains": ["leerling.example"],
    }
)
MEMBERS = (
    MemberSettings(email="a.yildiz@example.nl", roles=(Role.DIRECTIE, Role.TEACHER), code="yil"),
)
VERIFIED: dict[str, object] = {"email_verified": True}
EVERY_ROLE = frozenset(Role)


def roles(**claims: object) -> frozenset[Role]:
    return rights_from_claims(claims, PROVIDER, MEMBERS).roles


def test_a_claim_is_one_value_or_several_in_any_case() -> None:
    assert roles(groups="docent") == {Role.TEACHER}
    assert roles(groups=["op", "Teamleider", "koor"]) == {Role.TEACHER, Role.LEADERSHIP}


def test_a_teachers_code_comes_from_its_claim() -> None:
    assert rights_from_claims({"groups": "OP", "code": " mul "}, PROVIDER, ()).code == "mul"
    assert rights_from_claims({"groups": "OP", "code": ["mul", "x"]}, PROVIDER, ()).code == "mul"
    assert rights_from_claims({"groups": "OP", "code": 12}, PROVIDER, ()).code == ""


def test_the_allow_list_adds_to_what_the_provider_says() -> None:
    claims: dict[str, object] = {
        "groups": ["ict"],
        "email": "A.Yildiz@example.nl",
        "code": "other",
    }
    expected = Rights(frozenset({Role.IT, Role.DIRECTIE, Role.TEACHER}), "yil")
    assert rights_from_claims(claims | VERIFIED, PROVIDER, MEMBERS) == expected


@pytest.mark.parametrize("verified", [True, "true", "1", 1])
@pytest.mark.parametrize("claim", ["email_verified", "xms_edov"])
def test_an_address_counts_where_the_provider_says_that_it_is_hers(
    claim: str, verified: object
) -> None:
    assert roles(email="a.yildiz@example.nl", **{claim: verified}) == {
        Role.DIRECTIE,
        Role.TEACHER,
    }


@pytest.mark.parametrize("verified", [None, False, "false", "", 0, "no", ["true"], {"true": 1}])
def test_and_never_where_it_does_not(verified: object) -> None:
    assert roles(email="a.yildiz@example.nl", email_verified=verified) == frozenset()


@pytest.mark.parametrize("claim", ["preferred_username", "upn", "unique_name", "name"])
def test_a_name_that_its_owner_can_choose_gives_nothing(claim: str) -> None:
    assert roles(**{claim: "a.yildiz@example.nl"}, **VERIFIED) == frozenset()


@pytest.mark.parametrize("claim", ["sub", "oid"])
def test_the_provider_s_own_identifier_is_enough(claim: str) -> None:
    listed = (MemberSettings(subject="8f14-e45f", roles=(Role.DIRECTIE,)),)
    assert rights_from_claims({claim: "8f14-e45f"}, PROVIDER, listed).roles == {Role.DIRECTIE}
    assert rights_from_claims({claim: "8F14-E45F"}, PROVIDER, listed) == NO_RIGHTS
    assert rights_from_claims({"name": "8f14-e45f"}, PROVIDER, listed) == NO_RIGHTS


@pytest.mark.parametrize("claim", ["email", "preferred_username", "upn", "unique_name"])
def test_a_pupil_s_address_is_one_in_whichever_claim_it_stands(claim: str) -> None:
    assert roles(groups=["docent"], **{claim: "P@Leerling.example"}) == frozenset()
    said = {claim: "p@leerling.example", "email_verified": False, "groups": ["docent"]}
    assert rights_from_claims(said, PROVIDER, MEMBERS) == NO_RIGHTS


def test_a_pupil_has_no_role_whatever_else_is_said() -> None:
    assert roles(groups=["docent", "Student"]) == frozenset()
    assert roles(groups=["docent"], email="p@leerling.example") == frozenset()
    listed = (MemberSettings(email="p@leerling.example", roles=(Role.IT,)),)
    assert (
        rights_from_claims({"email": "p@leerling.example"} | VERIFIED, PROVIDER, listed)
        == NO_RIGHTS
    )


def test_without_a_role_there_is_no_code_either() -> None:
    assert rights_from_claims({"groups": "koor", "code": "mul"}, PROVIDER, ()) == NO_RIGHTS


claim = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["docent"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
)


NAMES = st.sampled_from(["groups", "email", "sub", "code", "email_verified"])


@given(st.dictionaries(NAMES, claim))
def test_whatever_a_provider_says_gives_rights_or_none(claims: dict[str, object]) -> None:
    found = rights_from_claims(claims, PROVIDER, MEMBERS)
    assert found.roles <= EVERY_ROLE
    assert isinstance(found.code, str)


@given(st.dictionaries(st.sampled_from(["groups", "email", "code"]), claim))
def test_a_pupil_stays_one_whatever_else_is_said(claims: dict[str, object]) -> None:
    said = claims.get("groups")
    groups = [*(said if isinstance(said, list) else [said]), "leerling"]
    assert rights_from_claims({**claims, "groups": groups}, PROVIDER, MEMBERS) == NO_RIGHTS
