"""Blocks of Markdown, scraped pages, plain text and PDF text: decided line by line.

Headings are those that are marked (`#`, underlined) and, in a scrape that lost its marks, short title-like lines.
"""

from __future__ import annotations

import re

from .document import Document
from .listed import label_lists, pipe_tables, spaced_tables
from .structure import BULLET, HEADING, LINK, PARAGRAPH, REFERENCE, RESIDUE, Block, Table

_HASHES = re.compile(r"[ ]{0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
_BULLET = re.compile(r"[ \t]*(?:[-*+•·▪‣–][ \t]+|\(?\d{1,3}[.)][ \t]+)")
_LINK_ONLY = re.compile(
    r"(?:(?:\[\[[^\[\]\n]{1,200}\]\]|\[[^\[\]\n]{1,200}\]?\s{0,2}\([^()\n]{0,300}\)?)[\s,;|·]*){1,40}$"
)
_UNDERLINE = re.compile(r"[ ]{0,3}(=+|-{3,})[ \t]*$")
_RULE = re.compile(r"[ ]{0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n[\w-]+:(?:[^\n]{0,1000}\n){0,200}?(?:---|\.\.\.)[ \t]*(?:\r?\n|$)")
_TABLE_LINE = re.compile(r"[ \t]*\|.*\|[ \t]*$")
_RESIDUE = re.compile(
    r"\s*(?:▸|▶|<iframe\b|https?://\S+\s*$|No provenance\b|Use \?embed\b|\|\s*_*[a-z]+(?:_[a-z]+)+\s*\|)"
)
REFERENCE_TITLES = {
    "references", "bibliography", "literature", "literature cited", "works cited", "citations", "sources",
    "reference list",
    "reference", "notes and references", "references and notes",
}  # fmt: skip
SMALL_WORDS = {
    "a",
    "an",
    "the",
    "of",
    "in",
    "and",
    "or",
    "for",
    "to",
    "on",
    "with",
    "by",
    "from",
    "as",
    "at",
    "via",
    "into",
    "vs",
}
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|can|may|might|could|does|do|did|will|would|be|been|binds?|activates?|inhibits?|"
    r"increases?d?|decreases?d?|reduces?d?|promotes?d?|induces?d?|stimulates?d?|supports?|regulates?|plays?)\b"
)


def blocks_of_lines(document: Document, tables: list[tuple[int, int]]) -> list[Block]:
    """Cut a text into blocks; ranges covered by tables are left out."""
    front = _FRONT_MATTER.match(document.text)
    lines = [line for line in _lines(document.text, tables) if front is None or line[0] >= front.end()]
    marked = any(_HASHES.match(document.text, s, e) for s, e in lines)
    blocks: list[Block] = []
    in_references = False
    reference_level = 0
    for index, (start, end) in enumerate(lines):
        line = document.text[start:end]
        if not line.strip():
            blocks.append(Block("gap", start, end))
            continue
        following = document.text[slice(*lines[index + 1])] if index + 1 < len(lines) else ""
        alone = not marked and not following.strip() and (not blocks or blocks[-1].kind in ("gap", HEADING))
        after = next((document.text[a:b] for a, b in lines[index + 1 : index + 6] if a < b), "") if alone else ""
        block = _chapter(line, start, end, after) if alone else None
        block = block or _block(line, start, end, following, marked)
        if block.kind == HEADING:
            title = re.sub(r"^\d[\d.]*[.)]?\s+", "", line.strip().lstrip("#").strip().strip("*:").strip().lower())
            if title in REFERENCE_TITLES and not (title in _EITHER_TITLES and _is_prose(document.text, lines, index)):
                in_references, reference_level = True, block.level
            elif not block.level or not reference_level or block.level <= reference_level:
                in_references = False
        elif in_references and block.kind in (BULLET, PARAGRAPH, LINK):
            lead = _BULLET.match(line)
            offset = lead.end() if lead and not re.match(r"\s*\(?\d", line) else len(line) - len(line.lstrip())
            block = Block(REFERENCE, start + offset, end, key=reference_key(line[offset:]))
        blocks.append(block)
    return [b for b in _joined(document.text, blocks) if b.kind not in ("gap", "rule")]


_EITHER_TITLES = {"sources", "literature", "citations"}  # also of sections about where a molecule comes from
_CITES = re.compile(r"\b(?:19|20)\d\d\b|\bdoi\b|https?:|\bPMID\b|^\s*[-*]?\s*\[", re.I)


def _is_prose(text: str, lines: list[tuple[int, int]], index: int) -> bool:
    """Say whether the first line after a heading is no entry of a bibliography."""
    first = next((text[a:b] for a, b in lines[index + 1 : index + 6] if text[a:b].strip()), "")
    return bool(first) and not _CITES.search(first)


def tables_of_lines(document: Document, tables: list[Table]) -> list[Table]:
    """Find the tables that lines write, outside those that tags write.

    Columns of a database that a scrape left behind are no table.  A list of labels is an infobox only where the page
    has no other, so that a list of links does not count as a second one.
    """
    text = document.text
    lines = _lines(text, [(t.start, t.end) for t in tables])
    found = [t for t in pipe_tables(text, lines) if not any(_RESIDUE.match(text, r.start, r.end) for r in t.rows)]
    found += spaced_tables(text, [line for line in lines if not any(t.start <= line[0] < t.end for t in found)])
    if not any(t.infobox for t in [*tables, *found]):
        found += label_lists(text, lines)[:1]
    return found


