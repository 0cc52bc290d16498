"""CURIEs, digests and errors."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pleio.base import curies
from pleio.base.digests import canonical, digest
from pleio.base.errors import InputError, ModelError, Problem, nearest

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(), JSON, max_size=6))
def test_the_order_of_keys_does_not_change_a_digest(value: dict[str, object]) -> None:
    assert digest(value) == digest(dict(reversed(value.items())))


@given(JSON, JSON)
def test_equal_canonical_forms_mean_equal_values(a: object, b: object) -> None:
    if canonical(a) == canonical(b):
        assert a == b


def test_numbers_that_json_cannot_hold_are_refused() -> None:
    for value in (math.nan, math.inf):
        with pytest.raises(ValueError):
            canonical([value])


@pytest.mark.parametrize(
    "curie", ["hgnc:5966", "uniprot:P20809", "pmc:PMC9408968", "doi:10.1038/s41586-024-07701-9", "cl:0000057"]
)
def test_curies_parse_and_resolve(curie: str) -> None:
    prefix, local = curies.parse(curie)
    assert f"{prefix}:{local}" == curie
    assert local in curies.address(curie)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("IL11", "'IL11': is not a CURIE; write prefix:id, such as hgnc:5966"),
        ("hgcn:5966", "'hgcn:5966': unknown prefix 'hgcn'; did you mean 'hgnc'?"),
        ("hgnc:IL11", "'hgnc:IL11': 'IL11' is not a HGNC id; its form is \\d{1,5}"),
    ],
)
def test_what_is_not_a_curie_is_said(text: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        curies.parse(text)
    assert str(error.value) == message


def test_an_error_shows_all_problems_and_is_caught_as_a_builtin() -> None:
    error = ModelError("model 'm'", [Problem("a", "is wrong", "mend it"), Problem("b", "is missing")])
    assert str(error) == "model 'm' has 2 problems\n  a: is wrong; mend it\n  b: is missing"
    assert isinstance(error, ValueError)
    assert isinstance(error, InputError)


def test_nearest_says_nothing_when_nothing_is_near() -> None:
    assert nearest("zzz", [f"name{i}" for i in range(50)]) == ""
