"""Every identifier written by hand names, in the table of its ontology, the thing that is written beside it."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import pleio.library
from pleio.base import yaml
from pleio.claims.vocabulary import SPECIES
from pleio.library.keeping.adding import disagreement
from pleio.reading import vocabulary
from pleio.reading.names.keys import key_of, singular

TABLES = Path(vocabulary.__file__).parent
LIBRARY = Path(pleio.library.__file__).parent / "il11"
NAMED = re.compile(r"((?:uberon|cl|chebi|hgnc|hp|mondo|go|fplx|mesh|ncbitaxon):\w+) (.+)")
CATEGORIES = set("gene family chemical protein component molecule drug cell process pathway".split()) | set(
    "disease phenotype species tissue".split()
)


def rows(table: str) -> list[list[str]]:
    data = (TABLES / table).read_bytes()
    text = (gzip.decompress(data) if table.endswith(".gz") else data).decode("utf-8")
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]


@cache
def tables() -> dict[str, frozenset[str]]:
    """Give the keys of each CURIE's names as the ontologies have them, `curated.tsv` left out."""
    known: dict[str, set[str]] = {}
    for hgnc, symbol, name, *_ in rows("genes.tsv.gz"):
        known[f"hgnc:{hgnc}"] = {key_of(symbol), key_of(name)}
    for key, curie, _, label, _ in rows("names.tsv.gz"):
        known.setdefault(curie, set()).update((key, key_of(label)))
    for key, curie, label in rows("drugs.tsv.gz"):
        known.setdefault(curie, set()).update((key, key_of(label)))
    for curie, label, synonyms in rows("labels.tsv"):
        known.setdefault(curie, set()).update(key_of(text) for text in (label, *synonyms.split("|")) if text)
    return {curie: frozenset(keys) for curie, keys in known.items()}


def curated() -> list[list[str]]:
    return [row for row in rows("curated.tsv") if row[0] != "-"]


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from strings(each)


def misnamed(curie: str, name: str) -> bool:
    keys = tables().get(curie, frozenset())
    key = key_of(name)
    return not {key, singular(key)} & {*keys, *map(singular, keys)}


def test_a_curated_label_is_a_name_that_the_table_has() -> None:
    wrong = {f"{curie} {label}" for curie, label, *_ in curated() if misnamed(curie, label)}
    assert not wrong


def test_a_curated_gene_carries_its_symbol() -> None:
    symbols = {f"hgnc:{row[0]}": row[1] for row in rows("genes.tsv.gz")}
    assert not {f"{c} {label}" for c, label, *_ in curated() if c.startswith("hgnc:") and symbols.get(c) != label}


def test_one_thing_has_one_line() -> None:
    curies = [row[0] for row in curated()]
    labels = [row[1] for row in rows("curated.tsv")]
    assert not {curie for curie in curies if curies.count(curie) > 1}
    assert not {label for label in labels if labels.count(label) > 1}


def test_a_curated_category_is_one_that_reading_knows() -> None:
    assert {row[2] for row in rows("curated.tsv")} <= CATEGORIES


def test_what_has_no_identifier_is_a_label_of_no_table() -> None:
    """Else the identifier is there to be given."""
    labels = {key_of(row[3]) for row in rows("names.tsv.gz")}
    assert not {row[1] for row in rows("curated.tsv") if row[0] == "-" and key_of(row[1]) in labels}


def test_each_curie_of_the_library_is_what_is_written_beside_it() -> None:
    named = {
        found.groups()
        for path in LIBRARY.rglob("*.yaml")
        for text in strings(yaml.load(path).value)
        if (found := NAMED.fullmatch(text))
    }
    everyday = {row[0]: {key_of(name) for name in row[3].split("|")} for row in curated()}
    assert len(named) > 100
    assert not {
        f"{curie} {name}"
        for curie, name in named
        if curie not in tables() or (misnamed(curie, name) and key_of(name) not in everyday.get(curie, ()))
    }


def test_the_species_of_claims_are_those_of_the_taxonomy() -> None:
    for word, curie in SPECIES.items():
        assert any(word in key.split() or key == key_of(word) for key in tables()[curie]), (word, curie)


@pytest.mark.parametrize(
    ("text", "help_"),
    [("ncbitaxon:9541 rhesus monkey", "ncbitaxon:9544"), ("uberon:0002107 heart", "uberon:0000948")],
)
def test_a_name_beside_the_identifier_of_another_thing_is_a_problem(text: str, help_: str) -> None:
    (found,) = disagreement("subject", text)
    assert help_ in found.help
