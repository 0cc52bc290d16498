"""Inline markup to plain text, keeping for every plain character the offset it came from.

One left-to-right pass with a pattern whose every branch is bounded, so no input makes it backtrack.  Independent of
blocks: a caller hands in a range of the source.
"""

from __future__ import annotations

import html
import re
from array import array
from dataclasses import dataclass, field, replace

from .citation_marks import (
    COMMAND,
    FLAT,
    LISTED,
    NAMED,
    NUMBERS,
    RAISED,
    SUPERSCRIPT,
    TOLD,
    WHEN,
    authors,
    command,
    named,
    numbers,
    years,
)
from .repair import rejoined, repaired

_STYLED = r"</?(?:sup|italic|i|em|b|bold)>"
_IN_SUP = r"(?:[\d\s,;–−\[\]-]|<a\b[^<>]{0,200}>|</a>)"
_TOKEN = re.compile(
    rf"""
    (?P<comment><!--)                                              # up to -->
  | (?P<xref><xref\b(?=[^<>]{{0,200}}ref-type="bibr")[^<>]{{0,400}}>(?P<shown>(?:[^<>]|{_STYLED}){{1,120}})</xref>
      | {RAISED}<sup\b[^<>]{{0,80}}>(?P<raised>(?=[^a-zA-Z]{{0,3}}(?:\d|<a\b)){_IN_SUP}{{1,200}})</sup>)
  | (?P<hidden><ref\b[^<>/]{{0,100}}>)                              # up to </ref>
  | (?P<refname><ref\ name=["']?(?P<key>[\w:. -]{{1,60}}?)["']?\s?/>)
  | (?P<raw><(?:script|style|iframe)\b)                            # up to the closing tag
  | (?P<tag></?[A-Za-z][^<>]{{0,2000}}>)
  | (?P<cite>\[\s{{0,2}}(?:(?:see|cf\.?|e\.g\.,?|also)\s)?(?:["'“”]\s?)?@[\w:.-]{{1,60}}(?:\s?["'“”])?
      (?:(?:,\s[^\[\]@;\n]{{1,40}}?)?\s?[;,]\s?(?:[a-z][a-z., ]{{0,30}}\s)?-?@[\w:.-]{{1,60}}){{0,30}}
      (?:,\s[^\[\]@\n]{{1,40}})?\s?\])
  | (?P<oddcite>\[{{1,2}}[ ]?@[\w:.-]{{1,60}}[ ]?[)}}\]]{{0,2}} | \[[\w:.-]{{1,60}}@\]
      | [({{]@[\w:.-]{{1,60}}[)}}\]] | @[a-z][\w-]{{2,40}}\d{{4}}[a-z]?\])
  | (?P<footnote>\[\^[\w-]{{1,40}}\])
  | (?P<number>\[\d{{1,3}}(?:\s?[,;–-]\s?\d{{1,3}}){{0,20}}\](?!\())
  | (?P<image>!\[[^\[\]\n]{{0,300}}\]\([^()\n]{{0,500}}\))
  | (?P<link>\[(?P<label>[^\[\]\n]{{1,300}})\](?P<gap>\s{{0,2}})
      \((?P<target>[^()\n]{{0,500}}(?:\([^()\n]{{0,100}}\)[^()\n]{{0,200}})?)\))
  | (?P<entity>&(?:\#\d{{1,7}}|\#x[0-9a-fA-F]{{1,6}}|[A-Za-z]{{2,31}});)
  | (?P<author>\[{LISTED}\](?!\() | \({LISTED}\))
  | (?P<told>(?<![\w-])(?P<who>{TOLD})\s(?P<when>{WHEN}))
  | (?P<ident>{NAMED}) | (?P<command>{COMMAND}) | (?P<flat>{SUPERSCRIPT}|{FLAT})
  | (?P<address>https?://[^\s<>()]{{1,500}})
  | (?P<strong>\*{{1,3}}|`{{1,3}}|(?<!\w)_{{1,2}}(?=\w)|(?<=\w)_{{1,2}}(?!\w))
  | (?P<escape>\\(?=[\\`*_{{}}\[\]()#+.!~<>|-]))
    """,
    re.X,
)
_KINDS = (
    "comment", "xref", "hidden", "refname", "raw", "tag", "cite", "oddcite", "footnote", "number", "image", "link",
    "entity", "author", "told", "ident", "command", "flat", "address", "strong", "escape",
)  # fmt: skip
_KEY = re.compile(r"@([\w:.-]*\w)")
_CLOSING = {name: re.compile(rf"</{name}", re.I) for name in ("script", "style", "iframe")}
_CELL_BREAK = re.compile(r"</?(?:td|th|tr|br|p|div|li)\b", re.I)


@dataclass(frozen=True)
class Citation:
    """A citation mark: where it stands, the keys it names, and how it is written (key, number, author)."""

    start: int
    end: int
    keys: tuple[str, ...]
    style: str
    well_formed: bool = True


@dataclass(frozen=True)
class Link:
    """A link: where it stands, its label, its target and where the target stands."""

    start: int
    end: int
    label: str
    target: str
    target_start: int


