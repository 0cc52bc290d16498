"""What headings say of the passage below: the kind of section, and the molecule, disease or tissues it is about."""

from __future__ import annotations

import re
from dataclasses import replace

from .documents.page import Page
from .documents.structure import Passage
from .names.mention import Mention
from .names.named import is_of_more, placed_before
from .slots.setting import GENERAL
from .things import Thing

LISTS = ("partner", "disease", "names", "source", "expression")  # sections whose bullets may be one short name each
_MODES = (
    (
        "partner",
        re.compile(
            r"^(?:(?:known|main|natural|its|endogenous|cell\w*) )*(?:(?:co-?)?receptors?|ligands?|binding partners?|"
            r"interact(?:ion|ing) partners?|(?:protein\S* |physical |reported |molecular )?interact(?:ions?|ors?))$",
            re.I,
        ),
    ),
    ("adverse", re.compile(r"adverse|undesirable|side[- ]effects?|safety|toxicit|tolerability", re.I)),
    ("pk", re.compile(r"pharmacokinetic|absorption|\bADME\b|disposition", re.I)),
    ("structure", re.compile(r"\bstructur|\bdomains?\b|architecture|topology", re.I)),
    (
        "indication",
        re.compile(
            r"indication|clinical (?:applications?|uses?)|therapeutic (?:applications?|uses?)|approved|\bused for\b|"
            r"^(?:medical )?uses$",
            re.I,
        ),
    ),
    (
        "disease",
        re.compile(
            r"^(?:(?:associated|related|linked|known) )?(?:diseases?|disorders?|(?:disease )?phenotypes?)"
            r"(?: and (?:diseases?|disorders?|phenotypes?|traits?))?"
            r"(?: (?:associations?|involvement|relevance|links?))?(?: \(\w+\))?$",
            re.I,
        ),
    ),
    ("names", re.compile(r"^(?:gene )?(?:alias(?:es)?|synonyms?|(?:other|alternative) names?)\b", re.I)),
    ("process", re.compile(r"^(?:GO[: ]+)?biological process(?:es)?\b", re.I)),
    ("signal", re.compile(r"signal|pathway|cascade|transduction|activation|downstream", re.I)),
    ("function", re.compile(r"\bfunctions?\b|\broles?\b|system\b|effects|biolog", re.I)),
    (
        "source",
        re.compile(
            r"^(?:(?:cell\w*|main|major|tissue) )*(?:sources?|production|producers?|secretion|synthesis)\b|"
            r"^(?:mainly )?(?:produced|secreted|made|released) (?:mainly )?by$",
            re.I,
        ),
    ),
    (
        "expression",
        re.compile(
            r"^(?:(?:tissue|cell\w*|protein|mRNA|gene|normal) )*(?:expression|distribution|specificity|locali[sz]ation)"
            r"(?: (?:pattern|profile)s?)?(?: and .*)?$|^(?:mainly )?expressed (?:mainly )?(?:in|by|on)$",
            re.I,
        ),
    ),
)


def is_planned(passage: Passage) -> bool:
    """Say whether a passage tells what a registry plans to measure and whom it takes in: nothing found."""
    return any(_PLANNED.match(title) for title in passage.headings[-1:])


_PLANNED = re.compile(
    r"(?:[\d.]+ )?(?:(?:primary|secondary|other|main|key) )*(?:outcome measures?|end-?points?|(?:inclusion|exclusion|"
    r"eligibility) criteria)\b",
    re.I,
)


def place_mode(label: str) -> str:
    """ "Expressed in: …", "Tissue distribution: …": a list of places, wherever it stands."""
    return next((mode for mode, pattern in (_MODES[0], *_MODES[-2:]) if label and pattern.fullmatch(label)), "")


def mode_of(passage: Passage) -> str:
    """What kind of section this is, by the nearest heading that says so."""
    for title in reversed(passage.headings):
        for mode, pattern in _MODES:
            if pattern.search(title):
                return mode
        if not title.endswith(":") and passage.level != 0:
            break
    return ""


def heading_tissues(page: Page, passage: Passage) -> tuple[Mention, ...]:
    """The tissues that the nearest heading names."""
    return tuple(m for title in passage.headings[-1:] for m in _tissues(page, title))


def _tissues(page: Page, title: str) -> list[Mention]:
    """The tissues that a heading names; one that is nothing but a list of them counts as one."""
    found = [m for m in page.gazetteer.find(title) if m.category == "tissue" and not is_of_more(title, m)]
    if len(found) > 1 and re.fullmatch(
        r"[\s,]*(?:and\s)?", re.sub("|".join(re.escape(m.text) for m in found), "", title)
    ):
        return [replace(found[0], text=title.strip(), end=found[0].start + len(title.strip()), curie="")]
    whole = len(title.strip())
    return [m for m in found if m.end - m.start >= 0.5 * whole or placed_before(title[: m.start])]


def heading_molecule(page: Page, passage: Passage) -> Thing | None:
    """The molecule that a heading below the title names and nothing else: a section of its own."""
    for title in reversed(passage.headings):
        found = [m for m in page.gazetteer.find(title) if m.is_molecule]
        if len(found) != 1 or _AIMED.match(title[found[0].end :]):
            continue
        m = found[0]
        whole = m.end - m.start >= 0.6 * len(title.strip())
        if whole or (m.category == "drug" and _OF_DRUG.search(title) and not _SAYS.search(title)):
            return Thing(m.text, m.curie or None, None, "molecule", mention=m)
    return None


_OF_DRUG = re.compile(
    r"\b(?:safety|toxicity|toxicology|adverse|side[- ]effects?|tolerability|pharmaco\w+|kinetics|indications?|dosing|"
    r"dosage|(?:clinical|therapeutic) uses?|interactions?|overdos\w+|effects? (?:of|with)|trials? (?:of|with))\b",
    re.I,
)
_AIMED = re.compile(
    r"[-\s](?:inhibit\w+|block\w+|antagonis\w+|agonis\w+|antibod\w+|receptor|deficien\w+|null|pathway|signal\w+|"
    r"axis|famil\w+)\b",
    re.I,
)


_CAUTION = re.compile(r"^[\d. ]*(?:(?:special )?warnings?|precautions?|contraindications?)\b", re.I)
_LONGER = re.compile(
    r"[\w'-]+(?: [\w'-]+){0,2} (?:cachexia|disease|syndrome|fibrosis|injury|anemia|anaemia|\w+itis|\w+osis|pain)$"
)
_SAYS = re.compile(r"\b(?:\w+(?:ates|ises|izes|uces|ects|ents|ases|ives|ibits|ains|ulates)|is|are|acts|binds)\b")


def heading_disease(page: Page, passage: Passage) -> Mention | None:
    """The disease that the nearest headings name, if a heading is about a disease, and not about a harm."""
    if any(_CAUTION.search(title) for title in passage.headings):
        return None
    for title in reversed(passage.headings[-2:] if passage.headings else ()):
        named = page.gazetteer.find(title)
        found = [m for m in named if m.category == "disease" and m.text.lower() not in GENERAL]
        if found and any(m.is_molecule for m in named) and _SAYS.search(title):
            continue  # "Loss of A attenuates fibrosis in mice" says something; it is no topic
        if found:
            whole = _LONGER.match(title, found[0].start)
            if whole and whole.end() > found[0].end and len(found) == 1:
                return replace(found[0], end=whole.end(), text=whole[0], curie="")
            return found[0]
        if any(pattern.search(title) for _, pattern in _MODES[1:4]):
            return None
    return None
