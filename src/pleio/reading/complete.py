"""Lists made whole: what a sentence says of one member of a list it says of the others.

A verb finds its arguments by the parse or by the order of the phrases, and either may lose members on the way.  The
list itself is plainer than what governs it, so a claim about one member is repeated for those that nothing was read of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from .draft import Draft
from .grammar.lists import PROCESS_HEADS
from .grammar.phrases import Noun, Piece
from .names.mention import Mention
from .plain.word import Word
from .settle import is_sound
from .things import Thing, things
from .words.inflection import forms
from .words.lexicon import READOUTS

_EFFECTS = {"increases", "decreases", "no_effect", "regulates"}
_PLACED = {"expressed_in", "secreted_by"}
_ILLS = {"causes_adverse_event", "treats", "under_investigation_for"}
_REPEATED = _EFFECTS | _PLACED | _ILLS | {"binds", "associated_with"}
_CONTROL = re.compile(r"\b(?:placebo|vehicle|controls?|saline|PBS|sham|isotype|healthy)\b", re.I)
_MOST = 40  # members of one list; a longer one is bait
_RESPECTIVELY = re.compile(r"\brespectively\b|\bin turn\b|\bratio\b|\bversus\b|\bvs\b", re.I)


def lists_in(cut: Iterable[Piece]) -> list[list[Noun]]:
    """Give the lists of a sentence's pieces: noun phrases side by side, after "of", and after "including"."""
    return [found for piece in cut if piece.kind == "np" for found in _nested(piece.nouns)]


def attach_lists(cut: Iterable[Piece], mentions: Iterable[Mention]) -> None:
    """Take names listed in parentheses ("cytokines (TNF, IL-1β)") as members of the phrase before them."""
    named = [m for m in mentions if m.is_molecule]
    for noun in (noun for piece in cut for noun in piece.nouns):
        for word in noun.words:
            if noun.members or any(w.lower in ("family", "superfamily") for w in noun.words) or word.is_name:
                continue
            for start, end in word.parens:
                found = [m for m in named if start <= m.start and m.end <= end]
                if len(found) > 1:
                    noun.members = [Noun([Word(m.text, m.start, m.end, m, tag="NNP")]) for m in found]


def _nested(nouns: list[Noun]) -> Iterator[list[Noun]]:
    if 1 < len(nouns) <= _MOST:
        yield list(nouns)  # what the rules do to a frame is not done to the list
    for noun in nouns[:_MOST]:
        for inner in (noun.of, noun.members):
            if inner:
                yield from _nested(inner)


def completed(drafts: list[Draft], lists: list[list[Noun]], text: str, start: int, end: int) -> list[Draft]:
    """Add to the drafts of a sentence (text[start:end]) those for the members of its lists that were lost."""
    lists = [nouns for nouns in lists if len(nouns) > 2 or "," not in text[nouns[0].end : nouns[1].start]]
    if not lists or not drafts or _RESPECTIVELY.search(text, start, end):
        return drafts
    resolved = [[things(noun) for noun in nouns] for nouns in lists]
    said = {_pair(d.subject, d.object) for d in drafts} | {_pair(d.object, d.subject) for d in drafts}
    out = [d for d in drafts if not _runs_on(d.object, resolved)]
    for draft in out.copy():
        if draft.relation not in _REPEATED:
            continue
        for nouns, found in zip(lists, resolved, strict=True):
            at = _place(draft.object, nouns, found), _place(draft.subject, nouns, found)
            if (at[0] is None) == (at[1] is None):
                continue
            of_object = at[0] is not None
            own = draft.object if of_object else draft.subject
            for k, others in enumerate(found):
                if k in at or not _is_apart(nouns, k, at[0] if of_object else at[1]):
                    continue
                if _is_read(nouns[k], draft, drafts, of_object):
                    continue
                for other in others:
                    more = _with(draft, own, other, of_object)
                    if (
                        more is None
                        or _pair(more.subject, more.object) in said
                        or _acts_elsewhere(other, draft, drafts, of_object)
                    ):
                        continue
                    said |= {_pair(more.subject, more.object), _pair(more.object, more.subject)}
                    out.append(more)
    return out


