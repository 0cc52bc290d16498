"""What a relative clause or a participle is told of: the noun it hangs on, or what that noun stands for."""

from __future__ import annotations

from abc import abstractmethod

from ..plain.word import Word
from ..words.predicates import VERBS
from .arcs import Arcs
from .frames import Frame, can_do
from .phrases import Noun
from .pointing import EFFECTS_TOLD
from .verbs import Verbs

SUBJECTS = {"nsubj", "nsubjpass", "csubj"}
WHICH = {"which", "that", "who", "whom"}
_OPENING = {",", "that", "while", "whereas", "because", "although", "and", "but"}
_AIMED = {"antibody", "nanobody", "inhibitor", "antagonist", "aptamer", "immunoglobulin"}
_ABILITIES = {"ability", "capacity", "capability", "potential", "order", "tendency", "propensity", "power", "potency"}


class Antecedents(Arcs):
    """A parsed sentence whose clauses find what they are told of; what builds the frames gives `frame`."""

    @abstractmethod
    def frame(self, i: int, depth: int) -> Frame:
        """Give the frame of the verb at i, built at most once."""

    def take_antecedent(self, frame: Frame, i: int, head: int) -> None:
        """Give a relative clause or participle the noun it hangs on, as subject or as object."""
        at = head if head in self.chunk else self.words[head].head
        if at not in self.chunk:
            return
        at = self._aimed(i, self._singular(frame, i, self._carrier(i, at)))
        nouns = self.nouns(at)[0]
        if frame.verbs.to and nouns and not can_do(nouns[0]) and self._does(frame, at):
            return
        if frame.verbs.to and self.words[at].lower in _ABILITIES:
            self._able(frame, at)
            return
        nouns = self._agreeing(frame, at, nouns)
        done_to = (c for c in self.children[i] if self.words[c].dep in ("dobj", "pobj"))
        if any(self.words[c].lower in WHICH for c in done_to):
            frame.objects = frame.objects or nouns
        elif self._is_opening(frame, at):
            frame.elided = True
        elif (source := self._told_by(frame, i, at)) is not None:
            frame.subjects, frame.subject_preps = source.subjects, source.subject_preps
        elif not frame.subjects:
            frame.subjects = nouns
            frame.subject_preps = [p for p in self.preps(at) if p[1] and p[1][0].start < self.words[i].start]
        elif not frame.objects and not frame.verbs.passive and self.words[i].dep == "relcl":
            frame.objects = nouns

    def _agreeing(self, frame: Frame, at: int, nouns: list[Noun]) -> list[Noun]:
        """ "A and B, which are made by C": both; "A and B, which is made by C": the one before."""
        plural = frame.verbs.words[0].lower in ("are", "were", "have") or frame.verbs.words[0].tag == "VBP"
        if not plural or self.words[at].dep != "conj":
            return nouns[:1]
        first = self.words[at].head
        return self.nouns(first)[0] if first in self.chunk else nouns

    def _told_by(self, frame: Frame, i: int, at: int) -> Frame | None:
        """The frame that has the subject of a clause, where that is not the noun it hangs on."""
        whole = self._whole_clause(frame, at)
        if whole is not None or frame.subjects:
            return whole
        return self._result(frame, i, at) or self._described(at)

    def described_name(self, i: int) -> list[Noun]:
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

    def _able(self, frame: Frame, at: int) -> None:
        """ "The ability of A to do B", "A has the capacity to do B", "in order to do B": A."""
        nouns = self.nouns(at)[0]
        verb = self.verb_above(self.words[at].head, ("dobj", "pobj"))
        if nouns and nouns[0].of:
            frame.subjects = nouns[0].of
        elif verb >= 0 and verb in self.verbs:
            above = self.frame(verb, 12)
            frame.subjects, frame.subject_preps = above.subjects, above.subject_preps

    def _is_opening(self, frame: Frame, at: int) -> bool:
        """ "In neurons, up-regulated by A": the place is not what goes up."""
        opens = self.words[at].dep == "pobj" and self.words[at].head == 0
        opens = opens and self.words[0].lower in ("in", "on", "within")
        return opens and frame.verbs.form == "ed" and self.words[frame_start(self.words, frame) - 1].text == ","

    def _whole_clause(self, frame: Frame, at: int) -> Frame | None:
        """ "A recruits B, C and D, which results in E": what A does results in E."""
        first = frame.verbs.words[0]
        start = frame_start(self.words, frame)
        which = start > 1 and self.words[start - 1].lower == "which" and self.words[start - 2].text == ","
        if not which or first.tag != "VBZ" or frame.verbs.lemma not in ("result", "lead", "cause", "contribute"):
            return None
        verb = self.verb_above(self.words[at].head, ("dobj", "pobj"))
        holder = self.frame(verb, 12) if verb >= 0 else None
        listed = holder is not None and len(holder.objects) > 1
        return holder if listed and holder is not None and holder.subjects else None

    def _result(self, frame: Frame, i: int, at: int) -> Frame | None:
        """ "A raises B in C, leading to D": what A does leads to D."""
        start = frame_start(self.words, frame)
        if frame.verbs.form != "ing" or start < 2 or self.words[start - 1].text != ",":
            return None
        if self.words[at].dep not in ("dobj", "pobj", "conj"):
            return None
        verb = self.verb_above(self.words[at].head, ("dobj", "pobj"))
        above = self.frame(verb, 12) if verb >= 0 and verb != i else None
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
        verb = self.verb_above(self.words[at].head, ("dobj", "pobj"))
        above = self.frame(verb, 12) if self.words[at].dep == "dobj" and verb >= 0 else None
        if above is None or not above.subjects or above.verbs.lemma not in VERBS:
            return False
        frame.subjects, frame.subject_preps = above.subjects, above.subject_preps
        return True

    def _described(self, at: int) -> Frame | None:
        """The clause whose subject a noun describes: "A is a member of B that …", "A acts as a switch that …"."""
        for _ in range(3):
            word = self.words[at]
            verb = word.head
            name = self.described_name(at) if word.dep in SUBJECTS and at in self.chunk else []
            if name:
                return Frame(Verbs([word], word, "be", "s"), name)  # "A, a receptor made by B, …": A is made
            if word.dep in ("attr", "oprd") and verb in self.verbs:
                frame = self.frame(verb, 1)
                return frame if frame.subjects else None
            named = any(self.words[k].is_name for k in self.chunk.get(at, []))
            effect = word.lower in EFFECTS_TOLD  # "…, an effect that B blocks": the effect
            if word.dep == "appos" and verb in self.chunk and not named and not effect:
                return Frame(Verbs([word], word, "be", "s"), self.nouns(verb)[0][:1])  # "A, a factor that …": A
            if word.dep == "pobj" and self.words[verb].lower in ("as", "of"):
                at = self.words[verb].head
                if at in self.verbs and self.words[verb].lower == "as":
                    frame = self.frame(at, 1)
                    acts = self.verbs[at].lemma in ("act", "serve", "function") or frame.verbs.passive
                    return frame if frame.subjects and acts else None
                continue
            return None
        return None


def frame_start(words: list[Word], frame: Frame) -> int:
    """Give the place of the first word of a frame's verb group."""
    return next((k for k, w in enumerate(words) if w is frame.verbs.words[0]), 0)
