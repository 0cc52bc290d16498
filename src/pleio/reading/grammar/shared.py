"""What the last of several predicates carries for all of them: "B was raised and C lowered by A".

The frames of a sentence are made complete by what stands with their neighbours, whichever analysis built them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ..plain.word import Word
from ..words.lexicon import CHANGES_ALONE
from ..words.predicates import VERBS
from .frames import Clauses, Frame
from .phrases import Noun


def shared(words: Sequence[Word], found: Clauses) -> Clauses:
    """Give the clauses of a sentence with shared agents, and with those whose verb was said before."""
    place = {w.start: i for i, w in enumerate(words)}
    frames = [each for frame in found.frames for each in (frame, *_said_once(frame, place))]
    for after, frame in pairwise(reversed(frames)):
        _share_agent(words, place, frame, after)
        _share_object(words, place, frame, after)
    for frame in frames:
        _deny_agent(words, place, frame)
    return replace(found, frames=frames)


def _share_agent(words: Sequence[Word], place: dict[int, int], frame: Frame, after: Frame) -> None:
    """ "B was raised and C was lowered by A", "B is bound and inhibited by A": A does both."""
    agents = [(p, nouns) for p, nouns in after.preps if p == "by"]
    passive = frame.verbs.passive and (after.verbs.passive or after.verbs.form == "ed")
    if not passive or not agents or frame.preps or frame.objects or frame.adjective or not frame.subjects:
        return
    last = place.get(frame.verbs.words[-1].start, -1)
    first = after.subjects[0].words[0] if after.subjects and after.subjects is not frame.subjects else None
    own = first is not None and first.start > words[last].start
    start = place.get(first.start if own and first is not None else after.verbs.words[0].start, -1)
    between = [w.lower for w in words[last + 1 : start]] if 0 <= last < start else [""]
    between = [w for w in between if w not in ("the", ",", "also", "thereby", "subsequently", "then", "thus", "either")]
    if between in (["and"], ["or"]) and agents[0][1] and agents[0][1][0].start > words[start].start:
        frame.preps += agents


def _share_object(words: Sequence[Word], place: dict[int, int], frame: Frame, after: Frame) -> None:
    """ "A stimulated and B inhibited the release of C": both act on C."""
    alike = frame.verbs.finite and after.verbs.finite and not (frame.verbs.passive or after.verbs.passive)
    bare = not (frame.objects or frame.preps or frame.adjective) and frame.verbs.lemma not in CHANGES_ALONE
    verb = VERBS.get(frame.verbs.lemma)
    if not (alike and bare and after.objects and frame.subjects and after.subjects) or verb is None:
        return
    last = place.get(frame.verbs.words[-1].start, -1)
    start = place.get(after.subjects[0].words[0].start, -1)
    between = [w.lower for w in words[last + 1 : start] if w.text != ","] if 0 <= last < start else []
    if len(between) == 1 and between[0] in ("and", "or", "but", "whereas", "while"):
        frame.objects = after.objects


_UNMOVED = {"unaffected", "unaltered", "unchanged", "uninfluenced", "unimpaired", "unmodified"}


def _deny_agent(words: Sequence[Word], place: dict[int, int], frame: Frame) -> None:
    """ "B was restored by A and unaffected by C": C does nothing to B."""
    if not frame.verbs.passive or frame.verbs.main.lower in _UNMOVED:
        return
    kept: list[tuple[str, list[Noun]]] = []
    for preposition, nouns in frame.preps:
        at = place.get(nouns[0].words[0].start, 0) - 2 if nouns and preposition == "by" else -1
        denied = at > 0 and words[at].lower in _UNMOVED
        (frame.denied_preps if denied else kept).append((preposition, nouns))
    frame.preps = kept


def _said_once(frame: Frame, place: dict[int, int]) -> list[Frame]:
    """ "B was raised by A and C by D", "B is found in lung and C in skin": the verb goes on to C."""
    if not frame.subjects or frame.objects or not (frame.verbs.passive or frame.adjective):
        return []
    out: list[Frame] = []
    for k in range(len(frame.preps) - 1, 0, -1):
        name, nouns = frame.preps[k]
        before, listed = frame.preps[k - 1]
        if name != before or name not in ("by", "in") or len(listed) < 2 or not nouns:
            continue
        subject = listed[-1]
        if not _follows(subject, nouns[0], place):
            continue
        listed.pop()
        del frame.preps[k]
        out.insert(0, Frame(frame.verbs, [subject], preps=[(name, nouns)], adjective=frame.adjective))
    return out


def _follows(subject: Noun, agent: Noun, place: dict[int, int]) -> bool:
    """Say whether nothing but a preposition stands between two phrases."""
    end = place.get(_end(subject).start, -9)
    return place.get(agent.words[0].start, -1) - end == 2


def _end(noun: Noun) -> Word:
    """The last word of a phrase with what it is of."""
    return _end(noun.of[-1]) if noun.of else noun.words[-1]
