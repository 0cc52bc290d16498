"""Clauses of a sentence as a dependency parse gives them: the same frames as `clauses`, with arguments found by arcs.

The phrases and verb groups are those of the cascade, which knows the names; the parse says which belongs to which verb.
It reaches what order alone does not: arguments far from their verb, relative and participial clauses, lists of clauses.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ..plain.masked import Word
from ..words.lexicon import ACTION_NOUNS, GIVEN_NOUNS, LOSS_NOUNS
from ..words.predicates import VERBS
from .arcs import Arcs
from .frames import Clauses, Frame, can_do
from .phrases import Noun, Piece
from .pointing import EFFECTS_TOLD
from .verbs import Verbs

_SUBJECTS = {"nsubj", "nsubjpass", "csubj"}
_OBJECTS = {"dobj", "attr", "oprd"}
_DOINGS = {*GIVEN_NOUNS, *LOSS_NOUNS, *ACTION_NOUNS}
_OPENING = {",", "that", "while", "whereas", "because", "although", "and", "but"}
_ARGUMENTS = {*_SUBJECTS, *_OBJECTS}
_WHICH = {"which", "that", "who", "whom"}


def parsed(words: list[Word], cut: list[Piece]) -> Clauses:
    """Build the frames of a parsed sentence from its phrases (`cut_phrases`)."""
    return _Tree(words, cut).clauses()


class _Tree(Arcs):
    def __init__(self, words: list[Word], cut: list[Piece]) -> None:
        super().__init__(words, cut)
        self.frames: dict[int, Frame] = {}
        self.holders = {self._held(i): i for i in self.verbs}

    def clauses(self) -> Clauses:
        for i in sorted(self.verbs):
            self._frame(i, 0)
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

    def _frame(self, i: int, depth: int) -> Frame:
        if i in self.frames:
            return self.frames[i]
        verbs = self._voice(i)
        frame = self.frames[i] = Frame(verbs)
        if depth > 20:
            return frame
        held = self._held(i)
        word = self.words[held]
        frame.relative = word.dep in ("relcl", "acl")
        self._arguments(frame, i)
        if held != i:
            self._arguments(frame, held)
        head = word.head if word.head != held else -1
        listed = ("dobj", "pobj") if word.dep == "conj" and word.tag in ("VBZ", "VBP", "VBD") else ()
        governor = self._verb_above(head, listed) if word.dep in ("ccomp", "xcomp", "advcl", "pcomp", "conj") else -1
        if word.dep == "conj" and self.verbs[i].form == "base" and not self.verbs[i].helpers:
            governor = self._modal_above(governor)
        if word.dep in ("acl", "relcl") and self._goes_on(frame, held):
            governor = self._verb_above(self.words[head].head, ("dobj", "pobj"))
        if governor >= 0 and governor != i:
            above = self._frame(governor, depth + 1)
            if word.dep in ("ccomp", "xcomp"):
                frame.governor = above
            if word.dep == "conj":
                frame.governor = above.governor
            there = any(self.words[c].dep == "expl" for c in self.children[held])  # "but there was no change in B"
            if not frame.subjects and not there:
                self._inherit(frame, above, word)
        elif word.dep in ("relcl", "acl") and head >= 0 and not self._whose(frame, held, head):
            self._antecedent(frame, held, head)
        return frame

    def _held(self, i: int) -> int:
        """ "A was repressed", where the parse took the participle for an adjective: "was", which has the subject."""
        head = self.words[i].head
        described = self.words[i].dep in ("acomp", "attr", "oprd") and head != i
        own = described and any(w is self.words[head] for w in self.verbs[i].words)
        return head if own else i

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

    def _verb_above(self, i: int, through: tuple[str, ...] = ()) -> int:
        """The verb that a clause hangs on, through a preposition ("by inhibiting A") or an adjective."""
        for _ in range(4):
            i = self.holders.get(i, i)
            if i < 0 or i in self.verbs:
                return i
            if self.words[i].dep not in ("prep", "acomp", "agent", "mark", "conj", "attr", *through):
                return -1
            i = self.words[i].head if self.words[i].head != i else -1
        return -1

    def _modal_above(self, i: int) -> int:
        """The verb with a modal that a bare one goes on from: "can promote A, which is B, and also play …"."""
        at = i
        for _ in range(4):
            if at < 0 or self.verbs[at].form == "base":
                return at if at >= 0 else i
            head = self.words[at].head
            at = self._verb_above(head) if head != at and self.words[at].dep != "ROOT" else -1
            if at < 0 and head >= 0:
                above = self.words[head].head  # through the noun of a relative clause
                at = above if above in self.verbs else -1
        return i

    def _arguments(self, frame: Frame, i: int) -> None:
        for child in self.children[i]:
            dep = self.words[child].dep
            if dep in _SUBJECTS and child in self.chunk:
                if self.words[child].lower not in _WHICH:
                    nouns, denied = self.nouns(child)
                    if dep == "nsubj" and self._was_object(frame, nouns):
                        continue
                    nouns = self._described_name(child) or self._holder(child, nouns) or nouns
                    frame.subjects += nouns
                    frame.denied_subjects += denied
                    frame.subject_preps += self.preps(child)
            elif dep in _OBJECTS and child in self.chunk and self.words[child].lower not in _WHICH:
                nouns, denied = self.nouns(child)
                frame.objects += nouns
                frame.denied += denied
                frame.preps += self.preps(child)
            elif dep == "acomp" or (dep in ("attr", "oprd") and self.words[child].tag.startswith("JJ")):
                frame.adjective = frame.adjective or self.words[child].lower
                frame.degree = frame.degree or self._degree(child)
                frame.preps += self.preps(child)
                for below in self.children[child]:
                    if self.words[below].dep == "prep" and self.words[below].lower == "of":
                        frame.preps += self.prep(below)  # "independent of A"
            elif dep in ("prep", "agent", "dative"):
                found = list(self.prep(child))
                if self.after_but_not(child):
                    frame.denied_preps += found
                elif child < i and frame.verbs.start > child:
                    frame.lead_preps += found
                else:
                    frame.preps += found
                    frame.denied_preps += self.denied_preps(child)
            elif dep == "neg":
                frame.verbs.negated = True
            if dep == "advmod":
                frame.degree = frame.degree or self._degree(child)
            if dep in ("prt", "advmod", "prep"):
                frame.particles = (*frame.particles, self.words[child].lower)
        for k in (k for c in self.children[i] if self.words[c].dep in _ARGUMENTS for k in self.chunk.get(c, [c])):
            if any(self.words[c].lower == "neither" for c in self.children[k]):
                frame.verbs.negated = True
        heads = [n.head.lower for n in (*frame.objects, *(n for _, ns in frame.preps for n in ns))]
        frame.particles = (*frame.particles, *heads)
        if frame.subjects and frame.subjects[0].words[0].lower in ("no", "neither"):
            frame.verbs.negated = True

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
        above = self._frame(place - 1, 15)
        if above.objects or not above.subjects:
            return False
        above.objects = nouns
        frame.subjects, frame.subject_preps = above.subjects, above.subject_preps
        return True

    def _described_name(self, i: int) -> list[Noun]:
        """ "A, a soluble receptor made by B, blocks C": A, where the parse took its description for the subject."""
        first = self.chunk[i][0]
        if first < 2 or self.words[first].lower not in ("a", "an", "the") or self.words[first - 1].text != ",":
            return []
        named = any(self.words[k].is_name for k in self.chunk[i])
        before = first - 2
        if named or before not in self.chunk or not self.words[before].is_name:
            return []
        opens = self.chunk[before][0] == 0 or self.words[self.chunk[before][0] - 1].lower in _OPENING
        return self.nouns(before)[0][:1] if opens and self.words[before].head in (i, self.words[i].head) else []

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

    def _antecedent(self, frame: Frame, i: int, head: int) -> None:
        """Give a relative clause or participle the noun it hangs on, as subject or as object."""
        at = head if head in self.chunk else self.words[head].head
        if at not in self.chunk:
            return
        at = self._aimed(i, self._singular(frame, i, self._carrier(i, at)))
        nouns, _ = self.nouns(at)
        if frame.verbs.to and nouns and not can_do(nouns[0]) and self._does(frame, at):
            return
        if frame.verbs.to and self.words[at].lower in _ABILITIES:
            self._able(frame, at)
            return
        plural = frame.verbs.words[0].lower in ("are", "were", "have") or frame.verbs.words[0].tag == "VBP"
        if plural and self.words[at].dep == "conj":
            first = self.words[at].head
            nouns = self.nouns(first)[0] if first in self.chunk else nouns
        else:
            nouns = nouns[:1]
        for child in self.children[i]:
            if self.words[child].lower in _WHICH and self.words[child].dep in ("dobj", "pobj"):
                frame.objects = frame.objects or nouns
                return
        if self._is_opening(frame, i, at):
            frame.elided = True
            return
        whole = self._whole_clause(frame, i, nouns, at)
        if whole is not None:
            frame.subjects, frame.subject_preps = whole.subjects, whole.subject_preps
            return
        result = self._result(frame, i, at)
        if result is not None and not frame.subjects:
            frame.subjects, frame.subject_preps = result.subjects, result.subject_preps
            return
        described = self._described(at)
        if described is not None and not frame.subjects:
            frame.subjects, frame.subject_preps = described.subjects, described.subject_preps
            return
        if frame.subjects:
            if not frame.objects and not frame.verbs.passive and self.words[i].dep == "relcl":
                frame.objects = nouns
            return
        frame.subjects = nouns
        frame.subject_preps = [p for p in self.preps(at) if p[1] and p[1][0].start < self.words[i].start]

    def _able(self, frame: Frame, at: int) -> None:
        """ "The ability of A to do B", "A has the capacity to do B", "in order to do B": A."""
        nouns = self.nouns(at)[0]
        verb = self._verb_above(self.words[at].head, ("dobj", "pobj"))
        if nouns and nouns[0].of:
            frame.subjects = nouns[0].of
        elif verb >= 0 and verb in self.verbs:
            above = self._frame(verb, 12)
            frame.subjects, frame.subject_preps = above.subjects, above.subject_preps

    def _is_opening(self, frame: Frame, i: int, at: int) -> bool:
        """ "In neurons, up-regulated by A": the place is not what goes up."""
        opens = self.words[at].dep == "pobj" and self.words[at].head == 0
        opens = opens and self.words[0].lower in ("in", "on", "within")
        return opens and frame.verbs.form == "ed" and self.words[frame_start(self.words, frame) - 1].text == ","

    def _whole_clause(self, frame: Frame, i: int, nouns: list[Noun], at: int) -> Frame | None:
        """ "A recruits B, C and D, which results in E": what A does results in E."""
        first = frame.verbs.words[0]
        start = frame_start(self.words, frame)
        which = start > 1 and self.words[start - 1].lower == "which" and self.words[start - 2].text == ","
        if not which or first.tag != "VBZ" or frame.verbs.lemma not in ("result", "lead", "cause", "contribute"):
            return None
        verb = self._verb_above(self.words[at].head, ("dobj", "pobj"))
        holder = self._frame(verb, 12) if verb >= 0 else None
        listed = holder is not None and len(holder.objects) > 1
        return holder if listed and holder is not None and holder.subjects else None

    def _result(self, frame: Frame, i: int, at: int) -> Frame | None:
        """ "A raises B in C, leading to D": what A does leads to D."""
        start = frame_start(self.words, frame)
        if frame.verbs.form != "ing" or start < 2 or self.words[start - 1].text != ",":
            return None
        if self.words[at].dep not in ("dobj", "pobj", "conj"):
            return None
        verb = self._verb_above(self.words[at].head, ("dobj", "pobj"))
        above = self._frame(verb, 12) if verb >= 0 and verb != i else None
        return above if above is not None and above.verbs.lemma in VERBS and above.verbs.finite else None

    def _aimed(self, i: int, at: int) -> int:
        """ "An antibody to A that blocks B": the antibody, not what it is aimed at."""
        above = self.words[at].head
        if self.words[i].dep != "relcl" or self.words[at].dep != "pobj" or not 0 < above < at:
            return at
        while self.words[above].lower == "of" and 0 < self.words[above].head < above:
            above = self.words[self.words[above].head].head  # "to the alpha chain of A that …"
        holder = self.words[above].head
        aimed = self.words[above].lower in ("to", "against", "of") and holder < above
        return holder if aimed and holder in self.chunk and self.words[holder].lower in _AIMED else at

    def _carrier(self, i: int, at: int) -> int:
        """ "translocation of A to the nucleus, which B blocks": what moves, not where to."""
        which = min((c for c in self.children[i] if self.words[c].lower == "which"), default=0)
        above = self.words[at].head
        if not which or self.words[which - 1].text != "," or self.words[at].dep != "pobj":
            return at
        holder = self.words[above].head
        moves = self.words[above].lower in ("to", "into") and holder in self.chunk and holder < above
        return holder if moves and self.words[i].dep == "relcl" else at

    def _singular(self, frame: Frame, i: int, at: int) -> int:
        """ "A raised B in the cells, which was blocked by C", "in a B-dependent manner, which …": B, not the cells."""
        word, verb = self.words[at], frame.verbs.words[0].lower
        which = any(self.words[c].lower == "which" for c in self.children[i])
        manner = word.lower in ("manner", "fashion", "way")
        if not which or word.dep != "pobj" or not (manner or (word.tag == "NNS" and verb in ("is", "was", "has"))):
            return at
        holder = self.words[word.head].head
        if holder in self.chunk:
            return holder
        objects = [c for c in self.children[holder] if self.words[c].dep == "dobj" and c in self.chunk]
        return objects[0] if objects and objects[0] < at else at

    def _does(self, frame: Frame, at: int) -> bool:
        """ "A raises B secretion to lower C": A does both; say whether a clause above told so."""
        verb = self._verb_above(self.words[at].head, ("dobj", "pobj"))
        above = self._frame(verb, 12) if self.words[at].dep == "dobj" and verb >= 0 else None
        if above is None or not above.subjects or above.verbs.lemma not in VERBS:
            return False
        frame.subjects, frame.subject_preps = above.subjects, above.subject_preps
        return True

    def _described(self, at: int) -> Frame | None:
        """The clause whose subject a noun describes: "A is a member of B that …", "A acts as a switch that …"."""
        for _ in range(3):
            word = self.words[at]
            verb = word.head
            name = self._described_name(at) if word.dep in _SUBJECTS and at in self.chunk else []
            if name:
                return Frame(Verbs([word], word, "be", "s"), name)  # "A, a receptor made by B, …": A is made
            if word.dep in ("attr", "oprd") and verb in self.verbs:
                frame = self._frame(verb, 1)
                return frame if frame.subjects else None
            named = any(self.words[k].is_name for k in self.chunk.get(at, []))
            effect = word.lower in EFFECTS_TOLD  # "…, an effect that B blocks": the effect
            if word.dep == "appos" and verb in self.chunk and not named and not effect:
                return Frame(Verbs([word], word, "be", "s"), self.nouns(verb)[0][:1])  # "A, a factor that …": A
            if word.dep == "pobj" and self.words[verb].lower in ("as", "of"):
                at = self.words[verb].head
                if at in self.verbs and self.words[verb].lower == "as":
                    frame = self._frame(at, 1)
                    acts = self.verbs[at].lemma in ("act", "serve", "function") or frame.verbs.passive
                    return frame if frame.subjects and acts else None
                continue
            return None
        return None


def frame_start(words: list[Word], frame: Frame) -> int:
    """Give the place of the first word of a frame's verb group."""
    return next((k for k, w in enumerate(words) if w is frame.verbs.words[0]), 0)


_AIMED = {"antibody", "nanobody", "inhibitor", "antagonist", "aptamer", "immunoglobulin"}
_ABILITIES = {"ability", "capacity", "capability", "potential", "order", "tendency", "propensity", "power", "potency"}
_OWN = {"fail", "appear", "use", "help", "seem", "tend", "continue", "begin"}
