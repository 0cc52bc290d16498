"""Clauses of a sentence: who does what to what, read off the order of the phrases.

Relative clauses take the phrase before them, participles after a comma and verbs joined by "and" the subject of the
clause they continue.
"""

from __future__ import annotations

from .frames import Clauses, Frame, can_do
from .phrases import Noun, Piece
from .verbs import Verbs


def clauses(cut: list[Piece]) -> Clauses:
    """Build the frames of a sentence from its pieces."""
    return _Builder(cut).build()


_REPORTING = set(
    "suggest indicate show demonstrate reveal report find propose hypothesize mean imply believe think".split()
)
_GIVING = {"provide", "exert", "have", "deliver", "represent", "form"}
_GIVEN = set("signal signals effect effects stimulus action actions factor cytokine role".split())
_BARE = set("genes factors molecules signals pathways events mechanisms programs".split())


class _Builder:
    def __init__(self, cut: list[Piece]) -> None:
        self.cut = cut
        self.out = Clauses()
        self.candidate: list[Noun] = []
        self.candidate_preps: list[tuple[str, list[Noun]]] = []
        self.lead_preps: list[tuple[str, list[Noun]]] = []
        self.last: list[Noun] = []
        self.open: Frame | None = None
        self.main: Frame | None = None
        self.pending: str = ""
        self.relative = False
        self.broken = False  # a comma or conjunction came after the open frame
        self.governor: Frame | None = None
        self.denying = False
        self.denied_subjects: list[Noun] = []
        self.apposed = False
        self.neither = False

    def build(self) -> Clauses:
        for k, piece in enumerate(self.cut):
            getattr(self, f"_{piece.kind}")(piece, k)
        if not self.out.frames:
            if not self.out.loose:
                self.out.loose, self.out.loose_preps = self.candidate, self.candidate_preps
        elif self.candidate and self.main is None and not self.out.loose:
            self.out.loose, self.out.loose_preps = self.candidate, self.candidate_preps
        return self.out

    def _np(self, piece: Piece, k: int) -> None:
        nouns = piece.nouns
        if self.denying and self._deny(nouns):
            self.pending, self.denying = "", False
            return
        if self.pending:
            where = (self.pending, nouns)
            if self.open is not None and not (self.broken and self._verb_follows(k)):
                self.open.preps.append(where)
            elif self.candidate:
                self.candidate_preps.append(where)
            else:
                self.lead_preps.append(where)
            self.pending = ""
        elif self.open is not None and not self.open.objects and not self.broken and not self.open.preps:
            self.open.objects = nouns
        elif self.open is not None and self.denying:
            self.open.denied += nouns
        elif self.open is not None and self.broken and self._opens_clause(k):
            self.candidate, self.candidate_preps, self.open = nouns, [], None
        elif self.open is not None and self.broken and not self._verb_follows(k):
            self.apposed = nouns[0].words[0].lower in ("a", "an", "the")  # an apposition or an afterthought: not read
        elif not self.candidate or (self.open is None and self._verb_follows(k) and not self._after_comma(k)):
            self.candidate = nouns
        elif self.open is None and self._is_named_apposition(nouns, k):
            self.candidate = nouns  # "a soluble decoy, IL22RA2, neutralises": the name is meant
        self.last = nouns
        self.denying = False

    def _deny(self, nouns: list[Noun]) -> bool:
        """Take "but not B", "but not by B", "but not of B"; say whether it found a place."""
        if self.open is not None and self.pending:
            self.open.denied_preps.append((self.pending, nouns))
        elif self.open is None and self.candidate and self.pending in ("", "of"):
            holder = self.candidate[-1]
            self.denied_subjects += [Noun(holder.words, [n]) for n in nouns] if self.pending else nouns
        else:
            return False
        return True

    def _opens_clause(self, k: int) -> bool:
        """Say whether "…, and its receptor, made up of A and B, is found …" begins at k."""
        if not (k and self.cut[k - 1].kind == "cc" and k + 1 < len(self.cut) and self.cut[k + 1].kind == "comma"):
            return False
        rest = self.cut[k + 2 :]
        return any(
            later.kind == "vg" and later.verbs is not None and later.verbs.finite and rest[m - 1].kind == "comma"
            for m, later in enumerate(rest)
            if m
        )

    def _is_named_apposition(self, nouns: list[Noun], k: int) -> bool:
        following = self.cut[k + 1].kind if k + 1 < len(self.cut) else ""
        name = len(nouns) == 1 and nouns[0].words[-1].is_name and len(nouns[0].words) == 1
        known = any(w.is_name for n in self.candidate for w in n.words)
        return name and not known and self._after_comma(k) and following == "comma"

    def _after_comma(self, k: int) -> bool:
        return k > 0 and self.cut[k - 1].kind == "comma"

    def _verb_follows(self, k: int) -> bool:
        """Say whether a finite verb comes before the clause ends, so that the phrase at k begins a clause."""
        for later in self.cut[k + 1 :]:
            if later.kind == "vg" and later.verbs is not None:
                return later.verbs.finite
            if later.kind in ("stop", "sub", "wh", "cc", "comma"):
                return False
        return False

    def _vg(self, piece: Piece, k: int) -> None:
        verbs = piece.verbs
        assert verbs is not None
        frame = Frame(verbs, lead_preps=list(self.lead_preps), denied_subjects=self.denied_subjects)
        self.denied_subjects = []
        self._take_subjects(frame, k)
        if verbs.finite and not frame.relative and not verbs.to:
            self.main = frame
        first = frame.subjects[0].words[0].lower if frame.subjects and not frame.relative else ""
        if first and (self.neither or first in ("no", "neither")):
            verbs.negated = True
            self.neither = False
        self.open = frame
        self.broken = False
        self.relative = False
        self.apposed = False
        self.pending = ""
        self.out.frames.append(frame)

    def _take_subjects(self, frame: Frame, k: int) -> None:
        """Give a verb its subject: by its own form, by the phrase before it, or from the clause it goes on."""
        verbs = frame.verbs
        before = self.cut[k - 1] if k and self.cut[k - 1].kind == "np" else None
        if verbs.to:
            self._of_infinitive(frame, before)
        elif self.relative:
            frame.relative = True
            frame.subjects = self._antecedent()
            frame.governor = self.open if frame.subjects is not self.last else None
        elif self.open is not None and self._is_reported(self.open, verbs):
            frame.subjects, frame.governor = self.open.objects, self.open
            self.open.objects = []
        elif not verbs.finite and before is not None and not self._is_late_main(k, before):
            self._of_participle(frame, before)
        elif not verbs.finite and verbs.form == "ing":
            source = self.main or self.open
            frame.subjects = source.subjects if source is not None else self.candidate
            frame.governor = source
            frame.elided = not frame.subjects
            frame.relative = True
        elif self.candidate:
            frame.subjects, frame.subject_preps = self.candidate, self.candidate_preps
            frame.governor = self.governor
            if verbs.finite:
                self.candidate, self.candidate_preps = [], []
            else:
                frame.relative = True
        elif self.main is None and self._is_gerund_subject(verbs):
            assert self.open is not None
            frame.subjects = self.open.objects
            self.open.elided = False  # what the gerund says was done by whoever did the experiment
        elif self.main is not None:
            self._go_on(frame, self.main, k)
        else:
            frame.elided = True

    def _of_infinitive(self, frame: Frame, before: Piece | None) -> None:
        """ "A acts to raise B": A; "A recruits B to raise C": B."""
        governor = frame.governor = self.open
        if governor is None:
            frame.subjects = self.candidate or self.last
            return
        set_to_it = (
            before is not None
            and bool(governor.objects)
            and can_do(governor.objects[-1])
            and not governor.verbs.passive
            and governor.verbs.lemma not in ("fail", "appear", "use", "help")
        )
        frame.subjects = (self.candidate or self.last) if set_to_it else governor.subjects

    def _is_reported(self, frame: Frame, verbs: Verbs) -> bool:
        """Say whether what a frame took for its object is the subject of a clause: "we show A raises B"."""
        return verbs.finite and frame.verbs.lemma in _REPORTING and bool(frame.objects) and not self.broken

    def _of_participle(self, frame: Frame, before: Piece) -> None:
        """ "cells treated with A": the cells; "A is a factor made by B": A."""
        frame.relative = True
        frame.subjects = before.nouns
        if self.open is not None and self.open.verbs.lemma == "be" and before.nouns is self.open.objects:
            frame.subjects = self.open.subjects
        frame.subject_preps = self.candidate_preps if before.nouns is self.candidate else []

    def _go_on(self, frame: Frame, main: Frame, k: int) -> None:
        """ "A can bind B and raise C": the subject, the modal and the voice go on."""
        verbs, first = frame.verbs, main.verbs
        frame.subjects, frame.subject_preps = main.subjects, main.subject_preps
        frame.elided = main.elided
        if first.helpers and not verbs.helpers and verbs.form == "base":
            verbs.helpers = first.helpers
            verbs.negated = verbs.negated or first.negated
        elif verbs.form == "ed" and not verbs.helpers and first.passive and self._lacks_object(verbs, k):
            verbs.passive = True
        frame.governor = main.governor

    def _lacks_object(self, verbs: Verbs, k: int) -> bool:
        """Say whether a participle may go on a passive; in "B is induced by A and lowered C" it says what B did."""
        after = self.cut[k + 1] if k + 1 < len(self.cut) else None
        if after is None or after.kind != "np":
            return True
        named = any(w.mention is not None or w.known for n in after.nouns for w in n.words)
        return verbs.main.tag != "VBD" and not named

    def _is_gerund_subject(self, verbs: Verbs) -> bool:
        """Say whether a clause has a gerund with its object for a subject: "Silencing A reduced B"."""
        first = self.open
        if first is None or not verbs.finite or len(self.out.frames) != 1 or self.out.frames[0] is not first:
            return False
        return first.verbs.form == "ing" and not first.verbs.helpers and bool(first.objects)

    def _is_late_main(self, k: int, previous: Piece) -> bool:
        """Say whether "loss of A in mice protected against B" has its verb at k: a subject waits, no verb comes."""
        verbs = self.cut[k].verbs
        waiting = self.main is None and self.open is None and self.candidate and previous.nouns is not self.candidate
        after = self.cut[k + 1] if k + 1 < len(self.cut) else None
        if not waiting or verbs is None or verbs.form != "ed" or (after is not None and after.text in ("by", "with")):
            return False
        for later in self.cut[k + 1 :]:
            if later.kind == "vg" and later.verbs is not None:
                return not later.verbs.finite
            if later.kind in ("stop", "sub"):
                break
        verbs.finite = True
        return True

    def _antecedent(self) -> list[Noun]:
        """What a relative clause is about: the phrase before it, or the subject that this phrase describes."""
        frame = self.open
        if frame is None or self.last == []:
            return self.last
        describes = frame.verbs.lemma == "be" and (
            self.last is frame.objects or (frame.objects and self.last in [n.of for n in frame.objects])
        )
        acts = frame.verbs.lemma in ("act", "serve", "function") and any(
            self.last is nouns for p, nouns in frame.preps if p == "as"
        )
        object_ = self.last is frame.objects
        if frame.objects and not object_ and self.last[-1].head.lower in ("manner", "fashion", "way"):
            return frame.objects[-1:]  # "A raised B in a dose-dependent manner, which …": B
        gives = object_ and frame.verbs.lemma in _GIVING and self.last[-1].head.lower in _GIVEN
        words = [w.lower for n in self.last for w in (n.of[-1].words if n.of else n.words)]
        bare = object_ and len(words) == 1 and words[0] in _BARE
        if (describes or acts or gives or bare) and frame.subjects:
            return frame.subjects
        if self.apposed and frame.verbs.lemma == "be":
            return frame.subjects
        return self.last

    def _prep(self, piece: Piece, k: int) -> None:
        self.pending = "than" if self.pending == "than" else piece.text  # "higher in A than in B"

    def _wh(self, piece: Piece, k: int) -> None:
        self.relative = piece.text in ("which", "that", "who")
        if piece.text in ("where", "whereby", "whose"):
            self._sub(piece, k)

    def _sub(self, piece: Piece, k: int) -> None:
        if piece.text == "that" and self.open is not None:
            self.governor = self.open
        else:
            self.governor = None
        self.candidate, self.candidate_preps = [], []
        self.lead_preps = []
        self.open = None
        self.pending = ""

    def _stop(self, piece: Piece, k: int) -> None:
        if not self.out.frames and self.candidate and not self.out.loose:
            self.out.loose, self.out.loose_preps = self.candidate, self.candidate_preps
        self.candidate, self.candidate_preps, self.lead_preps = [], [], []
        self.open = None
        self.main = None
        self.broken = False
        self.governor = None
        self.pending = ""

    def _comma(self, piece: Piece, k: int) -> None:
        self.broken = True
        self.pending = ""

    def _cc(self, piece: Piece, k: int) -> None:
        self.broken = True
        following = self.cut[k + 1] if k + 1 < len(self.cut) else None
        if piece.text == "but" and following is not None and following.kind == "other" and following.text == "not":
            self.denying = True

    def _adj(self, piece: Piece, k: int) -> None:
        if (
            self.open is not None
            and not self.open.objects
            and self.open.verbs.lemma in ("be", "become", "remain", "appear", "seem", "prove")
        ):
            self.open.adjective = self.open.adjective or piece.text

    def _other(self, piece: Piece, k: int) -> None:
        if piece.text == "neither":
            self.neither = True
            after = self.cut[k + 1] if k + 1 < len(self.cut) else None
            if self.open is not None and after is not None and after.kind in ("prep", "np"):
                self.open.verbs.negated, self.neither = True, False
        if piece.text == "not" and k and self.cut[k - 1].text == "but":
            self.denying = True
