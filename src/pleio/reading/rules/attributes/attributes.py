"""Attributes: lengths, masses, half-lives and other properties with numbers; structure.

Rule ids: `property.length`, `property.number`, `property.structure`, `property.kinetics`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...actors.actors import actors
from ...draft import Draft
from ...things import Thing, things_of
from ...unit import Unit
from .identifiers import identifiers
from .kinetics import is_of_time, is_paired, pharmacokinetics
from .measured import measured

_LENGTH = re.compile(r"(\d{2,5})[\s-](?:amino[\s-]acids?|residues?|aa)\b", re.I)
_NUMBER = re.compile(
    r"\b(?P<what>(?:(?:plasma|serum|terminal|elimination|biological|circulating|mean|median)\s)*half-?li(?:fe|ves)|bioavailability|"
    r"(?:(?:renal|total|systemic|plasma|apparent)\s)*clearance|protein binding|"
    r"volume of distribution|C ?max|T ?max|AUC|(?:molecular |relative |predicted |calculated )+(?:weight|mass)|K[dDi]|"
    r"dissociation constant|affinity|IC50|EC50|isoelectric point|MW|"
    r"(?:peak|steady-state|trough|maximum|maximal) (?:plasma |serum )?"
    r"(?:concentrations?|levels?)|time to (?:peak|maximum) (?:plasma |serum )?concentration)\b"
    r"(?P<gap>[^.;:()]{0,40}?|[^.;:()\d]{0,90}?)(?P<value>(?:about|approximately|around|~|≈|roughly)?\s?\d[\d.,]*(?:\s?(?:[-–]|to|±)\s?\d[\d.,]*)?\s?"
    r"(?:%(?!\w)|(?:hours?|h|min(?:utes)?|days?|weeks?|months?|lit(?:er|re)s?(?:/(?:day|hour))?|kDa|Da|(?:kilo)?daltons?|[pnµμm]M|(?:[mµμnp]|mc)?g/m?[lL]|m?IU/m?[lL]|"
    r"[mµμnp]?g[ ·*]?h/m?[lL]|[mµμ]?[lL]/(?:h|min|day|d)(?:/kg)?|[mµμ]?[lL]/kg(?:/(?:h|min|day))?|"
    r"[mµμ]?[lL] per (?:hour|minute|day|kg)|L)\b))",
    re.I,
)
_WHAT = re.compile(
    r"\b(?:half-?life|bioavailability|clearance|volume of distribution|C ?max|T ?max|AUC|molecular (?:weight|mass)|"
    r"protein binding|affinity|K[dDi]|IC50|EC50|isoelectric point|length)\b",
    re.I,
)
_CHROMOSOME = re.compile(
    r"\b(?:chromosome\s|(?:maps|mapped|located|localized|assigned|locus|lies)[^.;]{0,30}?\b)(\d{1,2}|X|Y)([pq]\d[\d.]*)?",
    re.I,
)


_MASS = re.compile(
    r"\b(?:of|is|has|at|has a mass of|weigh(?:s|ing)|migrates at)\s"
    r"(?P<value>(?:about|approximately|around|roughly|~|≈)?\s?"
    r"\d[\d.,]*(?:\s?(?:[-–]|to)\s?\d[\d.,]*)?[\s-]?(?:kDa|kilodaltons?))\b|"
    r"\b(?P<before>\d[\d.,]*(?:[-–]\d+)?[\s-]kDa)\s(?:\w+\s)?(?:protein|glycoprotein|polypeptide|homodimer|heterodimer|cytokine|"
    r"hormone|kinase|receptor|monomer|enzyme)",
    re.I,
)
_COUNTED = re.compile(
    r"\b(?P<n>one|two|three|four|five|six|seven|eight|nine|ten|twelve|\d{1,3}|a single|several)\s"
    r"(?P<what>(?:[\w-]+\s){0,2}?(?:disulfide (?:bonds|bridges)|(?:[NO]-)?(?:linked )?glycosylation sites?|cysteines?|"
    r"cysteine residues|exons|introns|"
    r"(?:transmembrane|alpha|beta|α|β)?[- ]?(?:domains?|helices|segments|strands|repeats)|"
    r"isoforms|splice variants|subunits|chains|phosphorylation sites))\b",
    re.I,
)
_SHARE = re.compile(
    r"\b(?P<value>(?:about |approximately |some )?\d[\d.]*(?:\s?[-–]\s?\d+)?\s?%) of (?:its|the|their) "
    r"(?P<what>mass|weight|sequence|molecule)\b (?:is|are|consists? of) (?P<of>[a-z][\w -]{2,30})",
    re.I,
)
_HOLDS = re.compile(
    r"\b(?:gene of|has|have|contains?|with|comprises?|consists? of|possess(?:es)?|includes?|encodes?)\b", re.I
)


def _counts(unit: Unit) -> Iterator[Draft]:
    """ "It has two disulfide bonds and four glycosylation sites", "a homodimer of about 45 kDa"."""
    whom = _subject_of(unit)
    for match in _MASS.finditer(unit.text):
        value = match["value"] or match["before"]
        if not re.search(r"molecular|mass", unit.text[max(0, match.start() - 40) : match.start()], re.I):
            for subject in whom or _owner(unit, match.start()):
                yield Draft(subject, "has_property", Thing(f"molecular mass {value.strip()}"), "property.number")
    for match in _COUNTED.finditer(unit.text):
        if _HOLDS.search(unit.text[max(0, match.start() - 80) : match.start()]):
            for subject in whom or _owner(unit, match.start()):
                yield Draft(subject, "has_property", Thing(f"{match['n']} {match['what']}"), "property.count")
    for match in _SHARE.finditer(unit.text):
        for subject in unit.referent:
            name = f"{match['of'].strip()} {match['value']} of {match['what']}"
            yield Draft(subject, "has_property", Thing(name), "property.count")


def _subject_of(unit: Unit) -> list[Thing]:
    """The molecule that is the subject of the sentence's first verb, where it is one that names itself."""
    for frame in (unit.parsed.frames or unit.clauses.frames)[:1]:
        found = [t for t in actors(unit, frame.subjects) if t.is_molecule and not t.loss]
        if len(found) == 1:
            return found
    return []


