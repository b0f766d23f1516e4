"""The administrator's own hostnames over ours."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.catalogue.hostnames.pattern import HostnamePattern
from monitor.catalogue.hostnames.pattern import parse_pattern as pattern
from monitor.catalogue.overlay import (
    MAX_FILE_SIZE,
    MAX_LINE_LENGTH,
    OverlayChange,
    apply_overlay,
    load_overlay,
    parse_overlay,
)
from monitor.catalogue.platform import HostnameRole, Match

PLATFORMS = ("instagram", "weblogs", "whatsapp", "x")
WEBLOG = Match("weblogs", HostnameRole.APP)
X = Match("x", HostnameRole.APP)
X_EMBED = Match("x", HostnameRole.EMBED)


def changes(text: str | bytes) -> dict[str, Match | None]:
    text = text.encode() if isinstance(text, str) else text
    found, problems = parse_overlay(text, name="eigen.txt", platforms=PLATFORMS)
    assert not problems
    return {str(change.pattern): change.match for change in found}


def problems(text: str | bytes) -> list[str]:
    text = text.encode() if isinstance(text, str) else text
    return [str(p) for p in parse_overlay(text, name="eigen.txt", platforms=PLATFORMS)[1]]


def test_a_line_adds_a_hostname() -> None:
    assert changes("weblogs  app  blog.voorbeeldschool.nl") == {"blog.voorbeeldschool.nl": WEBLOG}


def test_a_line_takes_a_hostname_out() -> None:
    assert changes("-  oudevoorbeeld.nl") == {"oudevoorbeeld.nl": None}


def test_a_hostname_may_stand_alone_or_by_its_first_label() -> None:
    text = "weblogs app =voorbeeld.nl\nweblogs app foto.*.voorbeeld.nl\n- =oud.voorbeeld.nl"
    assert list(changes(text)) == ["=voorbeeld.nl", "foto.*.voorbeeld.nl", "=oud.voorbeeld.nl"]


def test_remarks_and_empty_lines_say_nothing() -> None:
    assert changes("# eigen namen\n\n   \nweblogs app a.nl # van de bovenbouw") == {"a.nl": WEBLOG}


def test_capitals_tabs_and_unicode_are_as_an_administrator_writes_them() -> None:
    assert changes("Weblogs\tAPP\tBücher.NL.") == {"xn--bcher-kva.nl": WEBLOG}


def test_a_file_from_windows_is_read() -> None:
    assert changes(b"\xef\xbb\xbfweblogs app a.nl\r\n- b.nl\r\n") == {"a.nl": WEBLOG, "b.nl": None}


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (
            "webblogs app a.nl",
            (
                "eigen.txt, line 2: found 'webblogs'; allowed: weblogs (did you mean this?), "
                "or one of instagram, weblogs, whatsapp, x"
            ),
        ),
        (
            "weblogs ap a.nl",
            (
                "eigen.txt, line 2: found 'ap'; allowed: app (did you mean this?), "
                "or one of app, media, embed, background, auth"
            ),
        ),
        (
            "weblogs app",
            (
                "eigen.txt, line 2: found 'weblogs app'; "
                "allowed: PLATFORM ROLE HOSTNAME, or - HOSTNAME; after # a remark"
            ),
        ),
        (
            "- app a.nl",
            (
                "eigen.txt, line 2: found '- app a.nl'; "
                "allowed: PLATFORM ROLE HOSTNAME, or - HOSTNAME; after # a remark"
            ),
        ),
        ("x app A.nl", "eigen.txt, line 2: found 'a.nl'; allowed: a hostname once in the file"),
    ],
)
def test_a_wrong_line_is_named_with_what_is_allowed(line: str, problem: str) -> None:
    assert problems(f"- a.nl\n{line}\n- b.nl") == [problem]


def test_a_wrong_hostname_is_named_with_what_is_allowed() -> None:
    (problem,) = problems("weblogs app https://a.nl/")
    assert problem.startswith("eigen.txt, line 1: found 'https://a.nl/'; allowed: a hostname such")


def test_every_mistake_is_named_also_on_one_line() -> None:
    assert len(problems("hyves krabbel nl\n- nl\nx app")) == 5


def test_a_line_that_is_no_utf8_is_named() -> None:
    assert problems(b"- a.nl\n# \xe9\xe9n") == [
        r"eigen.txt, line 2: found '# \\xe9\\xe9n'; allowed: text in UTF-8"
    ]


def test_a_line_over_the_bound_is_refused() -> None:
    remark = "#" * MAX_LINE_LENGTH
    assert problems(remark) == []
    assert problems(remark + "#") == [
        "eigen.txt, line 1: found 'a longer line'; allowed: at most 500 bytes"
    ]


@given(st.binary(max_size=300))
def test_no_file_makes_it_raise(text: bytes) -> None:
    parse_overlay(text, name="eigen.txt", platforms=PLATFORMS)


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    found, (problem,) = load_overlay(tmp_path / "eigen.txt", PLATFORMS)
    assert not found
    assert problem.where.endswith("eigen.txt")
    assert problem.found == "no such file or folder"


def test_a_file_over_the_bound_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "eigen.txt"
    path.write_bytes(b"#\n" * (MAX_FILE_SIZE // 2) + b"#")
    found, (problem,) = load_overlay(path, PLATFORMS)
    assert not found
    assert problem.allowed == "at most 1,000,000 bytes"


OURS = {pattern("x.com"): X, pattern("ads.x.com"): X_EMBED, pattern("=t.co"): X}


def laid(text: str) -> dict[HostnamePattern, Match | None]:
    found, _ = parse_overlay(text.encode(), name="eigen.txt", platforms=PLATFORMS)
    return apply_overlay(found, OURS)


def test_without_changes_ours_stays_as_it_is() -> None:
    assert apply_overlay([], OURS) == OURS


def test_what_is_added_stands_beside_ours() -> None:
    assert laid("weblogs app a.nl") == OURS | {pattern("a.nl"): WEBLOG}


def test_what_is_changed_stands_instead_of_ours() -> None:
    assert laid("x embed x.com") == OURS | {pattern("x.com"): X_EMBED}


def test_what_is_taken_out_goes_with_all_under_it() -> None:
    assert laid("- x.com") == {pattern("x.com"): None, pattern("=t.co"): X}


def test_a_hostname_taken_out_alone_leaves_what_is_under_it() -> None:
    assert laid("- =x.com") == OURS | {pattern("=x.com"): None}


def test_what_is_added_under_what_is_taken_out_comes_in_in_either_order() -> None:
    expected = {pattern("x.com"): None, pattern("=t.co"): X, pattern("school.x.com"): WEBLOG}
    assert laid("- x.com\nweblogs app school.x.com") == expected
    assert laid("weblogs app school.x.com\n- x.com") == expected


def test_a_change_says_what_it_changes() -> None:
    found, _ = parse_overlay(b"- a.nl", name="eigen.txt", platforms=PLATFORMS)
    assert found == [OverlayChange(HostnamePattern("a.nl"), None)]
