"""P(read right) of a rule: counted, shrunk, lowered to what a new document gives."""

from __future__ import annotations

from importlib.resources import files

from pleio.reading import open_document, read
from pleio.reading.right import BLIND, read_right


def _rows() -> list[tuple[str, int, int]]:
    text = (files("pleio.reading") / "right.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return [(rule, int(right), int(count)) for rule, right, count in lines]


def test_the_mean_over_all_statements_is_the_precision_of_the_blind_try() -> None:
    rows = _rows()
    mean = sum(read_right(rule) * count for rule, _, count in rows) / sum(count for _, _, count in rows)
    assert abs(mean - BLIND) < 0.03


def test_a_rule_that_erred_counts_less_than_one_of_its_size_that_did_not() -> None:
    rows = {rule: (right, count) for rule, right, count in _rows()}
    assert all(0 < read_right(rule) < 1 and right <= count for rule, (right, count) in rows.items())
    perfect = [rule for rule, (right, count) in rows.items() if right == count and count >= 20]
    poor = [rule for rule, (right, count) in rows.items() if right < 0.8 * count and count >= 5]
    assert perfect and poor
    assert min(map(read_right, perfect)) > max(map(read_right, poor))


def test_a_statement_carries_it() -> None:
    found = read(open_document(b"IL-6 increased SOCS3 mRNA in hepatocytes."))
    assert [(s.to_json()["rule"], s.to_json()["read_right"]) for s in found] == [
        ("effect.active", round(read_right("effect.active"), 3))
    ]