def attributes(unit: Unit) -> Iterator[Draft]:
    """Read the attributes that a sentence states."""
    yield from identifiers(unit)
    yield from _lengths(unit)
    if unit.mode == "pk" and unit.bullet and unit.label:
        for subject in unit.subject:
            for value in _parts(unit.text.strip().rstrip(".")):
                text = value if _says_it(unit.label, value) else f"{unit.label} {value}"
                yield Draft(
                    subject,
                    "has_property",
                    Thing(re.sub(r"\s+in [a-z ]+$", "", text) if re.search(r"\d", text) else text),
                    "property.kinetics",
                )
        return
    if unit.label and _WHAT.search(unit.label) and re.search(r"\d", unit.text[:40]):
        value = re.split(r"\s(?:in|after|following|when)\s|[;.]\s|\.$", unit.text.strip(), maxsplit=1)[0]
        for subject in unit.subject:
            yield Draft(subject, "has_property", Thing(f"{unit.label} {value}"), "property.kinetics")
        return
    yield from pharmacokinetics(unit, _owner)
    for match in _NUMBER.finditer(unit.text):
        if _is_change(unit.text, match) or is_paired(unit.text, match.start()) or is_of_time(match):
            continue
        for subject in _of_whom(unit, match) or _owner(unit, match.start()):
            for value in (match["value"], *_more_values(unit.text, match.end())):
                name = " ".join((match["what"], *value.split()))
                yield Draft(subject, "has_property", Thing(name), "property.number")
    yield from _shares(unit)
    yield from measured(unit, _owner)
    counted = list(_counts(unit))
    yield from counted
    if not (counted and unit.bullet):
        yield from _structure(unit)


