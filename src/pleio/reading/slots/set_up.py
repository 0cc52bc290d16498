"""What a sentence says was given: to cells, animals and people, or shown in a legend as present."""

from __future__ import annotations

import re
from dataclasses import replace

from ..actors.actors import actors
from ..actors.given import TAKING
from ..grammar.frames import Frame
from ..grammar.phrases import Noun
from ..things import Thing, things, things_of
from ..unit import Unit, frames
from ..words.lexicon import LOSS_SUFFIXES

GIVING = set(
    "treat expose stimulate incubate receive give inject culture infuse administer challenge pretreat dose immunize "
    "instil feed transfect infect "
    "grow maintain assign randomize randomise induce sensitize sensitise prime dosed inhale ingest drink undergo "
    "subject".split()
)
PUT = {"inject", "infuse", "administer", "give", "add", "instil", "deliver", "transplant", "apply", "overexpress"}
_CONTROL = re.compile(r"\b(?:vehicle|saline|placebo|control|medium|DMSO|PBS|IgG|isotype|water|sham|mock)\b", re.I)
_ANY = re.compile(r"\b(?:cytokines?|compounds?|inhibitors?|drugs?|antibod(?:y|ies)|ligands?|factors?|agents?)\b", re.I)


_GAVE = re.compile(
    r"\b(?:(?:pre|co)-?)?(?:treated|exposed|stimulated|incubated|cultured|injected|infused|administered|challenged|"
    r"pretreated|dosed|immuni[sz]ed|instilled|fed|transfected|primed|sensiti[sz]ed|inhaled|ingested|received|given|"
    r"randomi[sz]ed|assigned|underwent|subjected|activated|polari[sz]ed|differentiated|supplemented|pulsed|loaded|"
    r"in the presence of|(?:treatment|exposure|stimulation|incubation) (?:with|to))\b",
    re.I,
)


def gave(unit: Unit) -> bool:
    """Say whether a sentence tells that something was given, whatever its grammar."""
    return bool(_GAVE.search(unit.text))


def given(unit: Unit) -> tuple[list[Thing], bool]:
    """What cells, animals or people were given in a sentence, and whether it was "cytokine" or the like, unnamed."""
    out: list[Thing] = []
    anyone = False
    for frame in unit.parsed.frames or frames(unit):
        if frame.verbs.lemma not in GIVING | PUT or frame.verbs.negated or frame.verbs.main.tag in ("VBZ", "VBP"):
            continue
        nouns = frame.prep("with", "to") or frame.objects
        if frame.verbs.passive and frame.verbs.lemma in PUT and not (_of_takers(frame) or frame.objects):
            nouns = frame.subjects  # "A was given to mice with B"
        found = [t for n in nouns for t in _agents(n) if t.kind not in ("cell", "species", "anaphor", "tissue")]
        named = [t for t in found if not _CONTROL.search(t.name)]
        anyone = anyone or any(not t.is_molecule and _ANY.search(t.name) for t in named)
        out += [t for t in named if t.is_molecule or not _ANY.fullmatch(t.name)]
    out = [t for t in out if t.is_molecule or not _TAKERS.search(t.name)]
    return taken(unit) or out or _told(unit) or _encoded(unit), anyone


_DONE = set(
    "achieve induce perform generate obtain confirm produce create verify carry accomplish make establish".split()
)
_TO_BLOCK = re.compile(
    r"\bto (?:block|neutrali[sz]e|inhibit|deplete|silence|delete|antagoni[sz]e|knock (?:down|out)) (?:endogenous )?$",
    re.I,
)
_ENCODED = re.compile(
    r"\b(?:\w*virus|vectors?|plasmids?|constructs?|AAV\d?|mRNA|transgene) (?:encoding|expressing|carrying) (?:\w+ )?$"
)
_ANTISENSE = re.compile(
    r"\b(?:antisense oligonucleotides?|siRNAs?|shRNAs?|morpholinos?) (?:against|to|targeting) $", re.I
)
_BLOCKER = re.compile(r"\b(?:blocking|neutrali[sz]ing) (?:\w+ )?antibod", re.I)
_PART_OF = re.compile(r"\b(?:role|function|contribution|importance|involvement) of (?:endogenous )?$", re.I)


def taken(unit: Unit) -> list[Thing]:
    """What a set-up sentence says was taken away: "we silenced A", "deletion of A was induced", "to block A, …"."""
    out: list[Thing] = []
    for frame in unit.parsed.frames or frames(unit):
        passive = frame.verbs.passive
        ours = passive or not frame.subjects or all(n.pronoun for n in frame.subjects)
        if frame.verbs.lemma in TAKING and ours and frame.verbs.main.tag not in ("VBZ", "VBP"):
            nouns = frame.subjects if passive else frame.objects
            named = [t for n in nouns for t in (actors(unit, [n]) if n.pronoun else things(n)) if t.is_molecule]
            out += [replace(t, loss=t.loss or "knockdown") for t in named]
        elif frame.verbs.lemma in _DONE and passive:
            out += [t for n in frame.subjects for t in things(n) if t.loss]
    before = [(m, unit.passage.text[max(unit.body, m.start - 60) : m.start]) for m in unit.mentions if m.is_molecule]
    for mention, text in before if not out else []:
        blocker = _PART_OF.search(text) and _BLOCKER.search(unit.passage.text, mention.end, unit.end)
        if unit.body <= mention.start < unit.end and (_TO_BLOCK.search(text) or _ANTISENSE.search(text) or blocker):
            out.append(replace(things_of(mention), loss="siRNA" if _ANTISENSE.search(text) else "blockade"))
    return out