@dataclass
class Plain:
    """Plain text; `at[i]` is the source offset of character i, `at[len(text)]` the end of the last one."""

    text: str = ""
    at: array[int] = field(default_factory=lambda: array("l"))
    citations: list[Citation] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Give the source range that a range of plain text came from."""
        if start >= end:
            return self.at[start], self.at[start]
        return self.at[start], self.at[end - 1] + 1


def plain(source: str, start: int, end: int) -> Plain:
    """Take the inline markup out of a range of the source.

    Example:
        >>> found = plain("**IL-11** binds [gp130](/genes/il6st)[@taga1992].", 0, 49)
        >>> found.text, found.citations[0].keys
        ('IL-11 binds gp130.', ('taga1992',))
    """
    out = _Writer(source)
    end = min(end, len(source))
    at = start
    while at < end:
        match = _TOKEN.search(source, at, end)
        if match is None:
            break
        out.copy(at, match.start())
        at = _token(match, out, end)
    out.copy(at, end)
    return out.finish()


_SPACE = re.compile(r"[\s\ufeff\u200b]+")


class _Writer:
    def __init__(self, source: str) -> None:
        self.source = source
        self.parts: list[str] = []
        self.at = array("l")
        self.result = Plain()

    def copy(self, start: int, end: int) -> None:
        if start < end:
            self.parts.append(self.source[start:end])
            self.at.extend(range(start, end))

    def put(self, text: str, start: int) -> None:
        self.parts.append(text)
        self.at.extend([start] * len(text))

    def finish(self) -> Plain:
        text, at = rejoined(*repaired("".join(self.parts), self.at))
        keep = array("l")
        out: list[str] = []
        last = 0
        for run in _SPACE.finditer(text):  # runs of white space become one space; those at the ends go
            out.append(text[last : run.start()])
            keep.extend(at[last : run.start()])
            last = run.end()
            if keep and last < len(text):
                out.append(" ")
                keep.append(at[run.start()])
        out.append(text[last:])
        keep.extend(at[last:])
        keep.append(keep[-1] + 1 if keep else 0)
        self.result.text, self.result.at = "".join(out), keep
        self.result.citations = _ranges(self.result.citations, self.source)
        return self.result


def _ranges(marks: list[Citation], source: str) -> list[Citation]:
    """Fill the range that two marks with a dash between them span: "<xref>12</xref>–<xref>14</xref>"."""
    out: list[Citation] = []
    for mark in marks:
        last = out[-1] if out else None
        if last and source[last.end : mark.start].strip() in ("-", "–", "−") and last.style == mark.style == "number":
            span = numbers(f"{last.keys[-1]}-{mark.keys[0]}") if last.keys and mark.keys else ()
            mark = replace(mark, keys=(*span[1:-1], *mark.keys))
        out.append(mark)
    return out


def _token(match: re.Match[str], out: _Writer, end: int) -> int:
    """Handle one token; give the offset to go on from."""
    kind = next(name for name in _KINDS if match[name] is not None)
    start, stop, source = match.start(), match.end(), out.source
    if kind == "comment":
        after = source.find("-->", stop, end)
        return end if after < 0 else after + 3
    if kind == "raw":
        close = _CLOSING[match[0][1:].lower()].search(source, stop, end)
        gap = source.find(">", close.start(), end) if close else -1
        return gap + 1 if gap >= 0 else end
    if kind == "hidden":
        after = source.find("</ref>", stop, end)
        return after + 6 if after >= 0 else stop
    if kind in _MARKS:
        return _cited(kind, match, out)
    if kind == "link":
        return _link(match, out)
    if kind == "tag" and _CELL_BREAK.match(match[0]):
        out.put(" ", start)
    elif kind == "entity":
        text = html.unescape(match[0])
        out.put(text if len(text) <= 2 else match[0], start)
    return stop  # nothing is kept of other tags, images, bare addresses, emphasis, escapes


_MARKS = {"xref", "refname", "cite", "oddcite", "footnote", "number", "author", "told", "ident", "command", "flat"}


def _cited(kind: str, match: re.Match[str], out: _Writer) -> int:
    """Keep a citation mark and leave it out of the text; authors that the sentence itself names stay in it."""
    start, stop = match.span()
    keys, style, whole = _keys(kind, match)
    if kind == "told":
        out.copy(start, match.end("who"))
        start = match.start("when")
    out.result.citations.append(Citation(start, stop, keys, style, whole))
    return stop


def _keys(kind: str, match: re.Match[str]) -> tuple[tuple[str, ...], str, bool]:
    """Give the keys of a mark, its style, and whether it is well formed."""
    if kind == "xref":
        mark = re.sub(_STYLED, "", match["shown"] or match["raised"]).strip("[]() ")
        if re.fullmatch(r"[\d,;\s–−-]+", re.sub(r"<[^<>]*>|[\[\]]", "", mark)):
            return numbers(mark), "number", True
        return tuple(authors(mark)) or (mark,), "author", True
    if kind in ("cite", "oddcite"):
        keys = tuple(_KEY.findall(match[0])) or (re.sub(r"[^\w:.-]", "", match[0]),)
        odd = kind == "oddcite" or any(mark in match[0] for mark in "\"'“”") or match[0].startswith("[ ")
        return keys, "key", not odd
    if kind == "footnote":
        return (match[0][2:-1],), "key", True
    if kind in ("number", "flat"):
        return numbers(match[0]), "number", True
    if kind == "ident":
        return *named(match[0]), True
    if kind == "command":
        return command(match[0]), "command", True
    if kind == "refname":
        return (match["key"],), "command", True
    if kind == "told":
        return tuple(f"{match['who']} {year}" for year in years(match["when"])), "author", True
    return tuple(authors(match[0])), "author", True


_TO_REFERENCE = re.compile(r"#|(?:ref|cite|bib|note|r)[-_]?\d", re.I)


def _link(match: re.Match[str], out: _Writer) -> int:
    start, stop = match.span("label")
    if re.fullmatch(NUMBERS, match["label"]) and _TO_REFERENCE.search(match["target"]):
        out.result.citations.append(Citation(*match.span(), numbers(match["label"]), "number"))
        return match.end()
    inner = plain(out.source, start, stop)
    out.parts.append(inner.text)
    out.at.extend(inner.at[: len(inner.text)])
    out.result.links.append(Link(match.start(), match.end(), inner.text, match["target"], match.start("target")))
    return match.end()
