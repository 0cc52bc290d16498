"""Lists of harms without a verb: "Common: headache, nausea", "Infections (including colds and sinusitis); rash".

Rule id: `adverse.list`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...draft import Draft
from ...grammar.phrases import Noun
from ...things import Thing, grounded
from ...unit import Unit
from .ills import is_ill, named_medicine

_LED = re.compile(
    r"^(?:(?:one|two|three|including|and|or|such as|e\.g\.|most commonly|mainly|for example|also),?\s+)+", re.I
)
_ANNOUNCED = re.compile(r"\((?:including|such as|e\.g\.|for example|mainly|most commonly),?\s", re.I)
_APART = re.compile(r"[,;•]|\band\b|\bor\b")
_ASIDE = re.compile(r"\([^()]*\)")
_OFTEN = re.compile(
    r"(?:(?:very |un)?common(?:ly)?|(?:very )?rare(?:ly)?|(?:in)?frequent(?:ly)?|unknown|not known|frequency not known|"
    r"others?|occasional(?:ly)?|isolated cases|serious|severe|mild|less common|more common|post-?marketing)\b",
    re.I,
)
_LONGEST = 7  # words of one harm


def split_harms(text: str) -> list[str]:
    """Cut a list of harms; what stands in parentheses counts where it lists more of them.

    Example:
        >>> split_harms("infections (including colds and sinusitis); rash (5%), skin cancer (excluding melanoma)")
        ['infections', 'colds', 'sinusitis', 'rash', 'skin cancer']
    """
    open_ = _ANNOUNCED.search(text)
    while open_ is not None:
        close = text.find(")", open_.end())
        if close < 0:
            break
        text = text[: open_.start()].rstrip() + ", " + text[open_.end() : close] + text[close + 1 :]
        open_ = _ANNOUNCED.search(text)
    parts = (_LED.sub("", part.strip(" .:")) for part in _APART.split(_ASIDE.sub("", text)))
    return [part.strip(" .") for part in parts if part.strip(" .")]


def harm_lists(unit: Unit) -> Iterator[Draft]:
    """Read a paragraph of a section about harms that only lists them, under "Common:" or by itself."""
    if unit.mode != "adverse" or unit.bullet or (unit.label and not _OFTEN.match(unit.label)):
        return
    if any(f.verbs.finite for f in unit.clauses.frames) or unit.text.rstrip().endswith(":"):
        return
    parts = split_harms(unit.text)
    harms = [name for name in parts if is_harm(name)]
    if not harms or len(harms) * 2 < len(parts) or any(len(name.split()) > _LONGEST for name in parts):
        return
    for subject in (named_medicine(unit, unit.start) or unit.subject)[:1]:
        for name in dict.fromkeys(parts):
            yield Draft(subject, "causes_adverse_event", grounded(name, "phenotype"), "adverse.list")


def in_parentheses(unit: Unit, noun: Noun) -> list[Thing]:
    """ "Reactions (e.g. rash and fever)", "two malignancies (one lymphoma and one melanoma)": those too."""
    out: list[Thing] = []
    for start, end in (span for word in noun.words for span in word.parens):
        text = re.sub(r"^\(|\)$|^(?:e\.g\.|i\.e\.|mainly|such as),?\s", "", unit.passage.text[start:end].strip("() "))
        names = split_harms(text) if not re.search(r"\d", text) else []
        if len(names) > 1 and all(map(is_harm, names)):
            out += [grounded(name, "phenotype") for name in names]
    return out


def is_harm(name: str) -> bool:
    """Say whether a name is one of a harm: a disease, a symptom, or words that only harms end in."""
    return is_ill(grounded(name))
