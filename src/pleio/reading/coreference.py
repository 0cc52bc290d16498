"""Coreference: "it", "its", "the cytokine" and "the transcript" read as the name that they stand for.

Before a sentence is read, words that point back get the name of what they point at, so that no rule needs to know about
them.  What they point at is the most salient name of the right kind (`salience`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from .grammar.verb_forms import is_verb
from .names.mention import Mention
from .plain.word import Word
from .salience import FADING, OTHER, OWNER, SUBJECT, Salience
from .things import Thing
from .unit import Unit
from .words.class_nouns import AGENT_HEADS, ANY, SIGNALS
from .words.lexicon import READOUTS
from .words.wordclasses import BE

_READ_OUT = ("transcript", "transcripts", "mrna")
_WITH_CLASS = {
    "growth",
    "mature",
    "native",
    "recombinant",
    "human",
    "murine",
    "endogenous",
    "exogenous",
    "secreted",
    "free",
}
_OF_ONE_SELF = set(
    "receptor receptors ligand ligands effect effects action actions function functions role activity activities "
    "target targets substrate substrates partner partners family signal signals coreceptor co-receptor".split()
)
_CODE = re.compile(r"[A-Z]{1,6}[- ]?\d{2,}[\w-]*|\d[A-Z]\d+|[A-Z]-[A-Z]{2,6}")


def resolve(unit: Unit, salience: Salience) -> None:
    """Name what points back in a sentence, and remember what the sentence names.

    Args:
        unit: a sentence whose words are tagged and parsed; its words are changed in place.
        salience: of the sentences before; changed in place.
    """
    words, about = unit.words, _as_mention(unit.topic)
    salience.enter(unit.passage)
    salience.fade()
    labelled = about is not None and about.text.lower() in unit.label.lower()
    if about is not None and words and (labelled or words[0].tag.startswith("VB")):
        salience.add(about, SUBJECT)  # "IL-6: …", "Induced by A in its target cells"
    nameless, subject, opened, aliasing = False, "", False, False
    for i, word in enumerate(words):
        kind = _points(words, i)
        opened = opened or word.dep in ("nsubj", "nsubjpass", "ROOT")
        if word.dep in ("nsubj", "nsubjpass") and not kind:
            named = any(words[k].mention is not None for k in _inside(words, i))
            nameless = word.mention is None and (word.lower in AGENT_HEADS or not named)
        if kind and not (kind in ("it", "its") and (nameless or (salience.acts_nameless and not salience.here))):
            found = _coordinate(words, i, kind) or _done_to(kind, about, subject, salience)
            if found is None and kind != "it, done to":
                head = words[i].head if kind == "its" else i
                leads = 0 <= head < len(words) and words[head].dep in ("nsubj", "nsubjpass")
                found = salience.best(kind, about, _beside(words, i, kind), leads)
            if found is not None:
                at = i if kind != "transcript" else i - 1
                words[at] = _named(words[at], found, "compound" if kind in ("its", "transcript") else words[at].dep)
        aliasing = _tells_name(words, i) or (aliasing and not word.tag.startswith("VB") and word.text != ";")
        naming = _naming(unit, words[i], about) if not aliasing else None
        if naming is not None:
            role = _role(words, i)
            salience.add(naming, role)
            if not opened and role == OTHER:
                salience.here.discard(naming.curie or naming.text.lower())  # "Unlike A, it …" is not about A
            if role == SUBJECT and not subject:
                subject = naming.curie or naming.text.lower()
    salience.centre = subject
    salience.acts_nameless = any(_acts_nameless(words, i) for i in range(len(words)))


def _tells_name(words: list[Word], i: int) -> bool:
    """Say whether other names follow: "also known as B", "formerly called B"."""
    word = words[i].lower
    if word in ("called", "termed", "named", "dubbed", "designated"):
        return True
    return word in ("known", "referred") and any(w.lower in ("as", "to") for w in words[i + 1 : i + 2])


def _done_to(kind: str, about: Mention | None, subject: str, salience: Salience) -> Mention | None:
    """What "it" stands for where something is done to it: what the page is about, if it was named a moment ago."""
    key = (about.curie or about.text.lower()) if about is not None else ""
    if kind != "it, done to" or key == subject or salience.weights.get(key, 0.0) < FADING:
        return None
    return None if salience.here else about


def _coordinate(words: list[Word], i: int, kind: str) -> Mention | None:
    """What "its" stands for where its noun is joined to a name: "A but not its mRNA"."""
    head = words[i].head
    if kind != "its" or not 0 <= head < len(words) or words[head].dep != "conj":
        return None
    first = words[head].head
    beside = [first, *(k for k in range(first) if words[k].head == first and words[k].dep == "compound")]
    named = (words[k].mention for k in beside)
    return next((m for m in named if m is not None and m.is_molecule), None)


def _naming(unit: Unit, word: Word, about: Mention | None) -> Mention | None:
    """What a word names: by itself, or by the short form that stands behind it in parentheses."""
    short = next(
        (m for start, end in word.parens[:1] for m in unit.mentions if m.start == start and m.is_molecule), None
    )
    named = short or word.mention
    if named is None or not named.is_molecule or named.text.lower().endswith("family"):
        return None
    shortened = about is not None and not named.curie and named.text.lower() in about.text.lower()
    return about if shortened else named


def _inside(words: list[Word], i: int) -> Iterator[int]:
    """The words of a phrase, as far as they stand near its head."""
    return (k for k in range(max(0, i - 12), min(len(words), i + 12)) if k == i or i in _up(words, k))


def _acts_nameless(words: list[Word], i: int) -> bool:
    """Say whether the subject of a sentence is given and no table knows it: a code, "IL-18 binding protein"."""
    word = words[i]
    known = word.mention is not None and word.mention.is_molecule
    main = word.dep in ("nsubj", "nsubjpass") and 0 <= word.head < len(words) and words[word.head].dep == "ROOT"
    return main and not known and (word.lower in AGENT_HEADS or bool(_CODE.fullmatch(word.text)))


def _beside(words: list[Word], i: int, kind: str) -> frozenset[str]:
    """What stands beside a word as the subject of its verb: "the cytokine" is another, as is who acts on "its release".

    Only "it", and "its" with what one does or has oneself ("its receptor", "its own"), may be the same.
    """
    if kind == "it" or kind == "transcript":
        return frozenset()
    head = words[i].head if kind == "its" else i
    if not 0 <= head < len(words) or (
        kind == "its" and (words[head].lower in _OF_ONE_SELF or words[i + 1].lower == "own")
    ):
        return frozenset()
    if words[head].dep in ("nsubj", "nsubjpass"):
        return frozenset()
    verb = next((k for k in _up(words, head) if words[k].tag.startswith("VB")), None)
    verbs = {verb} if verb is None or words[verb].dep != "conj" else {verb, words[verb].head}  # "A binds B and …"
    subjects = [k for k in range(i) if words[k].head in verbs and words[k].dep in ("nsubj", "nsubjpass")]
    named = (words[k].mention for k in range(i) if subjects and any(p in subjects for p in _up(words, k)))
    return frozenset(m.curie or m.text.lower() for m in named if m is not None)


def _as_mention(topic: Thing | None) -> Mention | None:
    if topic is None or not topic.is_molecule:
        return None
    if topic.mention is not None:
        return topic.mention
    return Mention(0, 0, topic.name, topic.curie or "", topic.name, "gene")


def _points(words: list[Word], i: int) -> str:
    """What kind of name a word asks for; nothing where it does not point back."""
    word = words[i]
    lower = word.lower
    if word.mention is not None and lower not in SIGNALS:
        return ""
    if lower == "its":
        return "its" if i + 1 < len(words) else ""
    if lower == "it" and word.dep in ("dobj", "pobj"):
        return "it, done to"
    if lower == "it":
        return "it" if word.dep in ("nsubj", "nsubjpass") and not _says_nothing(words, i) else ""
    if i == 0 or words[i - 1].mention is not None:
        return ""
    following = words[i + 1] if i + 1 < len(words) else None
    if following is not None and (following.lower in ("of", "for", "to", "against") or _goes_on(words, i)):
        return ""
    if lower in _READ_OUT and words[i - 1].lower == "the":
        return "transcript"
    if lower not in SIGNALS and lower not in ANY and lower != "receptor":
        return ""
    first = i - 1
    while first > 0 and words[first].lower in _WITH_CLASS:
        first -= 1
    if words[first].lower not in ("the", "this") or (lower == "gene" and words[first].lower == "the"):
        return ""
    return lower


def _goes_on(words: list[Word], i: int) -> bool:
    """Say whether the phrase goes on with another noun: "the cytokine network"."""
    following = words[i + 1]
    if following.mention is not None:
        return True
    modifies = words[i].head == i + 1 and words[i].dep in ("compound", "amod", "nmod")
    return modifies and following.lower not in READOUTS and not is_verb(words, i + 1)


def _says_nothing(words: list[Word], i: int) -> bool:
    """Say whether "it" only fills a place: "it is thought that", "it remains unclear", "it seems"."""
    if words[i].dep == "expl":
        return True
    rest = [w.lower for w in words[i + 1 : i + 8]]
    if rest[:1] and rest[0] in _SEEMING:
        return True
    opens = bool(rest) and (rest[0] in BE or rest[0] in ("has", "had", "may", "might", "could"))
    goes_on = bool(_THAT & set(rest[2:6])) or rest[2:3] == [","]
    return opens and goes_on and bool(_TOLD & set(rest[:5]))


_SEEMING = {"remains", "remained", "seems", "seemed", "appears", "appeared", "follows"}
_THAT = {"that", "whether", "how", "why", "if", "to"}
_TOLD = set(
    "thought known clear unclear possible likely shown believed assumed unknown reported suggested proposed tempting "
    "important noteworthy conceivable found interesting plausible difficult necessary hypothesized hypothesised "
    "speculated debated established recommended claimed argued surprising apparent evident".split()
)


def _named(word: Word, found: Mention, dep: str) -> Word:
    mention = replace(found, start=word.start, end=word.end)
    return replace(word, text=found.text, mention=mention, tag="NNP", dep=dep, known="")


def _role(words: list[Word], i: int) -> float:
    """How prominent the place of a name is."""
    inside = False
    for place in _up(words, i):
        dep = words[place].dep
        if dep in ("nsubj", "nsubjpass", "csubj") or (dep == "ROOT" and words[place].tag.startswith("NN")):
            return OWNER if inside else SUBJECT
        if dep not in ("compound", "poss", "pobj", "prep", "appos", "nmod", "amod", "conj", "case"):
            return OTHER
        inside = inside or dep in ("pobj", "prep", "compound", "poss")
    return OTHER


def _up(words: list[Word], i: int) -> Iterator[int]:
    for _ in range(8):
        yield i
        if not 0 <= words[i].head < len(words) or words[i].head == i:
            return
        i = words[i].head
