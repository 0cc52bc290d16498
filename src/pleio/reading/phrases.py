"""Phrases of a sentence: noun phrases with their lists, verb groups, prepositions, and what separates them.

A cascade over tagged words: the tagger's mistakes on this kind of text are put right by the lexicon (a word form of a
verb that stands between two names is a verb), then noun phrases and verb groups are cut, then lists are joined.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .lexicon import LEVELS, PREPOSITIONAL, VERBS, forms
from .words import Word

DETERMINERS = set(
    "the a an this that these those its their his her our some any each every both all no several various "
    "multiple many certain other "
    "another such few most more less different specific numerous diverse additional further either neither".split()
)
PRONOUNS = {"it", "they", "them", "this", "these", "those", "which", "both", "itself", "themselves"}
MODALS = {"may", "might", "could", "can", "will", "would", "should", "must", "cannot"}
BE = {
    "is",
    "are",
    "was",
    "were",
    "be",
    "been",
    "being",
    "am",
    "remains",
    "remained",
    "remain",
    "becomes",
    "became",
    "become",
}
HAVE = {"has", "have", "had", "having"}
DO = {"does", "do", "did"}
NEGATIONS = {"not", "n't", "never", "neither", "nor", "cannot", "hardly"}
WH = {"which", "who", "whose", "where", "whereby", "whom"}
SUBORDINATORS = {
    "while",
    "whereas",
    "although",
    "though",
    "because",
    "when",
    "if",
    "whether",
    "since",
    "so",
    "until",
    "unless",
    "once",
}
PREPOSITIONS = set(
    "in of on to for by with from through via at as against into during after before following under between "
    "within across upon "
    "toward towards over per among throughout without despite including like than about around despite besides "
    "beyond due versus "
    "compared above below along onto until using except".split()
)
LISTERS = {"including", "like", "namely"}
ADVERBS = set(
    "also then thereby however therefore thus often only even still further moreover instead hence already now "
    "widely primarily mainly "
    "together again rather strongly weakly too very highly up down both potentially significantly markedly "
    "robustly partly fully "
    "subsequently consequently directly indirectly additionally furthermore notably dose-dependently rapidly yet "
    "well nearly almost "
    "once twice thereafter in-turn conversely likewise similarly generally typically commonly frequently usually "
    "particularly especially".split()
)
NOUN_LIKE = set(
    "increase decrease rise fall change control influence impact function signal support trigger drive cause "
    "result lead treat test "
    "study report show form limit slow delay block release contact use fight drop decline peak step trial target "
    "need help attempt "
    "aim try share review measure state host culture shape model process".split()
)
_COMPOUNDS = {
    "signaling",
    "signalling",
    "binding",
    "remodeling",
    "aging",
    "ageing",
    "healing",
    "feeding",
    "sequencing",
    "bleeding",
}
CHANGE_NOUN_FORMS = {
    "increases",
    "decreases",
    "rises",
    "falls",
    "changes",
    "drops",
    "declines",
    "increase",
    "decrease",
    "rise",
    "fall",
    "change",
}


@dataclass
class Noun:
    """A noun phrase: its words, the phrases after "of", and the members where it announces a list."""

    words: list[Word]
    of: list[Noun] = field(default_factory=list)
    members: list[Noun] = field(default_factory=list)
    pronoun: bool = False

    @property
    def head(self) -> Word:
        return self.words[-1]

    @property
    def end(self) -> int:
        return max([self.words[-1].end, *(n.end for n in self.of)])

    @property
    def start(self) -> int:
        return self.words[0].start


@dataclass
class Verbs:
    """A verb group: the main verb, its voice and form, and the words around it that hedge or deny."""

    words: list[Word]
    main: Word
    lemma: str
    form: str
    passive: bool = False
    finite: bool = True
    negated: bool = False
    helpers: frozenset[str] = frozenset()
    to: bool = False

    @property
    def start(self) -> int:
        return self.words[0].start


@dataclass
class Piece:
    """One piece of a sentence: np (a list of noun phrases), vg, prep, cc, comma, wh, sub, stop, other."""

    kind: str
    start: int
    text: str = ""
    nouns: list[Noun] = field(default_factory=list)
    verbs: Verbs | None = None
    negated: bool = False


def pieces(words: list[Word]) -> list[Piece]:
    """Cut a sentence into pieces, with lists of noun phrases joined and "of" taken into the phrase before it."""
    return _including(_of(_lists(_of(_cut(words)))))


def is_verb(words: list[Word], i: int) -> tuple[str, str] | None:
    """Give lemma and form where word i acts as a verb, by its form and its neighbours; None otherwise."""
    word = words[i]
    if word.mention is not None:
        return None
    known = forms().get(word.lower)
    if known is None:
        if word.tag in ("VBZ", "VBP", "VBD") and word.lower not in BE | HAVE | DO and word.text.islower():
            left = words[i - 1] if i else None
            plural = left is not None and (
                left.tag in ("NNS", "NNPS", "PRP", "WDT") or left.lower in WH | {"that", "they", "it"}
            )
            if left is not None and (plural or (word.tag != "VBP" and _ends_noun(left))):
                return word.lower, "s" if word.tag != "VBD" else "ed"
            return None
        if word.tag == "VB" and i and words[i - 1].lower in MODALS | {"to", "not"}:
            return word.lower, "base"
        if word.tag == "VBN" and i and words[i - 1].lower in BE:
            return word.lower, "ed"
        return None
    lemma, form = known
    before = words[i - 1] if i else None
    after = words[i + 1] if i + 1 < len(words) else None
    if form == "base":
        if after is None and not (before is not None and before.lower in MODALS | DO | {"to"}):
            return None
        if before is not None and (
            before.lower in MODALS | DO | {"to"}
            or (before.lower == "not" and i > 1 and words[i - 2].lower in MODALS | DO)
        ):
            return lemma, form
        if before is not None and before.tag.startswith("RB") and i > 1 and words[i - 2].lower in MODALS | DO | {"to"}:
            return lemma, form
        if word.tag in ("VB", "VBP") and (before is None or before.tag == "WDT" or not _is_modifier(before)):
            return lemma, form
        if (
            word.tag.startswith("NN")
            and before is not None
            and _ends_noun(before)
            and after is not None
            and _begins_noun(after)
        ):
            plural = before.tag in ("NNS", "NNPS") or (i > 2 and words[i - 2].lower in ("and", "or"))
            return (lemma, form) if plural and lemma in VERBS and word.lower not in CHANGE_NOUN_FORMS else None
        return None
    if form == "s":
        if before is not None and before.tag in ("JJ", "DT", "PRP$") and before.mention is None and word.tag != "VBZ":
            return None
        if after is not None and (lemma, after.lower) in PREPOSITIONAL and before is not None and _ends_noun(before):
            return lemma, form
        if before is None and after is not None and lemma in VERBS and after.lower not in PREPOSITIONS:
            return lemma, form
        if lemma not in NOUN_LIKE and before is not None and before.lower not in DETERMINERS - {"this", "that"}:
            return lemma, form
        if word.tag == "VBZ":
            return (
                None
                if before is not None and before.lower in DETERMINERS - {"this", "that", "which"} and before.tag == "DT"
                else (lemma, form)
            )
        if after is None or not (
            _begins_noun(after)
            or after.tag.startswith("RB")
            or after.lower in ("by", "to", "in", "on", "with", "through")
        ):
            return None
        if word.lower in CHANGE_NOUN_FORMS and after.lower in PREPOSITIONS:
            return None
        if before is None:
            return lemma, form
        if (
            _ends_noun(before)
            or before.lower in WH | {"that", "it", "and", "also", "or", ","}
            or before.tag.startswith("RB")
        ):
            return (lemma, form) if _begins_noun(after) or word.tag.startswith("V") or before.lower == "it" else None
        return None
    if form == "ed":
        if _level_pair(words, i):
            return None
        if (
            before is not None
            and word.tag == "VBN"
            and before.lower in PREPOSITIONS
            and after is not None
            and after.tag.startswith(("NN", "JJ"))
        ):
            return None
        if word.tag in ("VBD", "VBN"):
            if (
                before is not None
                and before.tag.startswith("VB")
                and before.lower not in BE | HAVE | MODALS
                and after is not None
                and (after.mention or after.tag.startswith(("NN", "JJ")))
            ):
                return None
            if (
                before is not None
                and _is_modifier(before)
                and after is not None
                and after.tag.startswith(("NN", "JJ"))
                and before.lower not in BE | HAVE
            ):
                return None
            if before is None and after is not None and (after.tag.startswith("NN") or after.mention):
                return None
            return lemma, form
        if word.tag == "JJ" and before is not None and before.lower in BE | HAVE | {"not", "been"}:
            return lemma, form
        if (
            before is not None
            and (_ends_noun(before) or before.tag.startswith("RB"))
            and after is not None
            and (after.lower == "by" or after.mention or after.tag in ("DT",))
        ):
            return lemma, form
        return None
    if word.tag == "VBG" or (
        word.tag in ("NN", "JJ")
        and after is not None
        and (after.mention is not None or after.lower in ("the", "a", "an"))
    ):
        if before is not None and before.lower in DETERMINERS and before.tag in ("DT", "PRP$"):
            return None
        if (
            after is not None
            and (_begins_noun(after) or after.lower in ("to", "in", "on", "with", "for", "as"))
            and not (
                before is not None
                and before.lower in ("of", "the")
                and after.tag.startswith("NN")
                and after.mention is None
                and word.tag != "VBG"
            )
        ):
            if (
                before is None
                or before.lower
                in {
                    ",",
                    "by",
                    "and",
                    "or",
                    "for",
                    "in",
                    "of",
                    "while",
                    "thereby",
                    "without",
                    "from",
                    "after",
                    "through",
                    "via",
                }
                or _ends_noun(before)
                or before.lower in BE
                or before.tag.startswith("RB")
            ):
                return lemma, form
        if before is not None and before.lower in BE:
            return lemma, form
    return None


def _level_pair(words: list[Word], i: int) -> bool:
    """Say whether word i is one of "increased and decreased" before a noun."""

    def ed(k: int) -> bool:
        return 0 <= k < len(words) and words[k].lower in LEVELS

    first = ed(i) and i + 3 < len(words) and words[i + 1].lower in ("and", "or") and ed(i + 2)
    second = ed(i) and i >= 2 and words[i - 1].lower in ("and", "or") and ed(i - 2)
    start = i if first else i - 2
    opens = (
        start == 0
        or words[start - 1].lower in DETERMINERS | {",", "of", "with", "both"}
        or words[start - 1].tag.startswith("VB")
    )
    return (first or second) and opens


def _is_modifier(word: Word) -> bool:
    return word.tag in ("DT", "PRP$", "JJ", "CD", "POS") or word.lower in DETERMINERS


def _begins_noun(word: Word) -> bool:
    return (
        word.mention is not None
        or word.tag in ("DT", "JJ", "NN", "NNS", "NNP", "NNPS", "CD", "PRP", "PRP$", "VBN", "JJR", "JJS", "PDT")
        or (word.lower in DETERMINERS)
    )


def _ends_noun(word: Word) -> bool:
    return (
        word.is_name
        or word.tag in ("NN", "NNS", "NNP", "NNPS", "PRP", "CD")
        or word.lower in PRONOUNS
        or bool(word.parens)
    )


def _cut(words: list[Word]) -> list[Piece]:
    out: list[Piece] = []
    i = 0
    while i < len(words):
        word = words[i]
        following = words[i + 1] if i + 1 < len(words) else None
        if word.lower in LISTERS and i and following is not None and _begins_noun(following):
            out.append(Piece("prep", word.start, "including"))
            i += 1
            continue
        group = _verb_group(words, i)
        if group is not None:
            verbs, i = group
            out.append(Piece("vg", verbs.start, verbs.main.lower, verbs=verbs))
            continue
        lower = word.lower
        if lower in WH or (
            lower == "that"
            and out
            and out[-1].kind in ("np", "vg", "comma")
            and not (
                i + 1 < len(words)
                and words[i + 1].tag.startswith(("NN", "JJ"))
                and words[i + 1].mention is None
                and out[-1].kind == "comma"
            )
        ):
            out.append(Piece("wh" if lower in WH or out[-1].kind != "vg" else "sub", word.start, lower))
            i += 1
            continue
        if lower in ("such",) and i + 1 < len(words) and words[i + 1].lower == "as":
            out.append(Piece("prep", word.start, "including"))
            i += 2
            continue
        if lower in ("e.g", "i.e"):
            out.append(Piece("prep", word.start, "including"))
            i += 1
            continue
        if lower == "as" and i + 2 < len(words) and words[i + 1].lower == "well" and words[i + 2].lower == "as":
            out.append(Piece("cc", word.start, "and"))
            i += 3
            continue
        if lower in SUBORDINATORS:
            out.append(Piece("sub", word.start, lower))
            i += 1
            continue
        if lower in PREPOSITIONS and word.mention is None:
            out.append(Piece("prep", word.start, lower))
            i += 1
            continue
        if lower == "neither":
            out.append(Piece("other", word.start, lower))
            i += 1
            continue
        if lower in ("and", "or", "but", "nor", "/", "plus"):
            out.append(Piece("cc", word.start, lower))
            i += 1
            continue
        if lower in (",",):
            out.append(Piece("comma", word.start, lower))
            i += 1
            continue
        if lower in (";", ":", ".", "?", "!", "—", "–", "-", "…", "→"):
            out.append(Piece("stop", word.start, lower))
            i += 1
            continue
        phrase = _noun_phrase(words, i)
        if phrase is not None:
            noun, i = phrase
            out.append(Piece("np", noun.start, nouns=[noun]))
            continue
        out.append(
            Piece(
                "adj" if word.tag.startswith("JJ") or word.tag in ("VBN", "VBD") else "other",
                word.start,
                lower,
                nouns=[Noun([word])],
            )
        )
        i += 1
    return out


def _verb_group(words: list[Word], i: int) -> tuple[Verbs, int] | None:
    j = i
    helpers: set[str] = set()
    negated = to = False
    while j < len(words):
        lower = words[j].lower
        if words[j].mention is not None:
            break
        if lower in MODALS | BE | HAVE | DO:
            if lower in HAVE and words[j].tag in ("NN",):
                break
            helpers.add(lower)
        elif lower in NEGATIONS or (lower == "no" and j + 1 < len(words) and words[j + 1].lower == "longer"):
            negated = True
        elif (lower == "longer" and negated) or (lower == "since" and helpers):
            pass
        elif (
            lower == "to"
            and j + 1 < len(words)
            and (
                words[j + 1].tag in ("VB", "RB")
                or forms().get(words[j + 1].lower, ("", ""))[1] == "base"
                or words[j + 1].lower in BE | HAVE
            )
            and not words[j + 1].mention
        ):
            to = True
        elif (
            (words[j].tag.startswith("RB") or lower in ADVERBS)
            and lower not in PREPOSITIONS
            and lower not in SUBORDINATORS
        ):
            pass
        else:
            break
        j += 1
    verb = is_verb(words, j) if j < len(words) else None
    if verb is None and j > i and _copula(words, i, j):
        last = max(k for k in range(i, j) if words[k].lower in BE | HAVE | DO | MODALS)
        main = words[last]
        lemma = "be" if main.lower in BE else "have" if main.lower in HAVE else "do"
        return Verbs(words[i:j], main, lemma, "s", helpers=frozenset(helpers), negated=negated, to=to), j
    if verb is None:
        return None
    if j > i and not helpers and not to and not negated:
        # leading adverbs only: fine
        pass
    lemma, form = verb
    main = words[j]
    passive = form == "ed" and bool(helpers & BE)
    finite = form in ("s",) or bool(helpers) or (form == "base" and not to) or (form == "ed" and not passive)
    if form == "ing":
        finite = bool(helpers & BE)
    if form == "ed" and not helpers:
        # "A reduced B" is finite whatever the tagger says; "A reduced by B" is not
        after = words[j + 1] if j + 1 < len(words) else None
        finite = (main.tag == "VBD" and not (after is not None and after.lower == "by")) or (
            after is not None and (after.mention is not None or _begins_noun(after)) and i > 0
        )
    if j + 1 < len(words) and words[j + 1].lower in ("up", "down") and words[j + 1].tag == "RP":
        j += 1
    return Verbs(words[i : j + 1], main, lemma, form, passive, finite, negated, frozenset(helpers), to), j + 1


def _copula(words: list[Word], i: int, j: int) -> bool:
    return any(words[k].lower in BE | HAVE | DO for k in range(i, j))


def _noun_phrase(words: list[Word], i: int) -> tuple[Noun, int] | None:
    word = words[i]
    if word.lower in PRONOUNS and (
        i + 1 >= len(words) or not _begins_noun(words[i + 1]) or words[i + 1].tag in ("DT",) or is_verb(words, i + 1)
    ):
        return Noun([word], pronoun=True), i + 1
    j = i
    last = -1
    while j < len(words):
        w = words[j]
        lower = w.lower
        if w.mention is None and lower in LISTERS | PREPOSITIONS:
            break
        if (
            j > i
            and last == j - 1
            and w.mention is None
            and w.tag == "VBG"
            and lower not in _COMPOUNDS
            and is_verb(words, j)
        ):
            break  # "mice lacking A": the participle opens a clause
        if last == j - 1 >= i and w.mention is None and w.tag in ("VBN", "VBD") and is_verb(words, j):
            break
        if last == j - 1 >= i and w.tag.startswith("RB"):
            break
        if (
            j > i
            and w.mention is None
            and is_verb(words, j) is not None
            and not (w.tag in ("VBN", "VBG", "JJ", "NN") and _modifies(words, j))
        ):
            break
        if w.mention is not None:
            if w.is_name or w.prefix:
                last = j
        elif w.tag in ("NN", "NNS", "NNP", "NNPS") or (w.tag == "CD" and j > i):
            last = j
        elif w.tag in ("DT", "PRP$", "PDT") or lower in DETERMINERS:
            if j > i and words[j - 1].lower not in DETERMINERS | {"all", "both"}:
                break
        elif w.tag in ("JJ", "JJR", "JJS", "CD", "POS", "FW", "LS", "$", "SYM") or lower in ("'s", "’s"):
            if lower in PREPOSITIONS | SUBORDINATORS:
                break
        elif (w.tag in ("VBN", "VBG", "VBD") and _modifies(words, j)) or (
            w.tag in ("RB", "RBR", "RBS")
            and j + 1 < len(words)
            and words[j + 1].tag in ("JJ", "VBN", "JJR")
            and lower not in NEGATIONS
        ):
            pass
        elif lower in BE | HAVE | DO | MODALS:
            break
        elif (
            w.tag in ("VB", "VBP", "VBZ", "IN", "RB", "UH", "RP")
            and w.text[:1].isalpha()
            and lower not in PREPOSITIONS | SUBORDINATORS | ADVERBS | NEGATIONS
            and (j > i or w.tag in ("VB", "VBP") or (i and words[i - 1].lower in ("and", "or", ",")))
            and is_verb(words, j) is None
        ):
            last = j  # a noun that the tagger took for something else
        elif (lower == "/" and j > i and j + 1 < len(words) and _begins_noun(words[j + 1])) or lower in (
            "α",
            "β",
            "γ",
            "+",
            "*",
        ):
            pass
        else:
            break
        j += 1
        if last == j - 1 and words[last].parens and j < len(words):
            plain = words[j].tag in ("NN", "NNS") and words[j].mention is None and is_verb(words, j) is None
            if not plain:
                break  # a parenthesis closes a phrase unless a plain noun follows
    if last < 0:
        # an adjective or number standing alone
        return None
    return Noun(words[i : last + 1]), last + 1


def _modifies(words: list[Word], j: int) -> bool:
    """Say whether a participle stands before the noun that it modifies."""
    if j + 1 >= len(words):
        return False
    after = words[j + 1]
    if after.mention is not None and words[j].lower in (
        "recombinant",
        "increased",
        "elevated",
        "reduced",
        "altered",
        "secreted",
        "phosphorylated",
        "activated",
    ):
        return True
    return (
        after.tag in ("NN", "NNS", "NNP", "NNPS", "JJ", "VBG")
        and after.lower not in DETERMINERS
        and words[j].tag in ("VBN", "VBG", "VBD", "NN", "JJ")
    )


def _lists(cut: list[Piece]) -> list[Piece]:
    """Join noun phrases that commas and conjunctions list."""
    out: list[Piece] = []
    i = 0
    while i < len(cut):
        piece = cut[i]
        if piece.kind != "np":
            out.append(piece)
            i += 1
            continue
        nouns, j = list(piece.nouns), i
        while True:
            step = _next_member(cut, j)
            if step is None:
                break
            _add_members(nouns, cut[step].nouns)
            j = step
        out.append(Piece("np", piece.start, nouns=nouns))
        i = j + 1
    return out


def _add_members(nouns: list[Noun], more: list[Noun]) -> None:
    """Lengthen a list; "expression of A, B and C" lists under "of"."""
    holder = nouns[-1]
    if holder.of and holder.of[-1].head.is_name and all(n.head.is_name and len(n.words) == 1 for n in more):
        holder.of += more
    elif (
        {holder.head.lower, more[0].head.lower} <= _LIGHT_PAIR
        and len(content_words(holder)) == 1
        and more[0].of
        and not holder.of
        and len(more) == 1
    ):
        nouns[-1] = Noun([*holder.words, *more[0].words], more[0].of, more[0].members)
    else:
        nouns += more


_LIGHT_PAIR = {
    "growth",
    "development",
    "progression",
    "differentiation",
    "proliferation",
    "survival",
    "function",
    "maintenance",
    "onset",
    "maturation",
    "activation",
}


def content_words(noun: Noun) -> list[Word]:
    """Give a phrase's words without its determiners."""
    return [w for w in noun.words if w.lower not in DETERMINERS]