_FURTHER = re.compile(
    r"\sfor\s[\w/ -]{1,20}?,?\s(?:and|or)\s(?P<value>(?:up to |about )?\d[\d.,]*\s?(?:[pnµμm]M|h|hours?|days?|min)\s"
    r"for\s[\w/ -]{1,12})"
)


def _more_values(text: str, at: int) -> Iterator[str]:
    """ "3.3 nM for A and 2.8 nM for B", "11 days for 4 mg/kg and 13 days for 8 mg/kg": the second."""
    match = _FURTHER.match(text, at)
    if match:
        yield match["value"]


_BOUND = re.compile(
    r"\b(?P<share>\d[\d.]*\s?%)[^.;\d]{0,40}?\bbound to (?P<to>(?:plasma |serum |human )?(?:proteins?|albumin))", re.I
)
_ALIKE = re.compile(
    r"\b(?P<share>\d[\d.]*\s?%) (?P<what>(?:(?:amino[- ]acid|sequence|overall|nucleotide) )*(?:identity|homology|"
    r"similarity|identical|homologous))\b(?P<to> (?:with|to) [\w-]+)?",
    re.I,
)


def _shares(unit: Unit) -> Iterator[Draft]:
    """ "97% bound to albumin", "25% sequence identity with B"."""
    for match in _BOUND.finditer(unit.text):
        inside = [
            m for m in unit.mentions if match.start() <= m.start - unit.body < match.start("to") and m.is_molecule
        ]
        for subject in [things_of(m) for m in inside] or _subject_of(unit) or _owner(unit, match.start()):
            name = f"{match['share']} bound to {match['to']}"
            yield Draft(subject, "has_property", Thing(name), "property.number")
    for match in _ALIKE.finditer(unit.text):
        for subject in _subject_of(unit) or _owner(unit, match.start()):
            name = f"{match['share']} {match['what']}{match['to'] or ''}"
            yield Draft(subject, "has_property", Thing(name), "property.number")


_CHANGING = re.compile(
    r"\b(?:rais|increas|lower|reduc|decreas|prolong|shorten|doubl|halv|cut|rose|rising|fell|dropp|extend|elevat)\w*\b",
    re.I,
)


def _is_change(text: str, match: re.Match[str]) -> bool:
    """ "A raised the AUC of B by 91%", "the AUC rose by 27%": what A does to it, not how large it is."""
    low = max(text.rfind(";", 0, match.start()), text.rfind(". ", 0, match.start()), match.start() - 90, 0)
    near = text[low : match.start("value")]
    by = re.search(r"\b(?:by|from)\s*(?:about |approximately )?$", near) is not None
    return by and _CHANGING.search(near) is not None


def _parts(text: str) -> list[str]:
    """The properties of one bullet: "about 72 L; bound to albumin to 97%" are two; what changes one is none."""
    parts = [part.strip() for part in re.split(r";\s|\.\s(?=[A-Z])", text) if part.strip()]
    if len(parts) == 1 and not _CHANGING.search(parts[0]):
        return parts
    return [part for part in parts if re.search(r"\d|CYP", part) and not _CHANGING.search(part)]


def _says_it(label: str, value: str) -> bool:
    words = set(re.findall(r"[a-z]{5,}", label.lower()))
    return any(w[:8] in value.lower() for w in words)


def _of_whom(unit: Unit, match: re.Match[str]) -> list[Thing]:
    """ "the half-life of A in plasma is …": A."""
    gap = re.match(r"\s(?:(?:values?|constants?|concentrations?) )?(?:of|for)\s(?:the\s)?", match["gap"])
    if gap is None:
        return []
    at = unit.body + match.start("gap") + gap.end()
    found = next((m for m in unit.mentions if at <= m.start <= at + 12 and m.is_molecule), None)
    return [Thing(found.text, found.curie or None, None, "molecule", mention=found)] if found else []


