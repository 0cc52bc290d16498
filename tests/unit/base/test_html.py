"""What a notebook shows of our values: well-formed, escaped, with what matters in it."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from pleio import library, load
from pleio.artifacts import seal
from pleio.base.html import table

HOSTILE = "<script>alert(1)</script>\"&'"


class Checker(HTMLParser):
    """Collects elements and text; every element is closed in turn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.seen: set[str] = set()
        self.words = ""
        self.feed(text)
        assert self.opened == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened.append(tag)
        self.seen.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.opened.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data + " "


ALLOWED = {"p", "strong", "table", "thead", "tbody", "tr", "th", "td"}


def shown(value: Any) -> str:
    checker = Checker(value._repr_html_())
    assert checker.seen <= ALLOWED
    return checker.words


def test_values_show_what_matters() -> None:
    il11 = library.open("il11")
    claim = next(iter(il11.claims))
    assert str(claim) in shown(claim)
    belief = next(iter(il11.belief().contests.values()))
    words = shown(belief)
    assert all(f"{share:.2f}" in words for share in belief.outcomes.values())
    network = load("A => B; k*A\nk = 1; A = 2")
    assert "A -> B" in shown(network)
    envelope = seal("document", HOSTILE, {"text": "x"})
    assert HOSTILE in shown(envelope)
    assert HOSTILE in shown(replace(network, name=HOSTILE))


def test_a_result_shows_its_endpoints() -> None:
    study = library.open("il11").study("anti-il11-lifespan")
    words = shown(study.run(4))
    labels = [endpoint.label for endpoint in study.study.endpoints.values()]
    assert labels and all(label and label in words for label in labels)


@pytest.mark.parametrize("count", [0, 60, 61])
def test_long_tables_are_cut_and_say_so(count: int) -> None:
    text = table(["x"], [(i,) for i in range(count)])
    assert ("… and 1 more" in text) == (count == 61)