def _encoded(unit: Unit) -> list[Thing]:
    """ "A retrovirus encoding A was introduced", "overexpression of A was achieved": A."""
    out: list[Thing] = []
    for mention in unit.mentions:
        text = unit.passage.text[max(unit.body, mention.start - 60) : mention.start]
        if unit.body <= mention.start < unit.end and mention.is_molecule and _ENCODED.search(text):
            out.append(things_of(mention))
    for frame in unit.parsed.frames or frames(unit):
        if frame.verbs.lemma in _DONE and frame.verbs.passive:
            made = [n for n in frame.subjects if n.head.lower in ("overexpression", "re-expression", "expression")]
            out += [t for n in made for o in n.of for t in things(o) if t.is_molecule]
    return out


def _of_takers(frame: Frame) -> bool:
    """Say whether the subject of a verb of giving is who got something."""
    return any(_TAKERS.search(n.head.lower) for n in frame.subjects) or not frame.subjects


_TAKERS = re.compile(
    r"\b(?:patients?|participants?|adults?|children|subjects?|volunteers?|women|men|animals?|mice|rats?|cells?|cultures?)$",
    re.I,
)


_TOLD = re.compile(
    r"\b(?:received?|(?:were|was) given|assigned (?:\S+ )?to|randomi[sz]ed (?:\S+ )?to(?: receive)?|treated with)\s"
    r"(?:an? |the )?(?:[a-z]+\s){0,5}$"
)


def _told(unit: Unit) -> list[Thing]:
    """What the words of a sentence say was given, where no analysis holds it: "were randomised 2:1 to A"."""
    text = unit.passage.text
    found = [m for m in unit.mentions if unit.body <= m.start < unit.end and m.is_molecule]
    return [things_of(m) for m in found if _TOLD.search(text[max(unit.body, m.start - 80) : m.start])][:1]


def _agents(noun: Noun) -> list[Thing]:
    """The names in a phrase ("etanercept 50 mg weekly"), else what the phrase names."""
    last = max((i for i, w in enumerate(noun.words) if w.is_name), default=-1)
    rest = noun.words[last + 1 :]
    if last >= 0 and rest and rest[0].tag == "CD":
        return things(Noun(noun.words[: last + 1]))
    return things(noun)


_PRESENCE = re.compile(
    r"\b(?:in the presence of|in response to|after|following|treated with|exposed to|stimulated with|incubated with)\s"
    r"(?:\d[\d.]*\s?\w+\s(?:of|with)\s)?$",
    re.I,
)


FINITE = ("VBZ", "VBP", "VBD", "MD")


def present(unit: Unit) -> list[Thing]:
    """What a sentence of a legend that has no verb says was there: "Time course of B in the presence of A"."""
    if any(w.tag in FINITE for w in unit.words):
        return []
    found = []
    for m in unit.mentions:
        before = unit.passage.text[max(unit.body, m.start - 60) : m.start]
        if unit.body <= m.start < unit.end and m.is_molecule and _PRESENCE.search(before):
            found.append(Thing(m.text, m.curie or None, None, "molecule", mention=m, start=m.start))
    return found


_WITHOUT = re.compile(r"\b(?:lacking|without|deficient (?:in|for)|null for|devoid of)\s$", re.I)
_REMOVED = re.compile(
    r"\s(?:was|were|had been|has been) (?:\w+ )?(?:deleted|ablated|knocked out|inactivated|disrupted)\b"
)


def lacking(unit: Unit) -> Thing | None:
    """What the animals or cells that a sentence sets up lack: "Il33-/- mice", "A was deleted in podocytes"."""
    for word in unit.words:
        if word.mention is None or not word.mention.is_molecule:
            continue
        marked = bool(word.suffix) and (word.suffix == "-/-" or word.suffix.strip("-").lower() in LOSS_SUFFIXES)
        if (
            marked
            or _WITHOUT.search(unit.passage.text, max(unit.body, word.start - 20), word.start)
            or _REMOVED.match(unit.passage.text, word.end)
        ):
            return replace(things_of(word.mention, word.start), loss="knockout")
    return next(iter(taken(unit)), None) or _with_deletion(unit)


_COHORT = re.compile(r"\b(?:patients|people|individuals|women|men|children|adults|donors) with (?:\w+ )?$", re.I)
_COMPARED_WITH = re.compile(r"\b(?:controls?|healthy|volunteers|(?:people|women|men|children) without)\b", re.I)


def compared_cohort(unit: Unit) -> Thing | None:
    """The disease of "40 patients with D and 20 healthy controls"."""
    named = [m for m in unit.mentions if unit.body <= m.start < unit.end and m.category == "disease"]
    if len({m.curie or m.text for m in named}) != 1 or not _COMPARED_WITH.search(unit.text):
        return None
    told = _COHORT.search(unit.passage.text[max(unit.body, named[0].start - 40) : named[0].start])
    return things_of(named[0]) if told else None


_DELETION = re.compile(
    r"\b(?:mice|animals|cells|rats|fish|lines?|macrophages|fibroblasts) (?:with|carrying|bearing|harbou?ring) "
    r"(?:an? )?(?:[\w-]+ ){0,3}"
    r"(?:deletion|knock-?out|ablation|inactivation|deficiency|disruption|loss) (?:of|in) $",
    re.I,
)


def _with_deletion(unit: Unit) -> Thing | None:
    """ "Mice with a hepatocyte-specific deletion of A were fed …"."""
    for mention in unit.mentions:
        text = unit.passage.text[max(unit.body, mention.start - 90) : mention.start]
        if unit.body <= mention.start < unit.end and mention.is_molecule and _DELETION.search(text):
            return replace(things_of(mention), loss="knockout")
    return None
