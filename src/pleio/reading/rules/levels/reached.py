"""What was seen in those who were treated: "three patients developed antibodies", "a response was attained by 52%",
"no tumours were seen".
"""

from __future__ import annotations

from collections.abc import Iterator

from ...grammar.frames import Frame
from ...grammar.phrases import Noun
from ...words.head_nouns import MODEL_WORDS
from .seen import SEEN

_PEOPLE = MODEL_WORDS | set("patients participants subjects adults children women men volunteers recipients".split())
_REACHING = {"develop", "attain", "achieve", "reach", "mount", "experience", "acquire"}
_OUTCOMES = set(
    "response responses remission remissions recovery improvement improvements regrowth clearance relief "
    "seroconversion antibodies independence healing benefit lymphocytosis eosinophilia neutrophilia lymphopenia "
    "neutropenia thrombocytosis anaemia anemia hypertrophy fibrosis".split()
)
_NEW = set(
    "thickening translocation phosphorylation growth hypertrophy formation accumulation infiltration tumours tumors "
    "antibodies necrosis apoptosis induction activation toxicity teratogenicity".split()
)
_DETERMINERS = {"a", "an", "the", "no", "neither", "any", "this", "such", "these"}


_CHANGES = {"change", "changes", "alteration", "alterations", "difference", "differences"}


def unmoved(frame: Frame) -> Iterator[Noun]:
    """ "There was no change in B", "no changes in B or C were seen": what did not change."""
    seen = frame.verbs.lemma in SEEN and frame.verbs.passive
    nouns = frame.subjects if seen else frame.objects if frame.verbs.lemma == "be" and not frame.subjects else []
    if not nouns or nouns[0].words[0].lower not in ("no", "neither") or nouns[0].head.lower not in _CHANGES:
        return
    around = (*nouns[0].preps, *(frame.subject_preps if seen else frame.preps))
    yield from nouns[0].of or next((ns for p, ns in around if p == "in"), [])


def reached(frame: Frame) -> Iterator[tuple[str, Noun]]:
    """Give what those who were treated came to have, and whether they did."""
    nouns: list[Noun] = []
    if frame.verbs.lemma in _REACHING:
        nouns = [n for n in frame.subjects if frame.verbs.passive]
        if not frame.verbs.passive and any(n.head.lower in _PEOPLE for n in frame.subjects):
            nouns = frame.objects
        nouns = [n for n in nouns if n.head.lower in _OUTCOMES]
    elif frame.verbs.lemma in SEEN and frame.verbs.passive and not frame.objects:
        nouns = [n for n in frame.subjects if n.head.lower in _OUTCOMES | _NEW]
    for noun in nouns:
        if len([w for w in noun.words if w.lower not in _DETERMINERS]) < 2 and not noun.of:
            continue  # "no induction was seen": of what the sentence before told
        none = frame.verbs.negated or noun.words[0].lower in ("no", "neither")
        yield ("no_effect" if none else "increases", noun)
