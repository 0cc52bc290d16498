"""The arcs of a dependency parse over the phrases of the cascade: what a phrase is listed with, what hangs on it."""

from __future__ import annotations

from collections.abc import Iterator

from ..plain.word import Word
from ..words.lexicon import LEVELS
from ..words.wordclasses import PRONOUNS
from .lists import add_members, is_bare, share_readout
from .phrases import Noun, Piece
from .shared_heads import sharing_head
from .verbs import Verbs

_NAMING = {"named", "called", "termed", "designated", "dubbed", "denoted", "encoding"}
_NAMED = set(
    "gene genes protein proteins transcript locus cytokine chemokine receptor kinase enzyme factor molecule cdna mrna "
    "peptide hormone ligand antibody inhibitor compound drug agent phosphatase ligase transporter channel adaptor "
    "regulator antagonist agonist interleukin member isoform variant".split()
)
_MOST_ARGUMENTS = 40  # of one list; a longer one is bait


class Arcs:
    """A parsed sentence: its words, what hangs on each, and the phrases and verb groups they belong to."""

    def __init__(self, words: list[Word], cut: list[Piece]) -> None:
        self.words = words
        self.children: list[list[int]] = [[] for _ in words]
        for i, word in enumerate(words):
            if 0 <= word.head < len(words) and word.head != i:
                self.children[word.head].append(i)
        place = {id(w): i for i, w in enumerate(words)}
        self.chunk: dict[int, list[int]] = {}
        self.verbs: dict[int, Verbs] = {}
        self.kinds: dict[int, list[Noun]] = {}  # by where a phrase begins: others that share its noun
        for piece in sharing_head(cut):
            for noun in piece.nouns[-1:] if piece.kind == "np" else []:
                inside = [place[id(w)] for w in noun.words]
                self.kinds[inside[0]] = piece.nouns[:-1]
                for i in inside:
                    self.chunk[i] = inside
            if piece.verbs is not None:
                self.verbs[place[id(piece.verbs.main)]] = piece.verbs
        for i, word in enumerate(words):
            before = i - 2
            if (
                word.lower == "as"
                and before in self.chunk
                and words[i - 1].lower == "such"
                and i not in self.children[before]
            ):
                for hung in self.children:
                    hung[:] = [c for c in hung if c != i]
                self.children[before].append(i)  # "such as" lists what stands before it
        self.holders = {self.held(i): i for i in self.verbs}
        self._open: set[int] = set()  # the phrases that are being built

    def held(self, i: int) -> int:
        """ "A was repressed", where the parse took the participle for an adjective: "was", which has the subject."""
        head = self.words[i].head
        described = self.words[i].dep in ("acomp", "attr", "oprd") and head != i
        own = described and any(w is self.words[head] for w in self.verbs[i].words)
        return head if own else i

    def verb_above(self, i: int, through: tuple[str, ...] = ()) -> int:
        """The verb that a clause hangs on, through a preposition ("by inhibiting A") or an adjective."""
        for _ in range(4):
            i = self.holders.get(i, i)
            if i < 0 or i in self.verbs:
                return i
            if self.words[i].dep not in ("prep", "acomp", "agent", "mark", "conj", "attr", *through):
                return -1
            i = self.words[i].head if self.words[i].head != i else -1
        return -1

    def nouns(self, i: int, depth: int = 0) -> tuple[list[Noun], list[Noun]]:
        """Give the noun phrase at i with those listed with it; and those that "but not" denies."""
        inside = self.chunk.get(i)
        if inside is None or inside[0] in self._open:
            return [], []  # the parse of a list may lead back to where it began
        self._open.add(inside[0])
        try:
            return self._listed(i, inside, depth)
        finally:
            self._open.discard(inside[0])

    def _is_told_changed(self, first: int) -> bool:
        """Say whether a participle after "and" describes the noun of a list, so that it is no verb."""
        if first < 2 or self.words[first - 2].lower not in ("and", "or"):
            return False
        word = self.words[first - 1]
        return word.tag == "VBN" and word.dep == "amod" and word.lower in LEVELS and word.mention is None

    def _listed(self, i: int, inside: list[int], depth: int) -> tuple[list[Noun], list[Noun]]:
        if self._is_told_changed(inside[0]):
            inside = [inside[0] - 1, *inside]  # "hypotension and reduced organ perfusion"
        noun = Noun([self.words[k] for k in inside], pronoun=len(inside) == 1 and self.words[i].lower in PRONOUNS)
        kinds = [Noun(kind.words) for kind in self.kinds.get(inside[0], ())]
        listed, denied = [*kinds, noun], list[Noun]()
        noun.preps = self._own_preps(i) if depth < 6 else []
        for k in inside:
            for child in self.children[k]:
                word = self.words[child]
                if child in inside or depth > _MOST_ARGUMENTS:
                    continue
                if child > i and child in self.chunk and self.after_but_not(self.chunk[child][0]):
                    denied += self.nouns(child, depth + 1)[0]
                    continue
                if word.dep == "acl" and word.lower in _NAMING and (named := self._named(child)) is not None:
                    if noun.head.lower in _NAMED:
                        listed[listed.index(noun)] = named
                    elif noun.of and noun.of[-1].head.lower in _NAMED:
                        noun.of[-1] = named  # "inactivation of the gene encoding A"
                    continue
                if word.dep == "prep" and word.lower == "of":
                    for below in self.children[child]:
                        if self.words[below].dep == "pobj":
                            noun.of += self.nouns(below, depth + 1)[0]
                elif word.dep == "prep" and word.lower in ("including", "as", "like"):
                    such = word.lower != "as" or self.words[child - 1].lower == "such"
                    for below in self.children[child] if such else []:
                        if self.words[below].dep == "pobj":
                            noun.members += self.nouns(below, depth + 1)[0]
                elif child < inside[0] and child in self.chunk and self._lists(child, inside[0]):
                    listed = [*self.nouns(child, depth + 1)[0], *listed]
                elif word.dep == "conj" and child in self.chunk and child > k and not self._verb_between(k, child):
                    more, less = self.nouns(child, depth + 1)
                    if self._is_denied(k, child):
                        denied += more
                    else:
                        listed += more
                    denied += less
        for kind in kinds:
            kind.of = noun.of
        return _shared(listed) if depth == 0 else listed, denied

    def _named(self, i: int) -> Noun | None:
        """ "A protein named B": B."""
        for child in self.children[i]:
            inside = self.chunk.get(child)
            if self.words[child].dep in ("oprd", "dobj", "attr", "appos") and inside is not None:
                words = [self.words[k] for k in inside]
                return Noun(words) if words[-1].is_name or words[-1].is_symbol else None
        return None

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
                    out += [(word.lower, self.nouns(c, 7)[0]) for c in below]
        return out

    def after_but_not(self, i: int) -> bool:
        """Say whether "but not" or ", not" stands right before a word."""
        before = [w.lower for w in self.words[max(0, i - 2) : i]]
        return len(before) == 2 and before[1] == "not" and before[0] in ("but", ",", "and")

    def _is_denied(self, i: int, conjunct: int) -> bool:
        but = any(self.words[c].lower in ("but", "not") and i < c < conjunct for c in self.children[i])
        return but and any(w.lower == "not" for w in self.words[i + 1 : conjunct])

    def preps(self, i: int, seen: set[int] | None = None) -> list[tuple[str, list[Noun]]]:
        """The prepositional phrases of a noun or adjective and of those listed with it; each word is asked once."""
        out: list[tuple[str, list[Noun]]] = []
        seen = set() if seen is None else seen
        for k in self.chunk.get(i, [i]):
            if k in seen or len(seen) >= _MOST_ARGUMENTS:
                continue
            seen.add(k)
            for child in self.children[k]:
                if self.words[child].dep in ("prep", "agent") and self.words[child].lower != "of":
                    out += self.prep(child, seen=seen)
                elif self.words[child].dep == "conj" and child > k:
                    out += self.preps(child, seen) if len(out) < _MOST_ARGUMENTS else []
        return out

    def prep(self, i: int, depth: int = 0, seen: set[int] | None = None) -> Iterator[tuple[str, list[Noun]]]:
        """A preposition with its nouns, then the prepositions that hang on those ("in response to A")."""
        seen = set() if seen is None else seen
        for child in self.children[i]:
            dep = self.words[child].dep
            if dep == "pobj" and child in self.chunk:
                yield self.words[i].lower, self.nouns(child)[0]
                yield from self.preps(child, seen) if depth < 6 else []
            elif self.after_but_not(child):
                continue
            elif (dep in ("prep", "pcomp") and depth < 6 and self.words[child].tag == "IN") or (
                dep == "conj" and self.words[child].tag == "IN" and not self._is_denied(i, child) and depth < 6
            ):
                yield from self.prep(child, depth + 1, seen)

    def denied_preps(self, i: int) -> list[tuple[str, list[Noun]]]:
        found = [
            pair
            for child in self.children[i]
            if (self.words[child].dep == "conj" and self._is_denied(i, child)) or self.after_but_not(child)
            for pair in self.prep(child)
        ]
        inside = [c for c in self.children[i] if self.words[c].dep == "pobj"]
        return [*found, *((self.words[i].lower, denied) for c in inside if (denied := self.nouns(c)[1]))]


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