def _next_member(cut: list[Piece], j: int) -> int | None:
    """Give the index of the next member of the list that cut[j] is in, or None."""
    k = j + 1
    separators = []
    while k < len(cut) and cut[k].kind in ("comma", "cc"):
        separators.append(cut[k].text)
        k += 1
    while separators and k < len(cut) and cut[k].kind == "other" and cut[k].text in ("not", "also", "both"):
        k += 1
    if not separators or len(separators) > 2 or "but" in separators or k >= len(cut) or cut[k].kind != "np":
        return None
    after = cut[k + 1] if k + 1 < len(cut) else None
    if (
        after is not None
        and after.kind == "vg"
        and after.verbs is not None
        and after.verbs.finite
        and any(c.kind == "vg" and c.verbs and c.verbs.finite for c in cut[: j + 1])
    ):
        return None  # a new clause begins: "…, and B decreases C"
    if separators == [","] and after is not None and after.kind == "vg" and cut[0].kind == "prep":
        return None  # "In mice lacking A, B …": the comma closes the opening phrase
    if separators == [","]:
        # a comma alone lists only where a later "and"/"or" closes the list
        m = k + 1
        while (m < len(cut) and cut[m].kind in ("np", "comma")) or (
            m < len(cut) and cut[m].kind == "prep" and cut[m].text in ("of", "in")
        ):
            m += 1
        if not (m < len(cut) and cut[m].kind == "cc" and cut[m].text in ("and", "or", "nor")):
            first = cut[k].nouns[0]
            names = first.words[0].is_name and all(n.words[-1].is_name for n in cut[j].nouns)
            return k if names and not first.words[0].lower.startswith(("a ", "the ")) else None
        if cut[k].nouns[0].words[0].tag == "DT" and cut[k].nouns[0].words[0].lower in ("a", "an") and j == 0:
            return None
    return k


def _of(cut: list[Piece]) -> list[Piece]:
    """Take "of" phrases into the phrase before them."""
    out: list[Piece] = []
    i = 0
    while i < len(cut):
        piece = cut[i]
        follows = i + 1 < len(cut) and cut[i + 1].kind == "np"
        if piece.kind == "prep" and piece.text == "of" and follows and out and out[-1].kind == "np":
            holder = out[-1].nouns[-1]
            while holder.of:
                holder = holder.of[-1]
            holder.of += cut[i + 1].nouns
            i += 2
            continue
        out.append(piece)
        i += 1
    return out


def _including(cut: list[Piece]) -> list[Piece]:
    """Take "including …" lists into the phrase that announces them."""
    out: list[Piece] = []
    i = 0
    while i < len(cut):
        start = i + 1 if cut[i].kind == "comma" else i
        if (
            start + 1 < len(cut)
            and cut[start].kind == "prep"
            and cut[start].text == "including"
            and cut[start + 1].kind == "np"
            and out
            and out[-1].kind == "np"
        ):
            out[-1].nouns[-1].members += cut[start + 1].nouns
            i = start + 2
            continue
        out.append(cut[i])
        i += 1
    return out