def reference_key(text: str) -> str:
    """Give the key by which an entry of a bibliography is cited; empty if it shows none.

    Example:
        >>> reference_key("[@hirano1986]: Hirano T et al."), reference_key("12. Kishimoto T."), reference_key("[^a]: X")
        ('hirano1986', '12', 'a')
    """
    match = re.match(
        r"\s*\[[\^@]{0,2}([\w:.-]{1,60}?)\]:?|\s*@([\w:.-]{1,60}?)[:\s]|\s*(\d{1,3})[.)]\s|"
        r"\s*([a-z][\w-]*\d{4}[a-z]?):",
        text,
    )
    return next((part for part in match.groups() if part), "") if match else ""


def _lines(text: str, tables: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give the ranges of the lines, without their newline, that lie outside tables."""
    out: list[tuple[int, int]] = []
    at, table = 0, 0
    while at < len(text):
        while table < len(tables) and tables[table][1] <= at:
            table += 1
        end = text.find("\n", at)
        stop = len(text) if end < 0 else end
        if table < len(tables) and tables[table][0] < stop:
            if at < tables[table][0]:
                out.append((at, tables[table][0]))
            at = tables[table][1]
            if text.startswith("\n", at):
                at += 1
            continue
        out.append((at, stop - 1 if stop > at and text[stop - 1] == "\r" else stop))
        at = stop + 1
    return out


def _block(line: str, start: int, end: int, following: str, marked: bool) -> Block:
    hashes = _HASHES.match(line)
    if hashes:
        return Block(HEADING, start + hashes.start(2), start + hashes.end(2), len(hashes[1]))
    if _RULE.match(line):
        return Block("rule", start, end)
    if _RESIDUE.match(line) or _TABLE_LINE.match(line):
        return Block(RESIDUE, start, end)
    bullet = _BULLET.match(line)
    if bullet:
        kind = LINK if _LINK_ONLY.match(line, bullet.end()) else BULLET
        return Block(kind, start + bullet.end(), end)
    under = _UNDERLINE.match(following)
    if under and not line.lstrip().startswith("<") and len(line) < 120:
        return Block(HEADING, start, end, 1 if under[1].startswith("=") else 2)
    if _is_title(line, marked, following):
        return Block(HEADING, start, end)
    if _LINK_ONLY.match(line.strip()):
        return Block(LINK, start, end)
    return Block(PARAGRAPH, start, end)


_NUMBERED = re.compile(r"(?:Experiment|Study|Part|Section|Aim|Chapter|Trial|Case|Task)\s(?:\d+|[IVX]+|[A-F])[.:]\s\S")


_CHAPTER = re.compile(
    r"[ \t]*(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})[.)]?[ \t]+(?P<title>[^\W\d_].{1,68}[^\s.;:,!?])[ \t]*"
)
# the headings of a patient leaflet, which the regulators prescribe
_LEAFLET = re.compile(r"(?:What|How to|Possible side effects|Contents of|Before you)\b")


def _chapter(line: str, start: int, end: int, after: str) -> Block | None:
    """Give the heading that a numbered line alone between blank ones is ("2.1 Structure"); None where it is an item."""
    found = _CHAPTER.fullmatch(line)
    leaflet = found is not None and bool(_LEAFLET.match(found["title"]))
    if found is None or (_FINITE.search(found["title"]) and not leaflet):
        return None
    parts = found["number"].count(".")
    bare = not parts and not found["title"].isupper() and not leaflet
    if bare and (_BULLET.match(after) or not _is_title(found["title"], False, "")):
        return None
    return Block(HEADING, start + found.start("number"), end, 2 + parts)


def _is_title(line: str, marked: bool, following: str) -> bool:
    """Say whether an unmarked line is a heading: short, title-like, not a sentence.

    In a page that marks its headings only a bold line or a short line in capitals and a colon counts.
    """
    text = line.strip()
    numbered = _NUMBERED.match(text)
    if numbered and len(text) <= 90 and not text.endswith("."):
        return True
    bold = re.fullmatch(r"\*\*[^*]{2,80}\*\*:?|__[^_]{2,80}__:?", text)
    if bold:
        return True
    colon = text.endswith(":")
    core = text.rstrip(":").strip()
    if not 2 <= len(core) <= 70 or re.search(r"[.;,!?]$|[\[\]<>|@=]|\.\s", core) or (marked and not colon):
        return False
    words = re.findall(r"[\w'’/+.-]+", core)
    if not 1 <= len(words) <= 8 or not (core[0].isupper() or core[0].isdigit()):
        return False
    if _FINITE.search(core):
        return False
    large = [w for w in words if w.lower() not in SMALL_WORDS]
    titled = all(w[0].isupper() or w[0].isdigit() for w in large)
    if colon:
        return titled or len(words) <= 4
    if titled:
        return True
    return len(words) <= 3 and bool(following.strip()) and len(following) > len(line)


def _joined(text: str, blocks: list[Block]) -> list[Block]:
    """Join lines that were wrapped: a paragraph or bullet goes on where a line ends in mid-sentence."""
    out: list[Block] = []
    for block in blocks:
        last = out[-1] if out else None
        if (
            last is not None
            and block.kind == PARAGRAPH
            and last.kind in (PARAGRAPH, BULLET, REFERENCE)
            and _goes_on(text[last.start : last.end], text[block.start : block.end])
        ):
            out[-1] = Block(last.kind, last.start, block.end, last.level, last.key)
        else:
            out.append(block)
    return out


def _goes_on(above: str, below: str) -> bool:
    above, below = above.rstrip()[-200:], below.lstrip()
    if not above or not below or (above.endswith((".", ":", "!", "?", "]", ")", "Â")) and not below[0].islower()):
        return False
    return below[0].islower() or (len(above) >= 60 and not above.endswith((".", ":", "!", "?")))