def _runs_on(end: Thing, resolved: list[list[list[Thing]]]) -> bool:
    """Say whether a name swallowed the members after its own: "loss of taste and pain and fever"."""
    if " and " not in end.name:
        return False
    members = [t for found in resolved if len(found) > 2 for own in found[:-1] for t in own]
    return any(t.start == end.start and end.name.startswith(f"{t.name} and ") for t in members)


def _pair(a: Thing, b: Thing) -> tuple[str, str]:
    return _who(a), _who(b)


def _who(thing: Thing) -> str:
    return thing.curie or thing.name.lower()


def _place(end: Thing, nouns: list[Noun], found: list[list[Thing]]) -> int | None:
    """Give which member of a list an end of a claim is."""
    for k, (noun, own) in enumerate(zip(nouns, found, strict=True)):
        if noun.start <= end.start <= noun.end and any(_who(t) == _who(end) and t.loss in ("", end.loss) for t in own):
            return k
    return None


def _with(draft: Draft, own: Thing, other: Thing, of_object: bool) -> Draft | None:
    """Give a claim with another member of the list in the place of one, if the two are of a kind."""
    if not _is_alike(draft.relation, own, other, of_object) or (other.loss and not own.loss):
        return None
    if not of_object:
        more = replace(draft, subject=replace(other, loss=own.loss))
    else:
        aspect = draft.aspect
        if draft.relation in _EFFECTS:
            default = "abundance" if other.is_molecule else "process"
            aspect = other.aspect or (draft.aspect if other.is_molecule == own.is_molecule else default)
        more = replace(draft, object=other, aspect=aspect)
    return more if is_sound(more) else None


def _is_alike(relation: str, own: Thing, other: Thing, of_object: bool) -> bool:
    if other.kind in ("anaphor", "species") or _CONTROL.search(other.name):
        return False
    if relation in _PLACED:
        places = {"cell", "tissue"} if of_object else {"molecule"}
        return own.kind in places and (other.kind in places or (of_object and other.kind == "other"))
    if relation in _ILLS or relation == "associated_with":
        return own.is_molecule == other.is_molecule
    if relation == "binds":
        return own.is_molecule and other.is_molecule
    if not of_object:
        return own.kind == other.kind or not {own.kind, other.kind} & {"cell", "tissue", "disease"}
    return True


def _is_apart(nouns: list[Noun], k: int, own: int | None) -> bool:
    """Say whether a member stands by itself: not "loss" in "loss of A and B", "its" in "A, and its release rises"."""
    noun, first = nouns[k], nouns[k].words[0]
    if noun.head.tag.startswith("JJ") and noun.head.mention is None and not noun.head.known:
        return False  # "moderate to severe disease"
    if first.tag == "PRP$" or (len(noun.words) > 1 and (_is_change(first) or first.lower in _COMPARED)):
        return False  # "fewer B" has a sign of its own
    if noun.of and own is not None and own > k and not nouns[own].of and noun.head.lower not in READOUTS:
        return False  # the list may be one of what stands after "of"
    if len(noun.words) == 1 and noun.head.lower in PROCESS_HEADS:
        return all(len(n.words) == 1 for n in nouns[:k])  # "T cell growth and survival": of T cells
    return True


_COMPARED = {"fewer", "less", "more", "lower", "higher", "greater", "smaller", "larger", "shorter", "longer"}


def _is_change(word: Word) -> bool:
    return word.mention is None and forms().get(word.lower, ("", ""))[1] == "ed"


def _is_read(noun: Noun, draft: Draft, drafts: list[Draft], of_object: bool) -> bool:
    """Say whether a member was read under another name: "spleens" of "smaller spleens and less fibrosis"."""
    ends = [(d.object, d.subject) if of_object else (d.subject, d.object) for d in drafts]
    other = draft.subject if of_object else draft.object
    return any(noun.start <= own.start < noun.end and own.start > 0 and _who(o) == _who(other) for own, o in ends)


def _acts_elsewhere(other: Thing, draft: Draft, drafts: list[Draft], of_object: bool) -> bool:
    """Say whether a member was read otherwise: what looked like a list goes on as a clause of its own."""
    if other.start <= 0:
        return False
    far = any(d.verb not in (-1, draft.verb) and other.start in (d.subject.start, d.object.start) for d in drafts)
    return far or any(other.start == (d.subject if of_object else d.object).start for d in drafts)
