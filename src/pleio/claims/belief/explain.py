"""Plain sentences: why a belief is what it is, and what would change it."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from ..contest import report
from ..vocabulary import plural
from .reports import REPEATED, RETRACTED, SPECULATIVE, THROUGH_PRIMARY, UNCITED

if TYPE_CHECKING:
    from .assumption_belief import AssumptionBelief
    from .contest_belief import ContestBelief

MOST_STUDIES = 9  # beyond which nothing is promised
SLIGHT = 0.05  # a weight, in nats, below which no source is called the strongest
WORTH_SAYING = 0.1  # a shift of belief that a sentence mentions

_SILENCES = {
    REPEATED: ("repeats a source that already counts", "repeat a source that already counts"),
    THROUGH_PRIMARY: ("cites a source that already counts", "cite a source that already counts"),
    SPECULATIVE: ("only speculates", "only speculate"),
    RETRACTED: ("is retracted", "are retracted"),
}


def why(belief: ContestBelief) -> str:
    """Say why a contest's belief is what it is."""
    kind = belief.contest.kind.replace("_", "-")
    lead = belief.leading
    if belief.is_prior and belief.observations:
        sentences = [f"The number is the prior of a {kind} claim: it {_observed(belief)}"]
    elif belief.is_prior:
        sentences = [f"No primary evidence: this is the prior of a {kind} claim and nothing more."]
    else:
        where = "" if kind == "structure" else f" in {plural(belief.model.target(belief.contest).species or 'human')}"
        head = f"The outcome {_quoted(lead)} has probability {belief.outcomes[lead]:.2f}{where} (before any evidence "
        sentences = [f"{head}{belief.prior[lead]:.2f}, as for any {kind} claim): {_tally(belief)}."]
        if belief.status == "secondary only":
            sentences.append("All of it is second hand: no primary source was read.")
        sentences.append(_strongest(belief))
        sentences += _resting(belief)
    if belief.observations and not belief.is_prior:
        sentences.append(f"The number {_observed(belief)}")
    silent = Counter(each.reason for each in belief.silent)
    told = [f"{silent[reason]} {words[silent[reason] > 1]}" for reason, words in _SILENCES.items() if silent[reason]]
    if told:
        sentences.append("Without weight of their own: " + ", ".join(told) + ".")
    if belief.is_backbone:
        sentences.append("It is backbone: direct, shown by independent laboratories, with nothing against it.")
    return " ".join(sentences)


def would_change(belief: ContestBelief) -> str:
    """Say what would change a contest's belief: independent studies that disagree, and what its assumptions decide."""
    lead = belief.leading
    other = _rival(belief)
    after = belief.if_reported(other)
    place = next((f" ({part.name})" for part in belief.contest.target if part), "")
    species = belief.model.target(belief.contest).species
    study = f"A well-powered {species} study{place} that reports {_quoted(other)}"
    if belief.observations:
        study = f"Apart from what is used as data, {study[0].lower()}{study[1:]}"
    sentences = [f"{study} would take {_quoted(lead)} from {belief.outcomes[lead]:.2f} to {after[lead]:.2f}"]
    needed = next((n for n in range(1, MOST_STUDIES + 1) if _is_overturned(belief, other, n)), None)
    if needed == 1:
        sentences[0] += f" and make {_quoted(other)} the more probable."
    elif needed:
        sentences[0] += f"; {needed} independent ones would overturn it."
    else:
        sentences[0] += f"; not even {MOST_STUDIES} would overturn it."
    sentences += _deciding(belief)
    return " ".join(sentences)


def why_assumption(belief: AssumptionBelief) -> str:
    """Say what the evidence has made of an assumption."""
    lead = belief.leading
    if not belief.contests:
        return f"No evidence rests on it: {_quoted(lead)} keeps its prior, {belief.prior[lead]:.2f}."
    count = len(belief.contests)
    contest, factor = next(iter(belief.lessons.items()))
    title = next(each.title for each in belief.model.claims.contests() if each.id == contest)
    lesson = f" The most telling is {title}, which {_odds(factor)}."
    return (
        f"The state {_quoted(lead)} has probability {belief.states[lead]:.2f} (prior {belief.prior[lead]:.2f}), "
        f"judged by {count} contest{'s' if count > 1 else ''} whose evidence rests on it."
        f"{lesson if abs(factor) >= SLIGHT else ''}"
    )


