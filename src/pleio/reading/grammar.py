"""Clauses of a sentence as a dependency parse gives them: the same frames as `clauses`, with arguments found by arcs.

The phrases and verb groups are those of the cascade, which knows the names; the parse says which belongs to which verb.
It reaches what order alone does not: arguments far from their verb, relative and participial clauses, lists of clauses.
"""

from __future__ import annotations

from collections.abc import Iterator

from .clauses import Clauses, Frame
from .lists import add_members, is_bare, share_readout
from .phrases import Noun, Piece
from .verbs import Verbs
from .wordclasses import PRONOUNS
from .words import Word

_SUBJECTS = {"nsubj", "nsubjpass", "csubj"}
_OBJECTS = {"dobj", "attr", "oprd"}
_WHICH = {"which", "that", "who", "whom"}
_MOST_ARGUMENTS = 40  # of one list; a longer one is bait


def parsed(words: list[Word], cut: list[Piece]) -> Clauses:
    """Build the frames of a parsed sentence from its phrases (`cut_phrases`)."""
    return _Tree(words, cut).clauses()


class _Tree:
    def __init__(self, words: list[Word], cut: list[Piece]) -> None:
        self.words = words
        self.children: list[list[int]] = [[] for _ in words]
        for i, word in enumerate(words):
            if 0 <= word.head < len(words) and word.head != i:
                self.children[word.head].append(i)
        place = {id(w): i for i, w in enumerate(words)}
        self.chunk: dict[int, list[int]] = {}
        self.verbs: dict[int, Verbs] = {}
        for piece in cut:
            for noun in piece.nouns if piece.kind == "np" else []:
                inside = [place[id(w)] for w in noun.words]
                for i in inside:
                    self.chunk[i] = inside
            if piece.verbs is not None:
                self.verbs[place[id(piece.verbs.main)]] = piece.verbs
        self.frames: dict[int, Frame] = {}
        self.open: set[int] = set()  # the phrases that are being built

    def clauses(self) -> Clauses:
        for i in sorted(self.verbs):
            self._frame(i, 0)
        found = [self.frames[i] for i in sorted(self.frames)]
        return Clauses([*found, *self._gapped(), *self._appositions()])

    def _appositions(self) -> Iterator[Frame]:
        """ "A, an inhibitor of B, …" as "A is an inhibitor of B"."""
        for i, word in enumerate(self.words):
            if word.dep != "appos" or i not in self.chunk or word.head not in self.chunk:
                continue
            first = self.words[self.chunk[i][0]]
            named = [w for k in self.chunk[i] if (w := self.words[k]).is_name]
            if first.lower in ("a", "an", "the", "another", "one") and not (word.is_name and len(named) == 1):
                verbs = Verbs([first], first, "be", "s", helpers=frozenset({"is"}))
                yield Frame(verbs, self._nouns(word.head)[0][:1], [], self._nouns(i)[0], preps=self._preps(i))

    def _frame(self, i: int, depth: int) -> Frame:
        if i in self.frames:
            return self.frames[i]
        verbs = self._voice(i)
        frame = self.frames[i] = Frame(verbs)
        if depth > 20:
            return frame
        word = self.words[i]
        frame.relative = word.dep in ("relcl", "acl")
        self._arguments(frame, i)
        head = word.head if word.head != i else -1
        listed = ("dobj", "pobj") if word.dep == "conj" and word.tag in ("VBZ", "VBP", "VBD") else ()
        governor = self._verb_above(head, listed) if word.dep in ("ccomp", "xcomp", "advcl", "pcomp", "conj") else -1
        if word.dep == "conj" and self.verbs[i].form == "base" and not self.verbs[i].helpers:
            governor = self._modal_above(governor)
        if word.dep in ("acl", "relcl") and self._goes_on(frame, i):
            governor = self._verb_above(self.words[head].head, ("dobj", "pobj"))
        if governor >= 0 and governor != i:
            above = self._frame(governor, depth + 1)
            if word.dep in ("ccomp", "xcomp"):
                frame.governor = above
            if word.dep == "conj":
                frame.governor = above.governor
            if not frame.subjects:
                self._inherit(frame, above, word)
        elif word.dep in ("relcl", "acl") and head >= 0:
            self._antecedent(frame, i, head)
        return frame

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
                    nouns, denied = self._nouns(child)
                    if dep == "nsubj" and self._was_object(frame, nouns):
                        continue
                    frame.subjects += nouns
                    frame.denied_subjects += denied
                    frame.subject_preps += self._preps(child)
            elif dep in _OBJECTS and child in self.chunk and self.words[child].lower not in _WHICH:
                nouns, denied = self._nouns(child)
                frame.objects += nouns
                frame.denied += denied
                frame.preps += self._preps(child)
            elif dep == "acomp" or (dep in ("attr", "oprd") and self.words[child].tag.startswith("JJ")):
                frame.adjective = frame.adjective or self.words[child].lower
                frame.degree = frame.degree or self._degree(child)
                frame.preps += self._preps(child)
                for below in self.children[child]:
                    if self.words[below].dep == "prep" and self.words[below].lower == "of":
                        frame.preps += self._prep(below)  # "independent of A"
            elif dep in ("prep", "agent", "dative"):
                found = list(self._prep(child))
                if self._after_but_not(child):
                    frame.denied_preps += found
                elif child < i and frame.verbs.start > child:
                    frame.lead_preps += found
                else:
                    frame.preps += found
                    frame.denied_preps += self._denied_preps(child)
            elif dep == "neg":
                frame.verbs.negated = True
            if dep == "advmod":
                frame.degree = frame.degree or self._degree(child)
            if dep in ("prt", "advmod", "prep"):
                frame.particles = (*frame.particles, self.words[child].lower)
        for k in (k for c in self.children[i] if self.words[c].dep in _OBJECTS for k in self.chunk.get(c, [c])):
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

    def _gapped(self) -> Iterator[Frame]:
        """ "A is expressed in lung, B in kidney"; "A rose by half and B by a third": the verb goes on."""
        for i, word in enumerate(self.words):
            if word.dep != "conj" or i not in self.chunk or word.head not in self.frames or word.head > i:
                continue
            above, preps = self.frames[word.head], self._preps(i)
            subject = self._nouns(i)[0][:1]
            names = {name for name, _ in above.preps}
            if above.subjects and subject and preps and preps[0][0] in names and not above.objects:
                yield Frame(above.verbs, subject, [], [], preps=preps, adjective=above.adjective)

    def _inherit(self, frame: Frame, above: Frame, word: Word) -> None:
        """Take the subject of the clause above: "A binds B and activates C", "A acts by blocking B"."""
        if word.dep == "xcomp" and above.objects and not above.verbs.passive and above.verbs.lemma not in _OWN:
            frame.subjects = above.objects
            return
        frame.subjects, frame.subject_preps = above.subjects, above.subject_preps
        frame.denied_subjects = above.denied_subjects
        if word.dep != "conj":
            return
        own, first = frame.verbs, above.verbs
        if own.form == "base" and not own.helpers:
            own.helpers, own.negated = first.helpers, own.negated or first.negated
        elif own.form == "ed" and not own.helpers and first.passive:
            own.passive = True

    def _antecedent(self, frame: Frame, i: int, head: int) -> None:
        """Give a relative clause or participle the noun it hangs on, as subject or as object."""
        at = head if head in self.chunk else self.words[head].head
        if at not in self.chunk:
            return
        at = self._carrier(i, at)
        nouns, _ = self._nouns(at)
        plural = frame.verbs.words[0].lower in ("are", "were", "have") or frame.verbs.words[0].tag == "VBP"
        if plural and self.words[at].dep == "conj":
            first = self.words[at].head
            nouns = self._nouns(first)[0] if first in self.chunk else nouns
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
        described = self._described(at)
        if described is not None and not frame.subjects:
            frame.subjects, frame.subject_preps = described.subjects, described.subject_preps
            return
        if frame.subjects:
            if not frame.objects and not frame.verbs.passive and self.words[i].dep == "relcl":
                frame.objects = nouns
            return
        frame.subjects = nouns
        frame.subject_preps = [p for p in self._preps(at) if p[1] and p[1][0].start < self.words[i].start]

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

    def _carrier(self, i: int, at: int) -> int:
        """ "translocation of A to the nucleus, which B blocks": what moves, not where to."""
        which = min((c for c in self.children[i] if self.words[c].lower == "which"), default=0)
        above = self.words[at].head
        if not which or self.words[which - 1].text != "," or self.words[at].dep != "pobj":
            return at
        holder = self.words[above].head
        moves = self.words[above].lower in ("to", "into") and holder in self.chunk and holder < above
        return holder if moves and self.words[i].dep == "relcl" else at

    def _described(self, at: int) -> Frame | None:
        """The clause whose subject a noun describes: "A is a member of B that …", "A acts as a switch that …"."""
        for _ in range(3):
            word = self.words[at]
            verb = word.head
            if word.dep in ("attr", "oprd") and verb in self.verbs:
                frame = self._frame(verb, 1)
                return frame if frame.subjects else None
            if word.dep == "pobj" and self.words[verb].lower in ("as", "of"):
                at = self.words[verb].head
                if at in self.verbs and self.words[verb].lower == "as":
                    frame = self._frame(at, 1)
                    acts = self.verbs[at].lemma in ("act", "serve", "function") or frame.verbs.passive
                    return frame if frame.subjects and acts else None
                continue
            return None
        return None

    def _nouns(self, i: int, depth: int = 0) -> tuple[list[Noun], list[Noun]]:
        """Give the noun phrase at i with those listed with it; and those that "but not" denies."""
        inside = self.chunk.get(i)
        if inside is None or inside[0] in self.open:
            return [], []  # the parse of a list may lead back to where it began
        self.open.add(inside[0])
        try:
            return self._listed(i, inside, depth)
        finally:
            self.open.discard(inside[0])

    def _listed(self, i: int, inside: list[int], depth: int) -> tuple[list[Noun], list[Noun]]:
        noun = Noun([self.words[k] for k in inside], pronoun=len(inside) == 1 and self.words[i].lower in PRONOUNS)
        listed, denied = [noun], list[Noun]()
        noun.preps = self._own_preps(i) if depth < 6 else []
        for k in inside:
            for child in self.children[k]:
                word = self.words[child]
                if child in inside or depth > _MOST_ARGUMENTS:
                    continue
                if child > i and child in self.chunk and self._after_but_not(self.chunk[child][0]):
                    denied += self._nouns(child, depth + 1)[0]
                    continue
                if word.dep == "prep" and word.lower == "of":
                    for below in self.children[child]:
                        if self.words[below].dep == "pobj":
                            noun.of += self._nouns(below, depth + 1)[0]
                elif word.dep == "prep" and word.lower in ("including", "as", "like"):
                    such = word.lower != "as" or any(self.words[c].lower == "such" for c in self.children[child])
                    for below in self.children[child] if such else []:
                        if self.words[below].dep == "pobj":
                            noun.members += self._nouns(below, depth + 1)[0]
                elif child < inside[0] and child in self.chunk and self._lists(child, inside[0]):
                    listed = [*self._nouns(child, depth + 1)[0], *listed]
                elif word.dep == "conj" and child in self.chunk and child > k and not self._verb_between(k, child):
                    more, less = self._nouns(child, depth + 1)
                    if self._is_denied(k, child):
                        denied += more
                    else:
                        listed += more
                    denied += less
        return _shared(listed) if depth == 0 else listed, denied

    def _verb_between(self, first: int, last: int) -> bool:
        """Say whether a verb that the parse took for a noun of a list stands between: "binds A and inhibits B"."""
        return any(
            k in self.verbs and self.words[k].dep == "conj" and self.words[k].head in self.chunk
            for k in range(first + 1, last)
        )

    def _lists(self, first: int, last: int) -> bool:
        """Say whether what the parse took for a modifier is a member of a list: "joint swelling and influx"."""
        between = {self.words[k].lower for k in range(first + 1, last)}
        return self.words[first].dep in ("nmod", "npadvmod", "compound", "amod") and bool(between & {"and", "or", ","})

    def _own_preps(self, i: int) -> list[tuple[str, list[Noun]]]:
        """The prepositional phrases of this noun alone, without "of" and without lists of examples."""
        out: list[tuple[str, list[Noun]]] = []
        for k in self.chunk[i]:
            for child in self.children[k]:
                word = self.words[child]
                if (
                    word.dep in ("prep", "agent")
                    and word.lower not in ("of", "including")
                    and child not in self.chunk[i]
                ):
                    below = [c for c in self.children[child] if self.words[c].dep == "pobj" and c in self.chunk]
                    out += [(word.lower, self._nouns(c, 7)[0]) for c in below]
        return out

    def _after_but_not(self, i: int) -> bool:
        """Say whether "but not" or ", not" stands right before a word."""
        before = [w.lower for w in self.words[max(0, i - 2) : i]]
        return len(before) == 2 and before[1] == "not" and before[0] in ("but", ",", "and")

    def _is_denied(self, i: int, conjunct: int) -> bool:
        but = any(self.words[c].lower in ("but", "not") and i < c < conjunct for c in self.children[i])
        return but and any(w.lower == "not" for w in self.words[i + 1 : conjunct])

    def _preps(self, i: int, seen: set[int] | None = None) -> list[tuple[str, list[Noun]]]:
        """The prepositional phrases of a noun or adjective and of those listed with it; each word is asked once."""
        out: list[tuple[str, list[Noun]]] = []
        seen = set() if seen is None else seen
        for k in self.chunk.get(i, [i]):
            if k in seen or len(seen) >= _MOST_ARGUMENTS:
                continue
            seen.add(k)
            for child in self.children[k]:
                if self.words[child].dep in ("prep", "agent") and self.words[child].lower != "of":
                    out += self._prep(child, seen=seen)
                elif self.words[child].dep == "conj" and child > k:
                    out += self._preps(child, seen) if len(out) < _MOST_ARGUMENTS else []
        return out

    def _prep(self, i: int, depth: int = 0, seen: set[int] | None = None) -> Iterator[tuple[str, list[Noun]]]:
        """A preposition with its nouns, then the prepositions that hang on those ("in response to A")."""
        seen = set() if seen is None else seen
        for child in self.children[i]:
            dep = self.words[child].dep
            if dep == "pobj" and child in self.chunk:
                yield self.words[i].lower, self._nouns(child)[0]
                yield from self._preps(child, seen) if depth < 6 else []
            elif self._after_but_not(child):
                continue
            elif (dep in ("prep", "pcomp") and depth < 6 and self.words[child].tag == "IN") or (
                dep == "conj" and self.words[child].tag == "IN" and not self._is_denied(i, child) and depth < 6
            ):
                yield from self._prep(child, depth + 1, seen)

    def _denied_preps(self, i: int) -> list[tuple[str, list[Noun]]]:
        found = [
            pair
            for child in self.children[i]
            if (self.words[child].dep == "conj" and self._is_denied(i, child)) or self._after_but_not(child)
            for pair in self._prep(child)
        ]
        inside = [c for c in self.children[i] if self.words[c].dep == "pobj"]
        return [*found, *((self.words[i].lower, denied) for c in inside if (denied := self._nouns(c)[1]))]


def frame_start(words: list[Word], frame: Frame) -> int:
    """Give the place of the first word of a frame's verb group."""
    return next((k for k, w in enumerate(words) if w is frame.verbs.words[0]), 0)


def _shared(listed: list[Noun]) -> list[Noun]:
    """Give all of "growth and survival of A" their "of", whichever of them the parse hung it on."""
    owners = [n for n in listed if n.of]
    if len(listed) > 1 and len(owners) == 1 and all(is_bare(n) for n in listed):
        of, owners[0].of = owners[0].of, []
        listed[-1].of = of
    found = listed[:1]
    for noun in listed[1:]:
        if not any(noun.words == n.words for n in found):
            add_members(found, [noun])
    return share_readout(found)


_OWN = {"fail", "appear", "use", "help", "seem", "tend", "continue", "begin"}
