"""Other names that a sentence gives a molecule: "A (also known as B)", "A was formerly called B", "A, encoded by B",
"aliases of A include B and C", "B is the trade name of A".

Rule ids: `identifier.alias`, `identifier.brand`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...draft import Draft
from ...names.keys import key_of
from ...names.mention import Mention
from ...things import Thing, things_of
from ...unit import Unit
from ...vocabulary import drug, names
from ...words.inflection import forms

_WHEN = (
    r"(?:also|formerly|previously|originally|initially|first|sometimes|officially|now|variously|alternatively|once|today|"
    r"otherwise|better|commonly)"
)
_NAMED = r"(?:known|referred to|designated|called|named|termed|dubbed|annotated|described|identified|listed)"
_CALLED = re.compile(
    rf"\b(?:{_WHEN} (?:been )?{_NAMED}(?: in [A-Za-z]+)?(?: as| under the name)?|formerly|previously|a\.?k\.?a\.?|"
    rf"alias(?:es)?:?|synonymous with|(?:is|are) (?:called|named|termed|known as|identical (?:to|with)|the same as)|"
    rf"(?<=, )or|(?<=, )also|(?<=\()\s?also)\s(?=(?P<names>[^().;:]{{2,120}}))",
    re.I,
)
_ENCODED = re.compile(
    r"\b(?:encoded by|the (?:protein )?product of)(?: the)?(?: human)?(?: gene)?\s"
    r"(?P<names>[A-Z][A-Za-z0-9-]{1,11})\b(?!-)",
)
_LISTED = re.compile(
    r"\b(?:aliases|synonyms|other names|alternative names|alternate names|former names) (?:of|for) (?:the )?"
    r"(?P<whom>[^,;:]{2,40}?) (?:include|are|comprise)\s(?P<names>[^().;:]{2,120})|"
    r"(?:goes|known) (?:by|under) (?:[a-z]+ ){0,3}names?,? (?:among them|including|such as|for example|like)\s"
    r"(?P<more>[^().;:]{2,120})",
    re.I,
)
_SYMBOL = re.compile(
    r"\b(?:official |approved |gene |HGNC |former |old |previous |original )+(?:symbol|name) (?:of|for) "
    r"(?:the )?(?P<whom>[^,;:]{2,40}?) is\s(?P<names>[\w-]{2,20})",
    re.I,
)
_TRADE = re.compile(
    r"(?P<names>[A-Z][A-Za-z-]{3,20})[®™]? is (?:the|a) (?:trade|brand|proprietary) name "
    r"(?:of|for) (?P<whom>[^,;:.]{2,40})"
)
_NAME = re.compile(r"[A-Za-z0-9][\w/‑-]*(?: [\w/‑-]+){0,5}$")
_NO_NAME = re.compile(
    r"(?:considered|thought|believed|regarded|shown|reported|used)\b|(?:is|was|are|were|which|that|to|in|by|with|"
    r"of|from|on|at|as|it|not|has|have|"
    r"an?|binds|its|the|for|because)\b|"
    r".*\b(?:is|was|are|were|which|has|have|binds|acts|encodes|can|may)\b",
    re.I,
)


def aliases(unit: Unit) -> Iterator[Draft]:
    """Read the other names of molecules."""
    seen: set[tuple[str, str]] = set()
    for owner, name in _named(unit):
        if (owner.text, name) in seen or name.lower() == owner.text.lower():
            continue
        seen.add((owner.text, name))
        key = key_of(name)
        medicine = next((n.curie for n in names(key) if n.category == "drug" and n.curie), None)
        brand = medicine or (drug(key) or (None,))[0] if owner.category == "drug" else None
        yield Draft(things_of(owner), "has_identifier", Thing(name, brand), "identifier.alias")


def _named(unit: Unit) -> Iterator[tuple[Mention, str]]:
    whole = _SHORT.sub(lambda m: " " * len(m[0]), unit.whole)
    for match in _CALLED.finditer(whole):
        owner = _owner(unit, unit.start + match.start(), 60)
        apposed = match[0].lower().startswith(("or ", "also ", "(also"))
        text = match["names"]
        if apposed and not re.match(r"also (?:known|called|referred|named|termed|designated)", match[0], re.I):
            text = text.split(",")[0] if match[0][:1] not in ("(",) and not _in_brackets(unit, match) else text
            after = whole[match.start("names") + len(text) :][:1]
            opens = owner is not None and owner.start - unit.start < 3 and owner.category != "drug"
            apart = match[0].lower().startswith("or ") and not opens
            if after not in (",", ")") or len(text.split()) > 4 or apart:
                continue
        yield from ((owner, name) for name in _names(text) if owner is not None)
    for match in _ENCODED.finditer(unit.whole):
        owner = _owner(unit, unit.start + match.start(), 40, True)
        if owner is not None and owner.category != "drug":
            yield owner, match["names"]
    for pattern in (_LISTED, _SYMBOL, _TRADE):
        for match in pattern.finditer(unit.whole):
            found = match.groupdict()
            owner = _whose(unit, match) if found.get("whom") else _owner(unit, unit.start + match.start(), 40)
            text = found.get("names") or found.get("more") or ""
            yield from ((owner, name) for name in _names(text) if owner is not None)


def _in_brackets(unit: Unit, match: re.Match[str]) -> bool:
    return unit.whole[: match.start()].rstrip().endswith("(")


_SHORT = re.compile(r" \([A-Z][\w-]{1,10}\)")  # an abbreviation within a list of names


def _owner(unit: Unit, at: int, reach: int, nearest: bool = False) -> Mention | None:
    """The molecule named last before a place, or (unless the nearest is asked for) that its sentence opens with."""
    before = [m for m in unit.mentions if unit.start <= m.start and m.end <= at and m.is_molecule]
    if not before and not nearest and unit.words and at - unit.words[0].start < 40:
        pointed = unit.words[0].mention  # "It was formerly known as B": what "it" stands for
        return pointed if pointed is not None and pointed.is_molecule else None
    if not before or at - before[-1].end > reach:
        return None
    first = before[0]
    between = unit.passage.text[first.end : at]
    if not nearest and "(" in between and ";" not in between.split("(")[0]:
        return first
    return next((b for b in before if b.curie and b.curie == before[-1].curie), before[-1])


def _whose(unit: Unit, match: re.Match[str]) -> Mention | None:
    low, high = unit.start + match.start("whom"), unit.start + match.end("whom")
    return next((m for m in unit.mentions if low <= m.start and m.end <= high and m.is_molecule), None)


def _names(text: str) -> Iterator[str]:
    """The names of a list, up to where it is one no more."""
    for part in re.split(r",\s*(?:and |or )?|\s(?:and|or)\s", text):
        name = re.sub(r"^(?:the|as|simply|just)\s", "", part.strip())
        if not _NAME.match(name) or _NO_NAME.match(name):
            return
        first = name.split()[0]
        if " " in name and first.islower() and forms().get(first, ("", ""))[1] in ("s", "ed"):
            return  # "A, also termed B, recruits C": the sentence goes on
        yield name