def _strongest(belief: ContestBelief) -> str:
    """Name the source that moves the belief most, and by what factor it moves the odds."""
    strongest, alone = belief.evidence[0], len(belief.evidence) == 1
    factor = strongest.log_factors[belief.leading]
    if abs(factor) < SLIGHT:
        return "It hardly moves the belief." if alone else "No single source decides it."
    who = "It comes from" if alone else "The strongest is"
    return f"{who} {_source(strongest.source)}, which {_odds(factor)}."


def _odds(log_factor: float) -> str:
    """Say what a log Bayes factor does to the odds."""
    verb = "multiplies" if log_factor >= 0 else "divides"
    return f"{verb} the odds by {math.exp(abs(log_factor)):.1f}"


def _observed(belief: ContestBelief) -> str:
    """Say, after a subject, which findings are data elsewhere, so that a low belief is not taken for doubt of them."""
    contest = belief.contest
    found = Counter(report(claim, item) for claim, item in contest.evidence if item.says == "observation")
    more, parts = "" if belief.is_prior else "more ", []
    for outcomes, count in sorted(found.items(), key=lambda pair: (-pair[1], sorted(pair[0]))):
        words = " or ".join(_quoted(name) for name in contest.outcomes if name in outcomes)
        parts.append(f"{count} {more}finding{'s' if count > 1 else ''} of {words}")
    them = "them" if found.total() > 1 else "it"
    which = f"the observation{'s' if len(belief.observations) > 1 else ''} {', '.join(belief.observations)}"
    return (
        f"leaves out {' and '.join(parts)}, used as data ({which}), and is no doubt about {them}: simulations are "
        f"calibrated or checked with {them}, and nothing counts twice."
    )


def _tally(belief: ContestBelief) -> str:
    """Count the independent reports of each outcome and the laboratories they come from."""
    parts = []
    said = sorted({each.outcomes for each in belief.reports}, key=lambda names: (len(names), sorted(names)))
    for outcomes in said:
        reports = [each for each in belief.reports if each.outcomes == outcomes]
        laboratories = len({each.laboratory for each in reports})
        words = " or ".join(_words(name) for name in belief.contest.outcomes if name in outcomes)
        count = f"{len(reports)} independent report{'s' if len(reports) > 1 else ''} of '{words}'"
        parts.append(count + (f" from {laboratories} {'laboratories' if laboratories > 1 else 'laboratory'}"))
    return ", ".join(parts)


def _resting(belief: ContestBelief) -> list[str]:
    sentences = []
    for name in belief.assumptions:
        count = sum(name in each.rests_on for each in belief.reports)
        all_ = len(belief.reports)
        who = "It rests" if count == all_ == 1 else f"{count} of {all_} {'rests' if count == 1 else 'rest'}"
        sentences.append(f"{who} on the assumption {name}.")
    return sentences


def _deciding(belief: ContestBelief) -> list[str]:
    """Name the assumption whose states would move the belief most, if they would move it enough to say so."""
    lead, best = belief.leading, (WORTH_SAYING, "")
    for name in belief.assumptions:
        states = [state.name for state in belief.model.assumptions[name].states]
        values = {state: belief.given(name, state)[lead] for state in states}
        low, high = min(states, key=lambda s: values[s]), max(states, key=lambda s: values[s])
        span = values[high] - values[low]
        if span > best[0]:
            best = (
                span,
                f"If {name} were known to be {_quoted(high)}, {_quoted(lead)} would be {values[high]:.2f}; "
                f"if {_quoted(low)}, {values[low]:.2f}.",
            )
    return [best[1]] if best[1] else []


def _rival(belief: ContestBelief) -> str:
    """Give the outcome whose report would speak against the leading one: no effect, or else the next most probable."""
    null = belief.contest.outcomes[-1]
    if belief.leading != null:
        return null
    return max(belief.contest.outcomes[:-1], key=lambda name: belief.outcomes[name])


def _is_overturned(belief: ContestBelief, rival: str, studies: int) -> bool:
    after = belief.if_reported(rival, studies)
    return max(after, key=lambda name: after[name]) != belief.leading


def _source(source: str) -> str:
    return "what uncited statements say" if source == UNCITED else source


def _quoted(name: str) -> str:
    return f"'{_words(name)}'"


def _words(name: str) -> str:
    return name.replace("_", " ")
