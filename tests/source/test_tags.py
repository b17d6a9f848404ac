"""Tags as the bytes that are kept: the same whoever writes them, and of one source only."""

from hypothesis import given
from hypothesis import strategies as st

from gateway.source.tags import (
    UNKNOWN_SUBJECT,
    Hashing,
    Tag,
    of_source,
    of_subject,
    of_tenant,
)

HASHING = Hashing(b"s" * 32)
TEXT = st.text(st.characters(), max_size=20)


@given(TEXT, TEXT, TEXT, TEXT)
def test_of_a_source_they_are_what_they_are_alone(
    tenant: str, source: str, kind: str, id: str
) -> None:
    """Who drops writes a tag whole, who keeps begins with what all tags of a source have."""
    family = HASHING.within(tenant, source)

    assert HASHING.of(Tag(tenant, source, kind, id)) == family.of(kind, id)
    assert HASHING.of(of_subject(tenant, source, id)) == family.subject(id)


def test_what_everything_of_a_source_has() -> None:
    family = HASHING.within("0999", "bag")
    tags = (of_tenant("0999"), of_source("0999", "bag"))

    assert set(map(HASHING.of, tags)) == family.shared
    assert HASHING.of(of_subject("0999", "bag", UNKNOWN_SUBJECT)) == family.subject("")


def test_no_two_sources_have_one_alike() -> None:
    """Nor where the end of one name is the beginning of the next."""
    names = [("0999", "bag"), ("0998", "bag"), ("0999", "ba"), ("0999b", "ag")]
    parts = [("g", "1"), ("resource:pand", "1"), ("resource:pan", "d1")]
    made = {HASHING.within(*name).of(*part) for name in names for part in parts}

    assert len(made) == len(names) * len(parts)
    assert all(len(tag) == 16 for tag in made)
