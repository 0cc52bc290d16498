"""Clauses of a sentence as a dependency parse gives them: the same frames as `clauses`, with arguments found by arcs.

The phrases and verb groups are those of the cascade, which knows the names; the parse says which belongs to which verb.
It reaches what order alone does not: arguments far from their verb, relative and participial clauses, lists of clauses.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ..plain.word import Word
from ..words.lexicon import ACTION_NOUNS, GIVEN_NOUNS, LOSS_NOUNS
from .antecedents import SUBJECTS, WHICH, Antecedents, frame_start
from .frames import Clauses, Frame, can_do
from .phrases import Noun, Piece
from .verbs import Verbs

_OBJECTS = {"dobj", "attr", "oprd"}
_DOINGS = {*GIVEN_NOUNS, *LOSS_NOUNS, *ACTION_NOUNS}
_ARGUMENTS = {*SUBJECTS, *_OBJECTS}


def parsed(words: list[Word], cut: list[Piece]) -> Clauses:
    """Build the frames of a parsed sentence from its phrases (`cut_phrases`)."""
    return _Tree(words, cut).clauses()


class _Tree(Antecedents):
    def __init__(self, words: list[Word], cut: list[Piece]) -> None:
        super().__init__(words, cut)
        self.frames: dict[int, Frame] = {}

    def clauses(self) -> Clauses:
        for i in sorted(self.verbs):
            self.frame(i, 0)
        found = [self.frames[i] for i in sorted(self.frames)]
        for before, frame in pairwise(found):
            self._go_on(before, frame)
        return Clauses([*found, *self._gapped(), *self._appositions()])

    def _go_on(self, before: Frame, frame: Frame) -> None:
        """ "A raised B, brought C down": a verb right after a comma or "and" goes on from the one before."""
        own = frame.subjects or frame.elided or frame.verbs.to or frame.relative
        if own or not frame.verbs.finite or not frame.objects or "do" in (frame.verbs.lemma, before.verbs.lemma):
            return
        start = frame_start(self.words, frame)
        opens = start > 0 and self.words[start - 1].text in (",", "and", "but", "yet")
        if opens and before.verbs.finite and not before.relative and frame.verbs.passive == before.verbs.passive:
            frame.subjects, frame.subject_preps = before.subjects, before.subject_preps
            frame.denied_subjects = before.denied_subjects

    def _appositions(self) -> Iterator[Frame]:
        """ "A, an inhibitor of B, …" as "A is an inhibitor of B"."""
        for i, word in enumerate(self.words):
            if word.dep != "appos" or i not in self.chunk or word.head not in self.chunk:
                continue
            first = self.words[self.chunk[i][0]]
            named = [w for k in self.chunk[i] if (w := self.words[k]).is_name]
            if first.lower in ("a", "an", "the", "another", "one") and not (word.is_name and len(named) == 1):
                verbs = Verbs([first], first, "be", "s", helpers=frozenset({"is"}))
                yield Frame(verbs, self.nouns(word.head)[0][:1], [], self.nouns(i)[0], preps=self.preps(i))

    def frame(self, i: int, depth: int) -> Frame:
        if i in self.frames:
            return self.frames[i]
        verbs = self._voice(i)
        frame = self.frames[i] = Frame(verbs)
        if depth > 20:
            return frame
        held = self.held(i)
        word = self.words[held]
        frame.relative = word.dep in ("relcl", "acl")
        self._arguments(frame, i)
        if held != i:
            self._arguments(frame, held)
        head = word.head if word.head != held else -1
        listed = ("dobj", "pobj") if word.dep == "conj" and word.tag in ("VBZ", "VBP", "VBD") else ()
        governor = self.verb_above(head, listed) if word.dep in ("ccomp", "xcomp", "advcl", "pcomp", "conj") else -1
        if word.dep == "conj" and self.verbs[i].form == "base" and not self.verbs[i].helpers:
            governor = self._modal_above(governor)
        if word.dep in ("acl", "relcl") and self._goes_on(frame, held):
            governor = self.verb_above(self.words[head].head, ("dobj", "pobj"))
        if governor >= 0 and governor != i:
            above = self.frame(governor, depth + 1)
            if word.dep in ("ccomp", "xcomp"):
                frame.governor = above
            if word.dep == "conj":
                frame.governor = above.governor
            there = any(self.words[c].dep == "expl" for c in self.children[held])  # "but there was no change in B"
            if not frame.subjects and not there:
                self._inherit(frame, above, word)
        elif word.dep in ("relcl", "acl") and head >= 0 and not self._whose(frame, held, head):
            self.take_antecedent(frame, held, head)
        return frame

    def _whose(self, frame: Frame, i: int, head: int) -> bool:
        """ "B, whose release A raised", "B, the release of which A raised": the release of B."""
        at = head if head in self.chunk else self.words[head].head
        for child in self.children[i]:
            inside = self.chunk.get(child, [])
            below = [c for k in inside for c in self.children[k]]
            below += [c for b in below if self.words[b].lower == "of" for c in self.children[b]]
            owned = any(self.words[c].lower in ("whose", "which") and c != child for c in below)
            nouns = [n for n in (*frame.subjects, *frame.objects) if inside and n.words[0] is self.words[inside[0]]]
            if owned and nouns and at in self.chunk:
                nouns[0].of = self.nouns(at)[0][:1]
                return True
        return False

    def _voice(self, i: int) -> Verbs:
        """Correct the cascade's guess of voice by the arcs: a passive subject, or a participle after its noun."""
        old = self.verbs[i]
        verbs = Verbs(
            old.words, old.main, old.lemma, old.form, old.passive, old.finite, old.negated, old.helpers, old.to
        )
        arcs = {self.words[c].dep for c in self.children[i]}
        if verbs.form == "ed" and "nsubjpass" in arcs:
            verbs.passive, verbs.finite = True, True
        elif verbs.form == "ed" and "nsubj" in arcs and "dobj" in arcs:
            verbs.passive, verbs.finite = False, True
        elif verbs.form == "ed" and self.words[i].dep == "acl":
            verbs.finite = False
        return verbs

    def _goes_on(self, frame: Frame, i: int) -> bool:
        """ "A lowered B by half, halved C and improved D": a participle with an object is a past tense."""
        plain = frame.verbs.form == "ed" and len(frame.verbs.words) == 1 and bool(frame.objects) and not frame.subjects
        return plain and i > 0 and self.words[i - 1].text == "," and not frame.prep("by", "with")

    def _modal_above(self, i: int) -> int:
        """The verb with a modal that a bare one goes on from: "can promote A, which is B, and also play …"."""
        at = i
        for _ in range(4):
            if at < 0 or self.verbs[at].form == "base":
                return at if at >= 0 else i
            head = self.words[at].head
            at = self.verb_above(head) if head != at and self.words[at].dep != "ROOT" else -1
            if at < 0 and head >= 0:
                above = self.words[head].head  # through the noun of a relative clause
                at = above if above in self.verbs else -1
        return i

    def _arguments(self, frame: Frame, i: int) -> None:
        for child in self.children[i]:
            dep, lower = self.words[child].dep, self.words[child].lower
            if dep in SUBJECTS and child in self.chunk:
                if lower not in WHICH:
                    self._subject(frame, child)
            elif dep in _OBJECTS and child in self.chunk and lower not in WHICH:
                nouns, denied = self.nouns(child)
                frame.objects += nouns
                frame.denied += denied
                frame.preps += self.preps(child)
            elif dep == "acomp" or (dep in ("attr", "oprd") and self.words[child].tag.startswith("JJ")):
                self._adjective(frame, child)
            elif dep in ("prep", "agent", "dative"):
                self._prepositional(frame, child, i)
            elif dep == "neg":
                frame.verbs.negated = True
            if dep == "advmod":
                frame.degree = frame.degree or self._degree(child)
            if dep in ("prt", "advmod", "prep"):
                frame.particles = (*frame.particles, lower)
        heads = [n.head.lower for n in (*frame.objects, *(n for _, ns in frame.preps for n in ns))]
        frame.particles = (*frame.particles, *heads)
        if self._is_neither(frame, i):
            frame.verbs.negated = True

    def _subject(self, frame: Frame, i: int) -> None:
        nouns, denied = self.nouns(i)
        if self.words[i].dep == "nsubj" and self._was_object(frame, nouns):
            return
        frame.subjects += self.described_name(i) or self._holder(i, nouns) or nouns
        frame.denied_subjects += denied
        frame.subject_preps += self.preps(i)

    def _adjective(self, frame: Frame, i: int) -> None:
        frame.adjective = frame.adjective or self.words[i].lower
        frame.degree = frame.degree or self._degree(i)
        frame.preps += self.preps(i)
        for below in self.children[i]:
            if self.words[below].dep == "prep" and self.words[below].lower == "of":
                frame.preps += self.prep(below)  # "independent of A"

    def _prepositional(self, frame: Frame, i: int, verb: int) -> None:
        found = list(self.prep(i))
        if self.after_but_not(i):
            frame.denied_preps += found
        elif i < verb and frame.verbs.start > i:
            frame.lead_preps += found
        else:
            frame.preps += found
            frame.denied_preps += self.denied_preps(i)

    def _is_neither(self, frame: Frame, i: int) -> bool:
        """ "A raised neither B nor C", "no A raised B"."""
        arguments = [c for c in self.children[i] if self.words[c].dep in _ARGUMENTS]
        inside = [k for c in arguments for k in self.chunk.get(c, [c])]
        if any(self.words[below].lower == "neither" for k in inside for below in self.children[k]):
            return True
        return bool(frame.subjects) and frame.subjects[0].words[0].lower in ("no", "neither")

    def _degree(self, i: int) -> str:
        """ "more" or "less" before an adjective or adverb ("more frequent", "less often"); "no" ("no different")."""
        around = (self.words[c].lower for c in self.children[i] if i - 4 < c < i)
        return next((w for w in around if w in ("more", "less", "no")), "")

    def _was_object(self, frame: Frame, nouns: list[Noun]) -> bool:
        """ "A raised B and C, lowered D": what the parse took for the subject of "lowered" is what A raised."""
        place = next((k for k, w in enumerate(self.words) if nouns and w is nouns[0].words[0]), -1)
        start = next((k for k, w in enumerate(self.words) if w is frame.verbs.words[0]), -1)
        before = self.verbs.get(place - 1)
        if before is None or start < 1 or self.words[start - 1].text != "," or frame.verbs.form != "ed":
            return False
        if before.form not in ("ed", "s") or before.passive or sum(w.text == "," for w in self.words[place:start]) > 1:
            return False
        above = self.frame(place - 1, 15)
        if above.objects or not above.subjects:
            return False
        above.objects = nouns
        frame.subjects, frame.subject_preps = above.subjects, above.subject_preps
        return True

    def _holder(self, i: int, nouns: list[Noun]) -> list[Noun]:
        """ "Treatment of cells with A raised B": the treatment, where the parse took the cells for the subject."""
        first = self.chunk[i][0]
        if first < 2 or self.words[first - 1].lower != "of" or self.words[first - 2].lower not in _DOINGS:
            return []
        if first - 2 not in self.chunk:
            return []
        return [Noun([self.words[k] for k in self.chunk[first - 2]], of=nouns)]

    def _gapped(self) -> Iterator[Frame]:
        """ "A is expressed in lung, B in kidney"; "A rose by half and B by a third": the verb goes on."""
        for i, word in enumerate(self.words):
            if word.dep != "conj" or i not in self.chunk or word.head not in self.frames or word.head > i:
                continue
            above, preps = self.frames[word.head], self.preps(i)
            subject = self.nouns(i)[0][:1]
            names = {name for name, _ in above.preps}
            if above.subjects and subject and preps and preps[0][0] in names and not above.objects:
                yield Frame(above.verbs, subject, [], [], preps=preps, adjective=above.adjective)

    def _inherit(self, frame: Frame, above: Frame, word: Word) -> None:
        """Take the subject of the clause above: "A binds B and activates C", "A acts by blocking B"."""
        if word.dep == "xcomp" and above.objects and not above.verbs.passive and above.verbs.lemma not in _OWN:
            if frame.verbs.to and not can_do(above.objects[-1]):  # "A raises B production to lower C": A does both
                frame.subjects, frame.subject_preps = above.subjects, above.subject_preps
                return
            frame.subjects = above.objects
            return
        frame.subjects, frame.subject_preps = above.subjects, above.subject_preps
        frame.denied_subjects = above.denied_subjects
        if word.dep != "conj":
            return
        own, first = frame.verbs, above.verbs
        if own.form == "base" and not own.helpers:
            own.helpers, own.negated = first.helpers, own.negated or first.negated
        elif own.form == "ed" and not own.helpers and first.passive and not frame.objects:
            own.passive = True  # not "B is induced by A and lowered C", which says what B did


_OWN = {"fail", "appear", "use", "help", "seem", "tend", "continue", "begin"}
