"""Links whose syntax is broken, in Markdown, in wikis and in HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PATH = r"/?[\w.~-]+(?:/[\w.~%-]+)+"
_SLIPS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\[(?P<l>[^\[\]\n]{1,200})\]\s{1,3}\((?P<t>" + _PATH + r")\)"), "a gap between label and target"),
    (
        re.compile(
            r"\[(?P<l>[^\[\]\n]{1,200})\]\((?P<t>(?:\.{0,2}/)?[\w.~%/-]*[\w~%/-])(?=$|[\s,;\[](?!\))|\.(?:\s|$)|\s?\()(?!\))",
            re.M,
        ),
        "the closing parenthesis is missing",
    ),
    (re.compile(r"\[(?P<l>[^\[\]\n]{1,200})\((?P<t>\.{0,2}/[\w.~%/-]+)\)"), "the closing bracket is missing"),
    (re.compile(r"\[(?P<l>[^\[\]\n]{1,200})\[\((?P<t>\.{0,2}/[\w.~%/-]+)\)"), "a bracket is the wrong way round"),
    (
        re.compile(r"(?<![\]\w])(?P<l>[A-Z][\w/ -]{0,60})\]\((?P<t>\.{0,2}/[\w.~%/-]+)\)"),
        "the opening bracket is missing",
    ),
    (re.compile(r"(?<!\])\((?P<t>/[\w.~%-]+/[\w.~%-]+)\)\[(?P<l>[^\[\]@\n]{1,200})\]"), "label and target are swapped"),
    (re.compile(r"\[(?P<l>[^\[\]\n]{1,200})\]\[(?P<t>\.{0,2}/[\w.~%/-]+)\]"), "the target stands in brackets"),
    (re.compile(r"\[(?P<l>[^\[\]\n]{1,200})\]\{(?P<t>\.{0,2}/[\w.~%/-]+)\}"), "the target stands in braces"),
    (re.compile(r"\[(?P<l>[^\[\]\n]{1,200})\](?P<t>/[\w.~%-]+/[\w.~%/-]+)"), "the target stands without parentheses"),
    (re.compile(r"\[\[(?P<l>[^\[\]\n]{1,200})\]\((?P<t>\.{0,2}/[\w.~%/-]+)\)(?!\])"), "a bracket too many"),
    (re.compile(r"\[(?P<l>[^\[\]\n]{1,200})\]\(\((?P<t>\.{0,2}/[\w.~%/-]+)\){1,2}"), "the parentheses are doubled"),
    (
        re.compile(r"\[(?P<l>[^\[\]\n]{1,200})\]\((?P<t>\.{0,2}/[\w.~%/-]+)[\"'>](?=[\s,.;]|$)"),
        "it ends in a stray quote",
    ),
    (
        re.compile(r"\[(?P<l>[^\[\]\n]{1,200})\]\s?[:;=-]\s?\((?P<t>\.{0,2}/[\w.~%/-]+)\)"),
        "a mark between label and target",
    ),
    (
        re.compile(r"\[(?P<l>[^\[\]\n]{1,200})\]\((?P<t>\.{0,2}/[\w.~%/-]+)\)\)(?<=\)\))(?![^(\n]*\))"),
        "a parenthesis too many",
    ),
)
_NO_TARGET = re.compile(r"\[[^\[\]\n]{1,200}\]\(<\s?>\)")
_NO_LABEL = re.compile(r"(?<!!)\[\s?\]\(/[\w.~%/-]+\)")
_OPEN_QUOTE = re.compile(
    r"""<a\s[^<>"']{0,200}href\s*=\s*(?:"[^"<>]{0,500}|'[^'<>]{0,500})>[^<>\n]{0,200}(?:</a>)?""", re.I
)
_DEFINED = re.compile(r"^[ ]{0,3}\[(?P<name>[^\[\]\n^@]{1,60})\]:[ \t]+\S", re.M)
_BY_NAME = re.compile(r"(?<!\])\[(?P<l>[^\[\]\n@^]{1,200})\]\[(?P<name>[^\[\]\n@^]{0,60})\](?![\[(])")
_OPEN_TAG = re.compile(r"<a\s[^<>\n]{1,300}(?=<)", re.I)
_BARE_HREF = re.compile(r"""<a\s(?:[^<>"']{0,200}\s)?href\s*(?:=\s*)?(?=>)[^<>]{0,9}>[^<>\n]{0,200}(?:</a>)?""", re.I)
_TWO_WORDS = re.compile(
    r"""<a\s[^<>"']{0,200}href\s*=\s*[^\s"'<>]{1,300}\s+(?!download|hidden|inert|itemprop)[^\s"'<>=]{1,60}>[^<>\n]{0,200}"""
    r"""(?:</a>)?""",
    re.I,
)
_NO_WIKI_TARGET = re.compile(r"\[\[\s?(?:\|[^\[\]\n]{0,100})?\]\]")
_NO_WIKI_LABEL = re.compile(r"\[\[(?P<t>[^\[\]\n|]{1,100})\|\s?\]\]")
_WIKI = re.compile(r"\[\[[^\[\]\n@]{1,100}\]\]")
_HALF_WIKI = re.compile(
    r"(?<!\[)(?:\[\[[^\[\]\n@]{1,100}\](?![\](])|(?<!\[)\[[^\[\]\n@]{1,100}\]\]|\[\[[\w -]{1,60}(?=$|[\n.,;:)]))",
    re.M,
)


@dataclass(frozen=True)
class Broken:
    """A broken link: where it stands, what is wrong, how it should be written, or else what to do."""

    start: int
    end: int
    what: str
    right: str = ""
    advice: str = ""


def broken_links(text: str) -> Iterator[Broken]:
    """Find the links whose syntax is broken; the same place may be given more than once, the likeliest first."""
    for pattern, what in _SLIPS:
        for match in pattern.finditer(text):
            if what == "the closing parenthesis is missing" and _is_closed(text, match.start(), match.end()):
                continue
            if what == "a parenthesis too many" and _is_open(text, match.start(), "(", ")"):
                continue
            if what == "the opening bracket is missing" and _is_open(text, match.start(), "[", "]"):
                continue
            yield Broken(*match.span(), what, f"[{match['l']}]({match['t']})")
    for pattern, what, advice in (
        (_NO_TARGET, "it has no target", "give it a target"),
        (_NO_LABEL, "it has no label", "give it a label"),
        (_OPEN_QUOTE, "the quote around its target is not closed", "close the quote"),
        (_OPEN_TAG, "its tag is not closed", "close the tag: >"),
        (_BARE_HREF, "it has no target", "give it a target"),
        (_TWO_WORDS, "there is a space in the target", "put the target in quotes, without a space"),
    ):
        yield from (Broken(*match.span(), what, "", advice) for match in pattern.finditer(text))
    names = {match["name"].lower() for match in _DEFINED.finditer(text)}
    for match in _BY_NAME.finditer(text) if names else ():
        name = match["name"] or match["l"]
        if name.lower() not in names and not name.isdigit() and not match["l"].isdigit():
            yield Broken(*match.span(), f"no target is defined for '{name}'", "", f"define it: [{name}]: /…")
    if _WIKI.search(text):
        for match in _NO_WIKI_TARGET.finditer(text):
            yield Broken(*match.span(), "it has no target", "", "give it a target")
        yield from (Broken(*m.span(), "its label is empty", f"[[{m['t']}]]") for m in _NO_WIKI_LABEL.finditer(text))
        yield from (
            Broken(*match.span(), "a bracket is missing", f"[[{match[0].strip('[]')}]]")
            for match in _HALF_WIKI.finditer(text)
        )


def _is_closed(text: str, start: int, end: int) -> bool:
    """Say whether a link whose target breaks off is closed further on: there is a space in its target, no more."""
    return bool(re.compile(r"[^()\n]{0,300}\)").match(text, end)) and not _is_open(text, start, "(", ")")


def _is_open(text: str, at: int, opening: str, closing: str) -> bool:
    """Say whether a bracket is open before an offset in its line."""
    line = text[max(text.rfind("\n", 0, at) + 1, at - 1000) : at]
    return line.count(opening) > line.count(closing)
