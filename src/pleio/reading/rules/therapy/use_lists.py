"""Bullets under "Indications" that go on after the disease ("Bone loss in men given A") or say what for ("To lower B").

Rule ids: `therapy.approved`, `therapy.aim`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...draft import Draft
from ...things import Thing, grounded, things
from ...unit import Unit
from ...words.predicates import VERBS
from ..finish import effect_draft
from ..targets import objects_of
from .harm_lists import is_harm

_CARE = re.compile(r"(?:the )?(?:treatment|prevention|prophylaxis|management|relief|reduction) of |for (?:the )?", re.I)
_WHO = set(
    "adult adults adolescent adolescents child children pediatric paediatric patient patients people women men infants "
    "and or male female elderly postmenopausal persons".split()
)
_GOES_ON = re.compile(
    r"\s(?:in|who|whose|that|which|when|where|refractory|unresponsive|receiving|after|following|despite|caused|due|"
    r"associated|secondary|as|to|for|with|without|at|not|by|undergoing|during|from)\b|\s\(|[.;:]"
)
_LIST = re.compile(r",\s*(?:and |or )?|\s(?:and|or)\s")
_MEANT = set("reduce decrease lower increase raise improve mobilize mobilise accelerate delay shorten prolong slow "
             "stimulate promote inhibit prevent treat relieve suppress".split())  # fmt: skip


def uses_of_bullet(unit: Unit) -> list[Thing]:
    """Give the diseases that a bullet opens with; none where what it opens with is no disease."""
    text = _of_whom(_CARE.sub("", unit.text.strip(), count=1) if _CARE.match(unit.text.strip()) else unit.text.strip())
    stop = _GOES_ON.search(text)
    head = text[: stop.start()] if stop else text.rstrip(".")
    parts = [part for part in _LIST.split(head) if part]
    names = parts if all(map(is_harm, parts)) else [head] if head and is_harm(head) else []
    return [grounded(name, "disease") for name in names if len(name.split()) < 8]


def _of_whom(text: str) -> str:
    """ "Adult patients with D": D."""
    words = text.split(" ")
    people = next((i for i, word in enumerate(words) if word.lower() not in _WHO), 0)
    opens = 0 < people < len(words) - 1 and words[people].lower() == "with"
    return " ".join(words[people + 1 :]) if opens else text


def meant(unit: Unit) -> Iterator[Draft]:
    """ "To reduce the need for A in patients with D": what the medicine is given to do."""
    frame = next(iter((unit.parsed.frames or unit.clauses.frames)[:1]), None)
    if frame is None or not re.match(r"to\b", unit.text, re.I) or frame.verbs.lemma not in _MEANT or frame.subjects:
        return
    needed = [n for n in frame.objects if n.head.lower in ("need", "needs", "requirement", "requirements")]
    wanted = [n for h in needed for p, ns in (*h.preps, *frame.preps) if p == "for" for n in ns]
    targets = [t for n in wanted for t in things(n)] if needed else objects_of(unit, frame.objects, frame)
    for subject in unit.subject:
        for target in dict.fromkeys(targets):
            if frame.verbs.lemma in ("treat", "prevent", "relieve"):
                yield Draft(subject, "treats", target, "therapy.approved", verb=frame.verbs.main.start)
            elif frame.verbs.lemma in VERBS:
                relation = VERBS[frame.verbs.lemma].relation
                yield effect_draft(unit, frame, subject, relation, target, None, "therapy.aim")
