"""What somebody may do follows from her provider and the allow-list; a pupil never may anything."""

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
    claims = {"groups": ["ict"], "email": "A.Yildiz@example.nl", "code": "other"}
    expected = Rights(frozenset({Role.IT, Role.DIRECTIE, Role.TEACHER}), "yil")
    assert rights_from_claims(claims, PROVIDER, MEMBERS) == expected


def test_the_allow_list_does_not_go_by_an_address_that_is_not_verified() -> None:
    assert roles(email="a.yildiz@example.nl", email_verified=False) == frozenset()
    assert roles(email="a.yildiz@example.nl", email_verified="false") == frozenset()
    assert roles(email="a.yildiz@example.nl") == {Role.DIRECTIE, Role.TEACHER}


def test_entra_says_an_address_by_another_name() -> None:
    assert roles(preferred_username="a.yildiz@example.nl") == {Role.DIRECTIE, Role.TEACHER}


def test_a_pupil_has_no_role_whatever_else_is_said() -> None:
    assert roles(groups=["docent", "Student"]) == frozenset()
    assert roles(groups=["docent"], email="p@leerling.example") == frozenset()
    listed = (MemberSettings(email="p@leerling.example", roles=(Role.IT,)),)
    assert rights_from_claims({"email": "p@leerling.example"}, PROVIDER, listed) == NO_RIGHTS


def test_without_a_role_there_is_no_code_either() -> None:
    assert rights_from_claims({"groups": "koor", "code": "mul"}, PROVIDER, ()) == NO_RIGHTS


claim = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["docent"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
)


@given(st.dictionaries(st.sampled_from(["groups", "email", "code", "email_verified"]), claim))
def test_whatever_a_provider_says_gives_rights_or_none(claims: dict[str, object]) -> None:
    found = rights_from_claims(claims, PROVIDER, MEMBERS)
    assert found.roles <= EVERY_ROLE
    assert isinstance(found.code, str)


@given(st.dictionaries(st.sampled_from(["groups", "email", "code"]), claim))
def test_a_pupil_stays_one_whatever_else_is_said(claims: dict[str, object]) -> None:
    said = claims.get("groups")
    groups = [*(said if isinstance(said, list) else [said]), "leerling"]
    assert rights_from_claims({**claims, "groups": groups}, PROVIDER, MEMBERS) == NO_RIGHTS
