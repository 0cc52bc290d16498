"""How sure a sentence is of what it says: asserted, hedged or speculative; and whether it denies it."""

from __future__ import annotations

import re

from .frames import Frame

_HEDGES = {"may", "might", "could"}
_HEDGE_ADVERBS = {
    "potentially",
    "possibly",
    "likely",
    "probably",
    "perhaps",
    "presumably",
    "apparently",
    "putatively",
    "conceivably",
}
_HEDGE_VERBS = {
    "suggest",
    "suspect",
    "appear",
    "seem",
    "think",
    "believe",
    "claim",
    "consider",
    "tend",
    "assume",
    "indicate-that",
    "imply",
}
_SPECULATIVE_VERBS = {"hypothesize", "hypothesise", "speculate", "propose", "postulate", "predict", "expect", "wonder"}
_SPECULATIVE = re.compile(
    r"\b(?:whether|hypothes[ie]s\w*|unclear|unknown|remains? to be|speculat\w+|not (?:yet )?(?:been )?(?:known|"
    r"established|clear)|"
    r"would)\b|\?\s*$",
    re.I,
)
_POSSIBLE = re.compile(r"\b(?:possible|putative|potential|probable|presumed|suspected)\b", re.I)


def modality_of(frame: Frame | None, sentence: str) -> str:
    """Give the modality of what a verb says: from its own group, from the verbs that govern it, from the sentence."""
    if _SPECULATIVE.search(_own_part(frame, sentence)):
        return "speculative"
    if frame is None:
        return "hedged" if re.match(r"\s*(?:may|might|could|possibly|potentially)\b", sentence, re.I) else "asserted"
    if _hedged(frame):
        return "speculative" if frame.verbs.lemma == "prove" else "hedged"
    governor = frame.governor
    for _ in range(4):
        if governor is None:
            break
        if governor.verbs.lemma in _SPECULATIVE_VERBS or (governor.verbs.lemma == "prove" and _hedged(governor)):
            return "speculative"
        if governor.verbs.lemma in _HEDGE_VERBS or _hedged(governor):
            return "hedged"
        governor = governor.governor
    if re.match(
        r"[^,]{0,60}\b(?:evidence|data|results|findings|studies|observations?|reports?)\b[^,]{0,40}\bsuggest\w*\b",
        sentence,
        re.I,
    ):
        return "hedged"
    return "asserted"


_ASKS = re.compile(r"\s*(?:whether|if|it (?:is|remains) (?:un\w+|not \w+) whether)\b", re.I)
_PARTS = re.compile(r"; |, (?:and|but|whereas|while|although|yet) (?=[a-z])")


def _own_part(frame: Frame | None, sentence: str) -> str:
    """Give the clause that a verb stands in, or the whole of a sentence that asks."""
    if _ASKS.match(sentence):
        return sentence
    parts = _PARTS.split(sentence)
    if frame is None or len(parts) == 1:
        return sentence
    own = [part for part in parts if frame.verbs.main.text in part]
    return own[0] if len(own) == 1 else sentence


def _is_sighting(frame: Frame) -> bool:
    """ "A could be detected in B", "we could find no A in B": "could" tells what was done."""
    return frame.verbs.lemma in (
        "detect",
        "find",
        "see",
        "observe",
        "visualize",
        "visualise",
        "demonstrate",
        "identify",
    )


def _hedged(frame: Frame) -> bool:
    if frame.verbs.helpers & _HEDGES and not (frame.verbs.helpers & _HEDGES == {"could"} and _is_sighting(frame)):
        return True
    return any(w.lower in _HEDGE_ADVERBS for w in frame.verbs.words) or frame.adjective in ("likely", "possible")


_LEANS = re.compile(
    r"\b(?:may|might|could|(?:is|are|was|were|been)(?: also| now| widely| therefore| generally)? (?:thought|believed|"
    r"said|suspected|assumed|presumed|considered|likely) to|appears? to|seems? to|possibly|perhaps|presumably|"
    r"conceivably|potentially|putatively)\s[^,;:.]{0,90}$"
)
_ASIDE = re.compile(r", (?:however|therefore|moreover|in turn|then|thus|indeed|nevertheless|for example), ")


def leans(text: str) -> bool:
    """Say whether the words that lead to a verb hedge it: "is thought to do A by …", "…, possibly by …"."""
    return bool(_LEANS.search(_ASIDE.sub(" ", text)))


def is_potential(text: str) -> bool:
    """Say whether a phrase calls what it names only potential ("potential neuroprotective effects")."""
    return bool(_POSSIBLE.search(text))


def denial(relation: str, rule: str) -> tuple[str, str]:
    """Give relation and status of a denied effect.

    A change that does not come about ("did not increase", "does not affect", "failed to") is a null result; the
    denial of a need or of a means ("is not required for") refutes.
    """
    if relation in ("increases", "decreases", "regulates") and rule != "effect.required":
        return "no_effect", "null_result"
    return relation, "refuted"
