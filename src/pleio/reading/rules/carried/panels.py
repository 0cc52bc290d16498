"""What a panel of a figure shows without a verb: "Smad1 phosphorylation 45 min after BMP7".

Rule id: `panel.after`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...draft import Draft
from ...grammar.measures import measures
from ...grammar.phrases import Noun
from ...plain.word import Word
from ...things import things
from ...unit import Unit

_PART_END = {";", ":", "."}
_AFTER = {"after", "following", "upon"}
_VERBS = ("VBZ", "VBP", "VBD", "MD")


def shown_after(unit: Unit) -> Iterator[Draft]:
    """Read "phosphorylated B after A" and "B phosphorylation 10 min after A" where no verb says more."""
    if not unit.panel:
        return
    for part in _parts(unit.words):
        at = next((i for i, w in enumerate(part) if w.lower in _AFTER), -1)
        if at <= 0 or any(w.tag in _VERBS for w in part):
            continue
        head = part[:at]
        while head and measures(head[-1]):
            head = head[:-1]
        agents = [w for w in part[at + 1 : at + 7] if w.is_name and w.mention is not None and w.mention.is_molecule]
        if not head or not agents or "," in [w.text for w in head]:
            continue
        for target in things(Noun(head)):
            if target.aspect == "phosphorylation":
                for subject in things(Noun(agents[:1])):
                    yield Draft(subject, "increases", target, "panel.after", "phosphorylation", verb=part[0].start)


def _parts(words: list[Word]) -> Iterator[list[Word]]:
    part: list[Word] = []
    for word in words:
        if word.text in _PART_END:
            if part:
                yield part
            part = []
        else:
            part.append(word)
    if part:
        yield part
