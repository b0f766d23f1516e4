"""Which versions are known, beside a list that was written down a second time."""

from addons.names.quic.versions import VERSIONS
from tests.addons.names.quic.initials import SALTS


def test_salts() -> None:
    for number, salt in SALTS.items():
        assert VERSIONS[number.to_bytes(4)].salt.hex() == salt, hex(number)


def test_others_are_facebooks() -> None:
    others = {int.from_bytes(number) for number in VERSIONS} - set(SALTS)
    assert others <= set(range(0xFACEB000, 0xFACEB020))


def test_every_salt_has_its_size() -> None:
    assert {len(version.salt) for version in VERSIONS.values()} == {20}
