"""What a time in a sentence is of: of what was given, of what went before it, or of when it was looked at.

"Mice were fasted for 24 h, injected with A and killed 2 h later": neither time says for how long A was given.  The verb
that a time stands with tells; a verb of culture counts as a step before only where nothing was in the medium.
"""

from __future__ import annotations

import re

_CLAUSE = re.compile(r";\s|\.\s|,\s(?:whereas|while|although|but)\s")
_GIVEN = (
    r"(?:(?:pre|co|re)-?)?(?:treated|exposed|stimulated|incubated|infused|injected|administered|given|received|dosed|"
    r"challenged|supplemented|primed|immuni[sz]ed|sensiti[sz]ed|instilled|gavaged|inhaled|ingested|fed|infected|applied|"
    r"added|treatment|exposure|stimulation|incubation|administration|infusion|challenge)"
)
_IDLE = (
    r"(?:(?:serum|food|glucose|water)-?\s?)?(?:fasted|fasting|starved|starvation|deprived|rested|acclimati[sz]ed|"
    r"habituated|recovere?d?|recovery|quiescent|arrested|washed|withdrawn|adhere|attach|equilibrated|transfected|"
    r"transduced|electroporated)"
)
_GROWN = r"(?:cultured|grown|maintained|differentiated|plated|seeded|expanded|kept|propagated|held|left)"
_SEEN = (
    r"(?:killed|sacrificed|euthani[sz]ed|collected|harvested|examined|analy[sz]ed|measured|assessed|imaged|tested|"
    r"evaluated|quantified|determined|taken|obtained|recorded|counted|scored|isolated|removed|fixed|sampled|monitored|"
    r"dissected|excised|drawn|assayed|perfused|lysed|weighed|stained|weaned)"
)
_DONE = (  # what follows a verb; a participle before a noun says which: "cultured cells", "the infected mice"
    r"(?=\s(?:(?:for|in|on|with|without|to|under|at|by|and|or|until|over|as|from|into|then|after|before|daily|overnight|"
    r"up|separately|twice|once|either|during|through|within|the|an?|[a-z]+ly)\s|\d)|[,;()]|\s?$)"
)
_VERB = re.compile(
    rf"(?<![\w-])(?:(?P<given>{_GIVEN})\b|(?:(?P<idle>{_IDLE})|(?P<grown>{_GROWN})|(?P<seen>{_SEEN}))\b{_DONE})", re.I
)
_HAD = re.compile(r"\bhad\s(?:been\s|previously\s|already\s|all\s)*$")  # "who had received A for 3 months"
_WITH = re.compile(r"\b(?:with|without|by|plus|containing|in the (?:presence|absence)(?: or absence)? of|on)\b", re.I)
_WITH_NEXT = re.compile(r"[\s)]*(?:with|without|in the (?:presence|absence)(?: or absence)? of)\b", re.I)
_OF_IDLE = re.compile(
    r"\s(?:of|without)\s(?:serum\s|food\s|overnight\s)?(?:fasting|starvation|serum|food|rest|recovery)\b"
)
_REACH = 110  # letters between a verb and its time


def role_of(text: str, start: int, end: int) -> str:
    """Say what the time at a range of a sentence is of: "given", "before" or "seen".

    Example:
        >>> text = "Rats were fasted for 24 h, given leptin, and killed 45 min later."
        >>> role_of(text, 17, 25), role_of(text, 55, 64)
        ('before', 'seen')
    """
    if _OF_IDLE.match(text, end):
        return "before"
    low = max(0, start - _REACH)
    cuts = [m.end() for m in _CLAUSE.finditer(text, low, start)]
    verbs = list(_VERB.finditer(text, cuts[-1] if cuts else low, start))
    last = verbs[-1] if verbs else None
    if last is not None and _HAD.search(text, low, last.start()):
        return "before"
    if last is None or last["given"] or (last["seen"] and text.startswith(" of ", end)):
        return "given"  # "lysates taken after 10 min of A"
    if last["seen"]:
        return "seen"
    if last["idle"]:
        return "before"
    inside = _WITH.search(text, last.end(), start) or _WITH_NEXT.match(text, end)
    return "given" if inside else "before"
