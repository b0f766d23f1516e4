"""What a school typed is shown as it was typed."""

import pytest

from dashboards.papers.markdown import escape_markdown


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Het Voorbeeld", "Het Voorbeeld"),
        ("3 havo | vwo", r"3 havo \| vwo"),
        ("fg_en_ict@school.example", r"fg\_en\_ict@school.example"),
        ("<b>*vet*</b>", r"\<b\>\*vet\*\</b\>"),
        ("[link](x)", r"\[link\](x)"),
        ("twee\nregels  hier", "twee regels hier"),
    ],
)
def test_no_character_means_anything_to_markdown(typed: str, written: str) -> None:
    assert escape_markdown(typed) == written