def _owner(unit: Unit, at: int) -> list[Thing]:
    whom = _subject_of(unit)
    if whom and not re.search(r"[;:]|, (?:and|while|whereas) ", unit.text[:at]):
        return whom
    before = [m for m in unit.mentions if unit.body <= m.start and m.end <= unit.body + at and m.is_molecule]
    if before:
        m = before[0] if before[-1].category == "family" else before[-1]
        return [Thing(m.text, m.curie or None, None, "molecule", mention=m)]
    return unit.referent or unit.subject


_CHAINS = (
    (re.compile(r"signal (?:peptide|sequence)|leader", re.I), "signal peptide"),
    (re.compile(r"\bmature\b", re.I), "mature length"),
    (re.compile(r"precursor|pre-?pro|full-length|encod", re.I), "precursor length"),
)
_WHOLE = re.compile(
    r"\b(?:protein|polypeptide|composed|consists?|comprises?|long|contains?|has|glycoprotein|cytokine|hormone|peptide)\b",
    re.I,
)


def _lengths(unit: Unit) -> Iterator[Draft]:
    for match in _LENGTH.finditer(unit.text):
        around = unit.text[max(0, match.start() - 50) : match.end() + 40]
        said = re.match(r"\s*\(([^()]{3,30})\)", unit.text[match.end() :])
        what = next((name for pattern, name in _CHAINS if pattern.search(said[1] if said else around)), "length")
        stated = re.search(r"\bof (?:about )?$", unit.text[max(0, match.start() - 10) : match.start()])
        stated = stated or re.search(r"\bwith (?:only |just )?$", unit.text[max(0, match.start() - 12) : match.start()])
        if what == "length" and not stated and not _WHOLE.search(unit.text):
            continue
        for subject in _owner(unit, match.start()):
            yield Draft(subject, "has_property", Thing(f"{what} {match[1]} amino acids"), "property.length")
    place = _CHROMOSOME.search(unit.text)
    if place and place[2]:
        for subject in _owner(unit, place.start()):
            yield Draft(
                subject,
                "has_property",
                Thing(f"chromosomal location {place[1]}{place[2].rstrip(chr(46))}"),
                "property.number",
            )


_FOLD = re.compile(
    r"\b(?:adopts?|folds? into|has|have|forms?|shows?|contains?|possesses?|shares?)\s+(?:a|an|the)\s+"
    r"((?:characteristic |typical |classical |conserved )?[\w-]+(?:\s[\w-]+){0,4}?\s"
    r"(?:fold|bundle|bundle fold|topology|architecture))\b",
    re.I,
)
_SITES = re.compile(
    r"\b((?:receptor-)?binding sites?|active site|glycosylation sites?|disulfide bonds?)\b.{0,40}?\b(?:located|"
    r"lie|lies|found|mapped|reside)\b.{0,20}?\b(?:on|in|to|at)\b\s(?:the\s)?([^,.;]{4,60})",
    re.I,
)


def _structure(unit: Unit) -> Iterator[Draft]:
    for match in _FOLD.finditer(unit.text):
        for subject in unit.referent or unit.subject:
            yield Draft(
                subject,
                "has_property",
                Thing(re.sub(r"^(?:characteristic|typical|classical|conserved) ", "", match[1])),
                "property.structure",
            )
    for match in _SITES.finditer(unit.text):
        for subject in unit.subject:
            yield Draft(subject, "has_property", Thing(f"{match[1]} on {match[2]}"), "property.structure")
    verbless = not any(f.verbs.finite for f in unit.clauses.frames)
    if unit.mode == "structure" and unit.bullet and verbless and not _LENGTH.search(unit.text):
        for subject in unit.subject:
            yield Draft(subject, "has_property", Thing(unit.text.strip().rstrip(".")), "property.structure")
    shared = re.match(r"[^,;]*,?\s*(shared (?:across|by|among) (?:the )?[^,;(]+)", unit.text)
    if shared and unit.bullet:
        for subject in unit.subject:
            yield Draft(subject, "has_property", Thing(shared[1].strip()), "property.structure")
