"""What others' lists have and we leave out: nothing of it is recognised."""

from monitor.catalogue import load_catalogue
from monitor.catalogue.comparison.left_out import load_left_out_list
from monitor.catalogue.platform_files import load_platform_files as read_files

LEFT_OUT = load_left_out_list()
CATALOGUE = load_catalogue(switched_on=[file.name for file in read_files()[0] if not file.is_on])


def test_nothing_that_is_left_out_is_recognised() -> None:
    names = [str(pattern) for group in LEFT_OUT.groups for pattern in group.hostnames]
    assert {name for name in names if CATALOGUE.recognise(name)} == set()
    assert len(names) == len(set(names))


def test_every_group_has_a_platform_a_reason_and_a_dated_source() -> None:
    platforms = {platform.name for platform in CATALOGUE.platforms}
    for group in LEFT_OUT.groups:
        assert group.platform in platforms
        assert group.why
        assert all(any(map(str.isdigit, source)) for source in group.sources)
