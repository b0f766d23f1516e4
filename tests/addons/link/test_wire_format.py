"""A datagram is a sighting that is read as it was written, or it is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addons.link.wire_format import MAX_DATAGRAM_SIZE, decode_sighting, encode_sighting
from monitor.evidence import Evidence, HidingMethod
from monitor.sighting import Sighting
from tests.addons.link.cast import SEEN

NAMES = st.text(st.characters(codec="ascii"), max_size=255)
BYTES = st.integers(0, (1 << 64) - 1)

sightings = st.builds(
    Sighting,
    st.floats(allow_nan=False, allow_infinity=False),
    st.binary(min_size=4, max_size=4) | st.binary(min_size=16, max_size=16),
    NAMES,
    st.sampled_from(Evidence),
    BYTES,
    BYTES,
    st.booleans(),
    NAMES,
    st.none() | st.sampled_from(HidingMethod),
    st.just(b"") | st.binary(min_size=6, max_size=6),
)


@given(sightings)
def test_what_was_packed_is_unpacked(sighting: Sighting) -> None:
    datagram = encode_sighting(sighting)
    assert decode_sighting(datagram) == sighting
    assert len(datagram) <= MAX_DATAGRAM_SIZE


@given(sightings, st.data())
def test_cut_datagram_is_refused_or_lacks_a_part_of_its_last_name(
    sighting: Sighting, data: st.DataObject
) -> None:
    whole = encode_sighting(sighting)
    cut = whole[: data.draw(st.integers(0, max(0, len(whole) - 1)))]
    if len(cut) < len(whole) - len(sighting.cname):
        with pytest.raises(ValueError, match="no sighting"):
            decode_sighting(cut)
    else:
        assert decode_sighting(cut) == sighting._replace(cname=decode_sighting(cut).cname)


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"\x01", encode_sighting(SEEN)[:20], encode_sighting(SEEN)]),
)
def test_any_bytes_are_a_sighting_or_refused(data: bytes, before: bytes) -> None:
    try:
        sighting = decode_sighting(before + data)
    except ValueError:
        return
    assert len(sighting.client) in (4, 16)
    assert abs(sighting.timestamp) < float("inf")


@pytest.mark.parametrize("evidence", Evidence)
@pytest.mark.parametrize("method", [None, *HidingMethod])
def test_every_kind_of_evidence_and_every_way_to_hide_arrives(
    evidence: Evidence, method: HidingMethod | None
) -> None:
    sighting = SEEN._replace(evidence=evidence, hiding_method=method)
    assert decode_sighting(encode_sighting(sighting)) == sighting
