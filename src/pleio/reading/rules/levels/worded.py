"""Changes that stand in the words after a verb: "was up twofold", "was a third of that in …", "stayed the same",
"was as slow as in controls", "was no longer detectable".
"""

from __future__ import annotations

import re

from ...grammar.frames import Frame
from ...unit import Unit

_VERBS = set("be remain stay become appear seem go come get turn keep lie have average reach stand measure".split())
_HOW = (
    r"(?:(?:also|again|still|then|only|about|almost|nearly|roughly|exactly|just|much|essentially|more than|less than|"
    r"at|even|well|slightly|far|some|now|been|significantly|markedly|largely|fully|broadly|equally) )*"
)
_TIMES = r"(?:twice|thrice|double|triple|(?:\w+|\d[\d.]*)[ -](?:times|fold))"
_PART = r"(?:half|a (?:third|quarter|fifth|tenth)|(?:one|two)[- ](?:thirds?|quarters?|fifths?)|\d[\d.]*\s?%)"
_MORE = r"high|large|long|great|thick|wide|big|frequent|common|abundant|strong|dense|heavy|fast|likely|many|much|often"
_NOT_SAME = (
    "direction way time side place order gene protein family effects? results? actions? as(?= (?:that|those) of)"
)
_NO_WORD = "an? the well expected follows effective potent efficacious active in by on to did part"
_GOING = r"(?= (?:by|in|on|after|with|at|from|to|\w*fold|about|as well)|[,;.]|$)"
_WAYS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (relation, re.compile(rf"\s{_HOW}(?:{words})(?![a-z])", re.I))
    for relation, words in (
        ("no_effect", rf"the same\b(?! (?:{'|'.join(re.split(r' (?![(])', _NOT_SAME))})\b)"),
        ("no_effect", rf"as (?!(?:{'|'.join([*_NO_WORD.split(), _MORE])})\b)\w+ (?:as|with|in|after|under)"),
        ("no_effect", rf"as (?:{_MORE}) (?:as|with|in|after|under)"),
        ("no_effect", r"back (?:to|at) (?:normal|baseline)|within (?:the )?(?:normal|reference) (?:range|limits)"),
        ("no_effect", r"no (?:different|higher|lower|better|worse)"),
        ("increases", rf"{_TIMES} (?:as (?:{_MORE})|that|those|the (?:level|value|amount|number)|normal|control)"),
        ("increases", rf"{_TIMES} more (?:abundant|frequent|common|numerous|intense|active)"),
        ("decreases", rf"{_TIMES} less (?:abundant|frequent|common|numerous|intense|active)"),
        ("increases", rf"(?:above|over) (?:normal|baseline|the (?:normal|reference|upper))|up{_GOING}"),
        ("decreases", rf"{_PART} (?:as (?:{_MORE})|that|those|of (?:that|those|the|normal|control|wild))"),
        ("decreases", rf"below (?:normal|baseline|the (?:normal|reference|lower|limit|detection))|down{_GOING}"),
    )
)
_FOUND = {"find", "detect", "express", "measure", "release", "secrete", "produce", "see"}
_AMOUNTS = re.compile(
    r"\s(?:in|at) (?:\w+ly )?(?:increased|elevated|raised|higher|greater|larger|"
    r"(?P<less>reduced|decreased|lower|smaller)) "
    r"(?:amounts?|levels?|quantit(?:y|ies)|concentrations?|numbers?)\b",
    re.I,
)
_NO_LONGER = re.compile(r"\sno longer (?:detectable|detected|measurable|visible|present|seen|found)\b")


def worded(unit: Unit, frame: Frame) -> str:
    """Give the relation that the words after a verb say; "" where they say none."""
    if frame.verbs.lemma in _FOUND and frame.verbs.passive:
        said = _AMOUNTS.match(unit.text, max(0, frame.verbs.main.end - unit.body))
        return ("decreases" if said["less"] else "increases") if said else ""
    if frame.verbs.lemma not in _VERBS or (frame.verbs.passive and frame.verbs.lemma != "be"):
        return ""
    at = frame.verbs.main.end - unit.body
    if at < 0:
        return ""
    if _NO_LONGER.match(unit.text, at):
        frame.verbs.negated = False  # it says that something was lost
        return "decreases"
    found = next((relation for relation, words in _WAYS if words.match(unit.text, at)), "")
    if frame.verbs.negated and found:
        return "no_effect" if found != "no_effect" else ""
    return found
