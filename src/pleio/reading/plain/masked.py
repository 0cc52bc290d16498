"""Words of a sentence: known names as one word each, with what stood in parentheses set aside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ..names.mention import Mention
from .announced import in_brackets
from .parenthetic import mark_after, opens_clause
from .word import NUMBERED_NAME, Word

LONGEST_SENTENCE = 250  # words; the rest of a longer one is left unread
MASKED = {"gene", "family", "protein", "drug", "chemical", "molecule", "pathway"}
_FOLD = r"\d+(?:[.,]\d+)?(?:[-–]\d+)?[-\s]fold\b"
_LOCANTS = re.compile(r"\d+(?:,\d+)*-")  # of a chemical: "1,25-dihydroxyvitamin D3"
_SEVERAL = re.compile(r"(?<=\d)(?:/\d{1,2})+(?![\w.%/])")  # "SMAD1/5/8"
_TOKEN = re.compile(
    rf"{_FOLD}|{NUMBERED_NAME}|[A-Za-zα-ω]{{1,5}}\(\d\)(?:-?[A-Za-z][\w-]*)?|(?:does|did|do|is|was|were|are|has|have|had|could|would)(?=n['’]t\b)|n['’]t\b|"
    + r"['’]s\b|\d+(?:[.,]\d+)*(?:[-–]\d+(?:[.,]\d+)*)?%?|[A-Za-zα-ωΑ-Ω][\wα-ω]*(?:[-‑/+.][\wα-ω]+)*[+]?|[^\w\s]"
)
_ADVERBIAL = re.compile(
    r"(?:in (?:turn|part|fact|contrast|addition|particular|general|parallel|brief|summary|total|short|concert)|"
    r"by contrast|by (?:itself|themselves|far)|for (?:example|instance|the most part)|"
    r"at (?:least|best|most|present|all)|"
    r"at least in part|to (?:some|a (?:lesser|large|great)) (?:extent|degree)|on the (?:other|one) hand|"
    r"as a (?:result|consequence)|on its own|of note|of interest|per se|in vitro|in vivo|ex vivo|de novo|de facto|"
    r"so far|to date|as well(?! as)|as expected|(?:two|three|four|five|six|seven|eight|nine|ten|several|"
    r"many|(?:\d[\d.]*)) ?(?:-|–)? ?times?(?= (?:more|less|higher|lower|greater)))\b",
    re.I,
)
# what is joined to a name: "-induced", or how many copies of a gene there are ("−/−", "(+/-)", "+/+")
_SUFFIX = re.compile(
    r"[-–‑](?P<word>[a-z][a-z-]*|KO|null)|(?P<open>\()?(?:[-−–‐‑⁻]/[-−–‐‑⁻y+⁺]|[+⁺]/[-−–‐‑⁻])(?(open)\))|"
    r"(?:fl/fl|f/f|flox/flox|lox/lox|fl/-)(?:[;:×,\s]\s?\S{1,16}?Cre\b|(?=[\sx-]{0,3}\S{0,16}Cre))|"
    r"KO\b|Δ(?:/Δ|[A-Za-z]{2,8}\b)|(?P<kept>\+/\+)"
)
_PREFIX = re.compile(r"(?:anti|pro|non|rh|pre|post|co|p|phospho)-?$|(?<![A-Za-z])(?:r|rh|rhu|rm|h|m|s|p)$", re.I)


def words_of(text: str, start: int, end: int, mentions: Iterable[Mention]) -> list[Word]:
    """Cut a range of text into words; parentheses are hung on the word before them."""
    out: list[Word] = []
    inside: list[Word] = []
    depth = opened = told = 0
    for word in _cut(text, start, end, list(mentions)):
        if len(out) >= LONGEST_SENTENCE:
            break
        if word.adverb:
            out += [word] if depth == 0 else []
            continue
        mark = opens_clause(text, word.start, end) if word.text == "(" and depth == 0 and out else ""
        if mark:
            out.append(replace(word, text=mark))
            told = text.find(")", word.end, end)
        elif told and word.start == told:
            if mark_after(text, told, end):
                out.append(replace(word, text=","))
            told = 0
        elif word.text in "([":
            opened = word.end if depth == 0 else opened
            depth += 1
        elif word.text in ")]":
            depth = max(0, depth - 1)
            if depth == 0 and out and opened:
                listed = in_brackets(out[-1], inside)
                if listed:
                    out += listed
                else:
                    out[-1].parens.append((opened, word.start))
            inside = []
        elif depth == 0:
            out.append(word)
        elif depth == 1:
            inside.append(word)
    return out


def _cut(text: str, start: int, end: int, mentions: list[Mention]) -> Iterator[Word]:
    """Give the words of a range, brackets among them; of known nouns, what each is."""
    nouns = {m.start: m for m in mentions if m.category not in MASKED}
    names = {m.start: m for m in mentions if start <= m.start and m.end <= end and m.category in MASKED}
    held: Mention | None = None  # the known noun that the words stand in
    at = start
    while at < end:
        word = _word_at(text, at, end, names)
        if word is None:
            at += 1
            continue
        if not word.adverb:
            word = _with_joined(text, word, end) if word.mention is not None else word
            if word.mention is None:
                held = nouns.get(word.start, held)
                if held is not None and word.start < held.end:
                    word.known = held.category if held.end == word.end else "part"
        yield word
        at = max(word.end, at + 1)


def _word_at(text: str, at: int, end: int, names: Mapping[int, Mention]) -> Word | None:
    """Give the word that begins at a place: a name, several words that are one adverb, or a token."""
    mention = names.get(at)
    if mention is not None:
        return Word(mention.text, mention.start, mention.end, mention)
    match = _ADVERBIAL.match(text, at, end) if text[at - 1 : at] in ("", " ", "(") else None
    if match is not None:
        return Word(match[0], match.start(), match.end(), adverb=True)
    match = _TOKEN.match(text, at, end)
    if match is None:
        return None
    inner = next((s for s in range(at + 1, match.end()) if s in names), None)
    if inner is None:
        return Word(match[0], at, match.end())
    named, before = names[inner], text[at:inner]
    whole = text[at : named.end]
    if _LOCANTS.fullmatch(before):
        return Word(whole, at, named.end, replace(named, text=whole, start=at))
    if _PREFIX.search(before):
        return Word(whole, at, named.end, named, prefix=before)
    return Word(before, at, inner)


def _with_joined(text: str, word: Word, end: int) -> Word:
    """Take along what is joined to a name: more of its numbers ("SMAD1/5/8"), a suffix ("-induced", "-/-")."""
    joint = _SEVERAL.match(text, word.end, end)
    if joint and word.mention is not None:
        several = replace(word.mention, text=word.mention.text + joint[0], end=joint.end(), curie="")
        word = replace(word, text=word.text + joint[0], end=joint.end(), mention=several)
    suffix = _SUFFIX.match(text, word.end, end)
    if suffix:
        word.suffix = "-" + suffix["word"] if suffix["word"] else suffix["kept"] or "-/-"
        word.end = suffix.end()
        word.text = text[word.start : word.end]
    return word
