"""The same thing said in two directions: two sentences that differ in nothing but the direction of an effect.

Sentences are compared only where everything else agrees: the things named, the tissue, the disease, the readout and the
numbers.  Levels in two diseases, or an mRNA and its protein, are different things and no contradiction.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..documents.structure import HEADING, Passage
from ..names.keys import american, singular
from ..names.mention import Mention
from ..slots.doses import amounts
from .finding import ERROR, INFO, WARNING, Finding
from .page import Page

_UP = (
    "increas elevat rais upregulat up-regulat induc stimulat enhanc promot activat augment potentiat boost "
    "improv accelerat gain higher high "
    "rise rises rose exacerbat worsen aggravat amplif favour favor support sustain restor pro- strengthen trigger "
    "drive drives extend prolong protect "
    "enlarg expand widen thicken doubl heighten intensif hasten"
).split()
_DOWN = (
    "decreas reduc lower downregulat down-regulat inhibit suppress attenuat diminish block abolish impair "
    "abrogat dampen prevent antagoni alleviat "
    "loss low fall falls fell declin deplet ameliorat limit anti- weaken shorten delay neutrali repress counteract "
    "shrink shrank shrunk lessen halv blunt curb hinder retard restrain"
).split()
_BETTER = re.compile(r"improv|ameliorat|alleviat|protect", re.I)
_WORSE = re.compile(r"worsen|exacerbat|aggravat", re.I)
_DIRECTION = re.compile(
    r"\b(?:(?P<up>"
    + "|".join(map(re.escape, _UP))
    + r")|(?P<down>"
    + "|".join(map(re.escape, _DOWN))
    + r"))(?:(?<=-)|[a-z]{0,7}\b)",
    re.I,
)
_NEGATION = re.compile(
    r"\b(?:not|no|without|failed to|fails to|unaffected|unchanged|neither|nor|cannot|unable)\b", re.I
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z(])|;\s")
_IS = re.compile(r"\b(?:is|are|was|were|be|been|being)\s(?:\w+ly\s)?$")
_BY = re.compile(r"(?:\s[^.;]{1,60}?)?\sby\s")
_WORD = re.compile(r"[A-Za-zα-ω][\wα-ω'-]*|\d+(?:\.\d+)?")
_SHARE = re.compile(r"\bby (?:about |nearly )?\d+(?:\.\d+)?\s?%|\b\d+(?:\.\d+)?[- ]?fold\b")
_STOP = set(
    "the a an of in on at to for and or with by is are was were be been being has have had that this these those "
    "its it their as from which "
    "also may might can could does did do not no than then there after before significantly markedly strongly "
    "some several both either".split()
)
_BOTH = re.compile(
    r"\bboth\b[^.;\n]{0,60}?\b(?:pro-?(?P<a>\w{4,}) and anti-?(?P=a)\w*|(?:increased?|elevated|higher|"
    r"up-?regulated) and (?:decreased?|reduced|lower|down-?regulated)"
    r"|(?:decreased?|reduced) and (?:increased?|elevated)|(?P<b>\w+)-promoting and (?P=b)-(?:suppress|inhibit)\w+|"
    r"(?:beneficial|protective) and "
    r"(?:detrimental|harmful)\b)[^.;\n\[]{0,50}",
    re.I,
)
MOST_PAIRS = 200_000


@dataclass(frozen=True)
class Sentence:
    """A sentence with one direction: its words without it, the things it names, and where it stands."""

    cited: bool
    start: int
    end: int
    text: str
    sign: int
    value: int  # +1 for the better, -1 for the worse, 0 where the verb does not say
    negated: bool
    words: frozenset[str]
    things: frozenset[str]
    numbers: frozenset[str]
    sizes: frozenset[str]  # doses and shares, which one of two sentences may leave out
    place: str
    agents: frozenset[str] | None  # the molecules that act, where more than one is named and the order says which


def check_contradictions(page: Page) -> Iterator[Finding]:
    """Report pairs of sentences that say the opposite of the same thing, and single ones that say both."""
    groups: dict[frozenset[str], list[Sentence]] = defaultdict(list)
    for passage in page.outline.passages:
        if passage.kind in (HEADING, "reference", "residue", "link"):
            continue
        yield from _within(page, passage)
        for sentence in _sentences(page, passage):
            groups[sentence.things].append(sentence)
    for sentence in _rows(page):
        groups[sentence.things].append(sentence)
    pairs = 0
    for group in groups.values():
        for index, later in enumerate(group):
            for earlier in group[:index]:
                pairs += 1
                if pairs > MOST_PAIRS:
                    return
                if _opposed(earlier, later):
                    yield _finding(page, earlier, later)
                    break


def _within(page: Page, passage: Passage) -> Iterator[Finding]:
    for match in _BOTH.finditer(passage.text):
        start, end = passage.source(match.start(), match.end())
        yield page.finding(
            "contradiction",
            INFO,
            start,
            end,
            "both directions are stated at once; the contexts in which each holds are not given",
            "say in which species, tissue, dose or stage each was found",
            "the wording of this sentence",
        )


def _sentences(page: Page, passage: Passage) -> Iterator[Sentence]:
    text = passage.text
    at = 0
    for part in [*_SENTENCE.finditer(text), None]:
        stop = part.start() if part else len(text)
        begin, at = at, part.end() if part else stop
        mentions = [m for m in page.mentions(passage) if begin <= m.start and m.end <= stop]
        yield from _sentence(
            text, begin, stop, mentions, passage.source(begin, stop), bool(passage.citations), _place(passage)
        )


def _rows(page: Page) -> Iterator[Sentence]:
    """The rows of tables that say a direction, read as sentences whose order says nothing."""
    for table in page.outline.tables:
        for row in () if table.infobox else table.rows[1:]:
            text = " ".join(cell.text for cell in row.cells)
            cited = any(cell.body.citations for cell in row.cells)
            found = page.gazetteer.find(text)
            for sentence in _sentence(text, 0, len(text), found, (row.start, row.end), cited, page.section(row.start)):
                yield replace(sentence, agents=None)


def _sentence(
    text: str, begin: int, stop: int, mentions: list[Mention], source: tuple[int, int], cited: bool, place: str
) -> Iterator[Sentence]:
    sentence = text[begin:stop]
    found = list(_DIRECTION.finditer(sentence))
    if len(found) != 1 or not 12 < len(sentence) < 600:
        return
    direction = found[0]
    left, right = begin + direction.start(), begin + direction.end()
    rest = sentence[: direction.start()] + " " + sentence[direction.end() :]
    found_amounts = amounts(rest)
    sizes = frozenset(_SHARE.findall(rest)) | {dose for _, dose in found_amounts.doses}
    sizes |= {time for _, time in found_amounts.spans}
    for size in sizes:
        rest = rest.replace(size, " ")
    named = [m for m in mentions if not left <= m.start < right]
    if not named:
        return
    molecules = [m for m in named if m.is_molecule]
    by = _BY.match(text, right, stop) if _IS.search(text, begin, left) else None
    acting = [m for m in molecules if (m.start >= by.end() if by else m.end <= left)]
    yield Sentence(
        cited,
        *source,
        sentence,
        1 if direction["up"] else -1,
        1 if _BETTER.match(direction[0]) else -1 if _WORSE.match(direction[0]) else 0,
        bool(_NEGATION.search(rest)),
        frozenset(_stem(w) for w in _WORD.findall(american(rest.lower())) if w not in _STOP),
        frozenset(m.curie or m.label for m in named),
        frozenset(re.findall(r"\d+(?:\.\d+)?", rest)),
        sizes,
        place.lower(),
        frozenset(m.curie or m.label for m in acting) if len({m.curie or m.label for m in molecules}) > 1 else None,
    )


def _stem(word: str) -> str:
    word = singular(word)
    return re.sub(r"(?:ing|ed|es)$", "", word) if len(word) > 5 else word


def _place(passage: Passage) -> str:
    """The heading that may be a disease or tissue; sentences under different ones are about different things."""
    return passage.headings[-1] if passage.headings else ""


def _opposed(a: Sentence, b: Sentence) -> bool:
    # two verbs that judge are compared by their judgement: what improves vision and what worsens it both change it
    agree = a.value == b.value if a.value and b.value else a.sign == b.sign
    if a.sizes and b.sizes and a.sizes != b.sizes:
        return False  # at another dose or time
    if a.numbers != b.numbers or agree == (a.negated == b.negated) or a.start == b.start:
        return False
    if a.agents is not None and b.agents is not None and a.agents != b.agents:
        return False  # "A raises B" and "B lowers A" share their words and are no contradiction
    shared = len(a.words & b.words)
    union = len(a.words | b.words)
    if a.place != b.place and shared < union:
        return False
    return shared >= 3 and shared >= 0.8 * union


def _finding(page: Page, earlier: Sentence, later: Sentence) -> Finding:
    at, other = (earlier, later) if later.cited and not earlier.cited else (later, earlier)
    hedged = any(re.search(r"\b(?:may|might|could)\b", s.text) for s in (earlier, later))
    identical = earlier.words == later.words and earlier.sizes == later.sizes
    direction = {1: "increased", -1: "decreased"}
    return page.finding(
        "contradiction",
        WARNING if hedged or not identical else ERROR,
        at.start,
        at.end,
        f"line {page.document.line_of(other.start)} says the opposite of the same thing: {_shown(other.text)!r}",
        f"same subject and context stated as {direction[other.sign]} and as {direction[at.sign]}; keep the one "
        f"that its source supports",
        "comparison of the two sentences",
    )


def _shown(text: str) -> str:
    """A sentence as it reads without its citation marks."""
    return re.sub(r"\s+([.,;])", r"\1", text.strip())
