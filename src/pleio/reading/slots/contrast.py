"""Places and amounts that a sentence sets against each other: "in A but not in B", "at 5 ng/ml but not at 0.5 ng/ml".

An effect told so is two: it came about in A, and was looked for and not found in B.  Each takes its context, dose and
time from the sentence as it would stand without the other side.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from ..draft import Draft
from ..names.mention import Mention
from ..rules.finish import EFFECT, null
from ..unit import Unit
from ..words.inflection import forms
from ..words.predicates import VERBS
from ..words.wordclasses import BE, DO, HAVE, MODALS, PREPOSITIONS, SUBORDINATORS
from .stretches import clause_of

HOLDS, FAILS = "holds", "fails"
_WHERE = "in|at|on|within|among|under|after|for|during|from|by day"
_CONTRAST = re.compile(rf",?\s(?:but|and|though|although|yet)\snot\s(?:also\s|even\s)?(?:(?P<again>{_WHERE})\s)?", re.I)
_TOKEN = re.compile(r"[^\s,;:()\[\]]*[^\s,;:()\[\].]")
_GAP = re.compile(r"\s")
_PLACES = {"cell", "tissue", "species", "disease"}
_GROUP = re.compile(
    r"mice|rats|animals|cells?|lines?|cultures|patients|volunteers|subjects|donors|controls|women|men|children|adults|"
    r"participants|littermates|muscle|\w+cytes?|\w+blasts?|macrophages|neurons|vivo|vitro|males|females|"
    r"(?:[pnµμum]?(?:g|M|mol)|IU|U)(?:/\w+)*|%|\d[\d.]*%|h|hours?|days?|weeks?|months?|minutes?",
    re.I,
)
_ANIMALS = re.compile(r"mice|rats|animals|patients|volunteers|subjects|donors|women|men|children|adults|lines?", re.I)
_OF_GROUP = {"with", "of", "or", "nor", "lacking"}
_STOPS = {*PREPOSITIONS, *SUBORDINATORS, *BE, *HAVE, *MODALS, *DO, "but", "and", "which", "that", "not"} - _OF_GROUP
_AMOUNT = re.compile(r"[<>~]?\d[\d.,]*%?")
_MOST = 8  # words of one side
_ORGAN = re.compile(r"\w+(?:ac|al|ic|ar|ary|ine|ian|eal|ous|ial)\b", re.I)
"""How adjectives of organs and of animals end, which leave their noun to the other side: "cardiac but not dermal"."""


@dataclass(frozen=True)
class Contrast:
    """A range of a passage, and what stands in it on either side of "but not"."""

    start: int
    end: int
    holds: str
    fails: str

    def side(self, name: str) -> str:
        """What the range says without the other side, as long as the range."""
        return (self.holds if name == HOLDS else self.fails).ljust(self.end - self.start)


def contrasts_of(unit: Unit) -> Iterator[Contrast]:
    """Give the contrasts of places, amounts and times in a sentence."""
    text = unit.passage.text
    at = unit.body
    while found := _CONTRAST.search(text, at, unit.end):
        at = found.end()
        other = _other_side(unit, found)
        if other is None:
            continue
        first = _first_side(text, unit.body, found)
        if first is None and found["again"] is None:
            continue
        where, named = first or (found.start(), "")
        preposition, _, own = named.partition(" ")
        again = found["again"] or preposition
        head = _shared_head(unit, own, other) if own else ""
        at = found.end() + len(other)
        holds = f"{named} {head}".strip() if head else named
        yield Contrast(where, at, _after_gap(text, where, holds), _after_gap(text, where, f"{again} {other}"))


def contrasted(unit: Unit, drafts: list[Draft]) -> list[Draft]:
    """Give each effect of a contrast its two sides, in the place of what was read of "but not" otherwise."""
    out = drafts
    for contrast in contrasts_of(unit) if drafts else ():
        out = list(_two_sided(unit, contrast, out))
    return out


def seen_from(unit: Unit, draft: Draft, find: Callable[[str], list[Mention]]) -> Unit:
    """Give the sentence as it stands for one side of its contrasts; the sentence itself for a draft of none.

    Args:
        find: what finds the known names of a text.
    """
    if not draft.side:
        return unit
    text, mentions = unit.passage.text, unit.mentions
    for contrast in contrasts_of(unit):
        told = contrast.side(draft.side)
        text = text[: contrast.start] + told + text[contrast.end :]
        apart = [m for m in mentions if m.end <= contrast.start or contrast.end <= m.start]
        here = [replace(m, start=m.start + contrast.start, end=m.end + contrast.start) for m in find(told)]
        mentions = sorted([*apart, *here], key=lambda m: m.start)
    body = replace(unit.passage.body, text=text)
    return replace(unit, passage=replace(unit.passage, body=body), mentions=mentions)


def _two_sided(unit: Unit, contrast: Contrast, drafts: list[Draft]) -> Iterator[Draft]:
    """Give drafts with both sides of the effects in whose clause a contrast stands."""
    near = [d for d in drafts if d.relation in EFFECT and _is_of(unit, contrast, d)]
    last = max((d.verb for d in near if d.verb < contrast.start), default=-1)
    actors = {d.subject.name for d in near if d.verb == last}
    signed = {_key(d) for d in near if d.verb <= contrast.start and d.subject.name in actors} if actors else set()
    signed = signed or {_key(d) for d in near if last < 0}
    for draft in drafts:
        if _key(draft) not in signed:
            inside = contrast.start <= draft.object.start < contrast.end
            if not (inside and draft.status == "null_result"):  # the other side is no outcome that was not changed
                yield draft
        elif draft.status != "null_result":
            yield replace(draft, side=HOLDS)
            yield replace(null(draft), side=FAILS)


def _is_of(unit: Unit, contrast: Contrast, draft: Draft) -> bool:
    """Say whether a contrast says where an effect came about."""
    if draft.verb < 0 or draft.status != "asserted":
        return False
    low, high = clause_of(unit, draft)
    ends = [t.mention.start if t.mention is not None else t.start for t in (draft.subject, draft.object)]
    within = low <= contrast.start < high or unit.passage.text[low : contrast.start].strip() == ""
    return within and not any(contrast.start <= at < contrast.end for at in ends)


def _key(draft: Draft) -> tuple[object, ...]:
    ends = (draft.subject, draft.object)
    return draft.verb, *(end.curie or end.name.lower() for end in ends)


def _after_gap(text: str, at: int, told: str) -> str:
    """Give words with the space before them, where the range begins with one."""
    return " " + told if text[at : at + 1].isspace() or text[at : at + 1] == "," else told


def _other_side(unit: Unit, found: re.Match[str]) -> str | None:
    """The words after "but not (in)" up to the last that names a place or an amount; none where none does."""
    text = unit.passage.text
    places = {m.end for m in unit.between(found.end(), unit.end, *_PLACES)}
    at, last, verb = found.end(), -1, False
    for _ in range(_MOST):
        token = _TOKEN.match(text, at, unit.end)
        if token is None or token[0].lower() in _STOPS:
            break
        form = forms().get(token[0].lower(), ("", ""))
        verb = verb or (last > 0 and form[0] in VERBS and form[1] in ("ed", "s"))
        if verb:
            break
        if token.end() in places or _GROUP.fullmatch(token[0]) or _AMOUNT.fullmatch(token[0]):
            last = token.end()
        at = token.end()
        gap = _GAP.match(text, at)
        if gap is None:
            break
        at = gap.end()
    return text[found.end() : last] if last > 0 else None


def _first_side(text: str, low: int, found: re.Match[str]) -> tuple[int, str] | None:
    """Where the side before "but not" begins, and its words: "in A"; none where the sentence names none."""
    wanted = found["again"] or _WHERE
    before = text[low : found.start()]
    begun = list(re.finditer(rf"(?:(?<=\s)|^)(?:{wanted})\s(?=\S)", before, re.I))
    if not begun:
        return None
    own = re.sub(r"\s\([^()]*\)", "", before[begun[-1].start() :])
    words = own.split()
    if len(words) > _MOST + 1 or re.search(r"[,;:(]", own) or any(w.lower() in _NOT_WITHIN for w in words):
        return None
    return low + begun[-1].start(), own


_NOT_WITHIN = {*BE, *HAVE, *MODALS, *DO, "that", "which", "but"}


def _shared_head(unit: Unit, own: str, other: str) -> str:
    """The noun that both sides have and only the other one says: "cardiac but not dermal FIBROBLASTS"."""
    mine, others = own.split(), other.split()
    last, end = mine[-1], others[-1]
    if len(others) < 2 or mine[0].lower() in ("the", "a", "an"):
        return ""
    if _AMOUNT.fullmatch(last):
        return " ".join(others[1:])
    plural = _GROUP.fullmatch(last) or last.endswith("s")
    if plural or not _GROUP.fullmatch(end) or (not end.endswith(("s", "mice", "men", "ren")) and end != "cell"):
        return ""
    if _ANIMALS.fullmatch(end):
        return end
    return " ".join(others[len(mine) :]) or end
