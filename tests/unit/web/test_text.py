"""Text: which sentence a claim stands behind, how citations are numbered, and that nothing in it can act."""

# ruff: noqa: E501 -- tables of cases read better in one line each
from __future__ import annotations

import re

import pytest
from lxml import html

from pleio.web.render.text import Link, Setting, quoted, set_line, set_text

LINKS = {
    "a": Link("A increases B", 0.9, "increases", False, "/claim/a"),
    "b": Link("B decreases C", 0.4, "decreases", True, "/claim/b"),
}


def underlined(text: str) -> list[str]:
    """Give the sentences that are tied to claims."""
    (section,) = set_text(text, Setting(LINKS, {"k": "pubmed:1", "m2000": "pubmed:2"}))
    found = html.fragment_fromstring(str(section.html), create_parent="div").findall(".//span")
    return [
        "".join(span.itertext()).replace("\u2060", "") for span in found if "claim" in (span.get("class") or "").split()
    ]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two is tied. {claim: a}", ["Two is tied."]),
        ("One is tied. {claim: a} Two is too. {claim: b}", ["One is tied.", "Two is too."]),
        ("Tied by two. {claim: a, b} Not this.", ["Tied by two."]),
        ("Of 5.2 mg/kg e.g. in mice vs. men, Smith et al. found it. {claim: a}", ["Of 5.2 mg/kg e.g. in mice vs. men, Smith et al. found it."]),
        ("First. With *emphasis. Inside* and [a link. Here](https://x.org) it goes on. {claim: a}", ["With emphasis. Inside and a link. Here it goes on."]),
        ("First. The cited one. [@k] {claim: a}", ["The cited one.1"]),
        ("Is it? It is. {claim: a}", ["It is."]),
        ("- A bullet is tied. {claim: a}", ["A bullet is tied."]),
        ("An unknown claim. {claim: zzz}", []),
        ("{claim: a}", []),
        ("The first.\nThe second on a new line. {claim: a}", ["The second on a new line."]),
        ("No stop at all {claim: a}", ["No stop at all"]),
        ("One [@k]. {claim: a} Two [@m2000]. {claim: a}", ["One1.", "Two2."]),
    ],
)  # fmt: skip
def test_a_marker_ties_the_sentence_before_it(text: str, sentences: list[str]) -> None:
    assert [re.sub(r"\s+", " ", sentence) for sentence in underlined(text)] == sentences


def test_a_mark_says_what_it_leads_to() -> None:
    (section,) = set_text("It falls. {claim: b}", Setting(LINKS, {}))
    mark = html.fragment_fromstring(str(section.html)).find(".//a")
    assert mark.get("href") == "/claim/b"
    assert mark.get("aria-label") == "claim: B decreases C; belief 0.40, contested"
    assert mark.text == "◐"
    assert section.claims == ("b",)


def test_sections_are_parted_at_headings_and_named_apart() -> None:
    sections = set_text("Before.\n\n## One & two\n\nx\n\n### Within\n\ny\n\n## One & two\n\nz\n", Setting({}, {}))
    assert [(s.id, s.title) for s in sections] == [("text", ""), ("one-two", "One & two"), ("one-two-2", "One & two")]
    assert "<h3>" in sections[1].html and "<h2" not in sections[1].html


def test_citations_are_numbered_in_the_order_in_which_they_come() -> None:
    setting = Setting({}, {"x": "pubmed:2", "y": "pubmed:1", "z": "pubmed:2"})
    line = set_line("One [@x; @y], again [@z], unknown [@w].", setting)
    assert re.findall(r"#ref-(\d)", line) == ["1", "2", "1"]
    assert setting.numbers == {"pubmed:2": 1, "pubmed:1": 2}
    assert 'class="dead"' in line


PAYLOADS = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>", "<svg><script>alert(1)</script></svg>",
    "<iframe src=javascript:alert(1)></iframe>", "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](data:text/html,<script>alert(1)</script>)",
    "[x](vbscript:msgbox(1))", "[x]( javascript:alert(1))", "![x](javascript:alert(1))", '![x](x" onerror="alert(1))', "<a href='javascript:alert(1)'>x</a>",
    "<math><mtext></mtext><mglyph><style><img src=x onerror=alert(1)>", "<details open ontoggle=alert(1)>", "<body onload=alert(1)>", "<style>@import 'x'</style>",
    "<link rel=stylesheet href=//evil>", "<base href=//evil>", "<meta http-equiv=refresh content='0;url=//evil'>", "<object data=x>", "<embed src=x>",
    "<form action=//evil><input>", "<x onclick=alert(1)>", "</script><script>alert(1)</script>", "<!--><script>alert(1)</script>", "<![CDATA[<script>alert(1)</script>]]>",
    "\"><script>alert(1)</script>", "'><img src=x onerror=alert(1)>", "{{7*7}}", "{% raw %}", "${7*7}", "<template><script>alert(1)</script></template>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;", "\u003cscript\u003e",
    "<scr\x00ipt>alert(1)</scr\x00ipt>", "<<script>script>alert(1)<</script>/script>", "[@k\" onmouseover=\"alert(1)]", "{claim: a\" onmouseover=\"x}",
    "<a href=\"&#106;avascript:alert(1)\">x</a>", "[x](&#106;avascript:alert(1))", "<svg><a xlink:href=javascript:alert(1)>", "<isindex action=javascript:alert(1)>",
]  # fmt: skip


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_in_a_text_can_act(payload: str) -> None:
    setting = Setting(LINKS, {"k": "pubmed:1"})
    made = "".join(str(s.html) for s in set_text(f"Before {payload} after. {{claim: a}}\n\n{payload}\n", setting))
    for text in (made, str(set_line(payload, setting)), str(quoted(payload, [(0, 3, "finding", payload)]))):
        root = html.fragment_fromstring(text, create_parent="div")
        for element in root.iter():
            assert element.tag in {"div", "p", "a", "span", "sup", "em", "strong", "code", "mark", "ul", "li", "blockquote", "pre", "br"}  # fmt: skip
            assert not [name for name in element.attrib if name.startswith("on") or name == "style"]
            address = (element.get("href") or "#").strip().lower()
            assert address.startswith(("#", "/", "http://", "https://", "mailto:")) or ":" not in address


def test_spans_of_a_document_are_marked_exactly() -> None:
    assert quoted("ab<c>d", [(2, 5, "finding error", "a & b"), (3, 4, "x", "overlaps"), (5, 99, "x", "beyond")]) == (
        'ab<mark class="finding error" title="a &amp; b">&lt;c&gt;</mark>d'
    )
