"""Attributes: lengths, masses, half-lives and other properties with numbers; identifiers; brand names; structure.

Rule ids: `property.length`, `property.number`, `property.structure`, `property.kinetics`, `identifier.inline`,
`identifier.brand`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..draft import Draft
from ..names import key_of
from ..things import Thing
from ..unit import Unit
from ..vocabulary import drug, names

_LENGTH = re.compile(r"(\d{2,5})[\s-](?:amino[\s-]acids?|residues?|aa)\b", re.I)
_NUMBER = re.compile(
    r"\b(?P<what>(?:(?:plasma|serum|terminal|elimination|mean|median)\s)*half-?life|bioavailability|clearance|"
    r"volume of distribution|C ?max|T ?max|AUC|molecular (?:weight|mass)|K[dD]|"
    r"dissociation constant|affinity|IC50|EC50|isoelectric point)\b"
    r"(?P<gap>[^.;:()]{0,40}?|[^.;:()\d]{0,90}?)(?P<value>(?:about|approximately|around|~|≈|roughly)?\s?\d[\d.,]*(?:\s?(?:[-–]|to|±)\s?\d[\d.,]*)?\s?"
    r"(?:%(?!\w)|(?:hours?|h|min(?:utes)?|days?|kDa|Da|[pnµμm]M|[mµμnp]?g/m?[lL]|[mµμ]?[lL]/(?:h|min|day|"
    r"d)(?:/kg)?|[mµμ]?[lL]/kg|L)\b))",
    re.I,
)
_GENE_ID = re.compile(
    r"\b(?:NCBI\s+Gene(?:\s+ID)?|Entrez(?:\s+Gene)?(?:\s+ID)?|gene\s+ID|GeneID)\s*[:#=]?\s*(\d{1,9})\b", re.I
)
_OTHER_ID = (
    (re.compile(r"\bUniProt(?:KB)?(?:\s+(?:ID|accession))?\s*[:#=]?\s*([A-Z]\d[A-Z0-9]{3}\d)\b"), "uniprot"),
    (re.compile(r"\bO?MIM\s*[:#*]?\s*(\d{6})\b"), "omim"),
    (re.compile(r"\bHGNC:\s?(\d{1,5})\b"), "hgnc"),
)
_BRAND = re.compile(
    r"\b(?:marketed|sold|available|trade ?named?|branded?|brand name)\s+(?:under the (?:brand |trade )?name|as|in "
    r"the US as)?\s*([A-Z][A-Za-z-]{3,})"
)
_CHROMOSOME = re.compile(r"\bchromosome\s(\d{1,2}|X|Y)([pq][\d.]+)?", re.I)


def attributes(unit: Unit) -> Iterator[Draft]:
    """Read the attributes that a sentence states."""
    yield from _identifiers(unit)
    yield from _lengths(unit)
    if unit.mode == "pk" and unit.bullet and unit.label:
        for subject in unit.subject:
            value = unit.text.strip().rstrip(".")
            text = value if _says_it(unit.label, value) else f"{unit.label} {value}"
            yield Draft(
                subject,
                "has_property",
                Thing(re.sub(r"\s+in [a-z ]+$", "", text) if re.search(r"\d", text) else text),
                "property.kinetics",
            )
        return
    for match in _NUMBER.finditer(unit.text):
        for subject in _of_whom(unit, match) or _owner(unit, match.start()):
            value = re.sub(r"\s+", " ", match["value"]).strip()
            yield Draft(subject, "has_property", Thing(f"{match['what']} {value}"), "property.number")
    yield from _structure(unit)


def _says_it(label: str, value: str) -> bool:
    words = set(re.findall(r"[a-z]{5,}", label.lower()))
    return any(w[:8] in value.lower() for w in words)


def _of_whom(unit: Unit, match: re.Match[str]) -> list[Thing]:
    """ "the half-life of A in plasma is …": A."""
    gap = re.match(r"\s(?:of|for)\s(?:the\s)?", match["gap"])
    if gap is None:
        return []
    at = unit.body + match.start("gap") + gap.end()
    found = next((m for m in unit.mentions if at <= m.start <= at + 12 and m.is_molecule), None)
    return [Thing(found.text, found.curie or None, None, "molecule", mention=found)] if found else []


def _owner(unit: Unit, at: int) -> list[Thing]:
    before = [m for m in unit.mentions if unit.body <= m.start and m.end <= unit.body + at and m.is_molecule]
    if before:
        m = before[0] if before[-1].category == "family" else before[-1]
        return [Thing(m.text, m.curie or None, None, "molecule", mention=m)]
    return unit.referent or unit.subject


def _identifiers(unit: Unit) -> Iterator[Draft]:
    patterns = [(_GENE_ID, "ncbigene"), *_OTHER_ID]
    for pattern, prefix in patterns:
        for match in pattern.finditer(unit.whole):
            at = unit.start + match.start()
            before = [m for m in unit.mentions if unit.start <= m.start and m.end <= at and m.category == "gene"]
            if before:
                first = next((m for m in before if m.curie == before[-1].curie), before[-1])
                curie = f"{prefix}:{match[1]}"
                yield Draft(
                    Thing(first.text, first.curie or None, None, "molecule"),
                    "has_identifier",
                    Thing(curie, curie),
                    "identifier.inline",
                )
    for match in _BRAND.finditer(unit.whole):
        at = unit.start + match.start()
        before = [m for m in unit.mentions if m.end <= at and m.is_molecule]
        if before:
            key = key_of(match[1])
            found = (
                next((n.curie for n in names(key) if n.category == "drug" and n.curie), None)
                or (drug(key) or (None,))[0]
            )
            m = before[-1]
            yield Draft(
                Thing(m.text, m.curie or None, None, "molecule"),
                "has_identifier",
                Thing(match[1], found),
                "identifier.brand",
            )


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
        what = next((name for pattern, name in _CHAINS if pattern.search(around)), "length")
        if what == "length" and not _WHOLE.search(unit.text):
            continue
        for subject in _owner(unit, match.start()):
            yield Draft(subject, "has_property", Thing(f"{what} {match[1]} amino acids"), "property.length")
    place = _CHROMOSOME.search(unit.text)
    if place and place[2]:
        for subject in _owner(unit, place.start()):
            yield Draft(subject, "has_property", Thing(f"chromosome {place[1]}{place[2]}"), "property.number")


_FOLD = re.compile(
    r"\b(?:adopts?|has|have|forms?|shows?|contains?|possesses?|shares?)\s+(?:a|an|the)\s+((?:characteristic |"
    r"typical |classical |conserved )?[\w-]+(?:\s[\w-]+){0,4}?\s(?:fold|bundle|bundle fold|domain|motif|topology|"
    r"architecture))\b",
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
