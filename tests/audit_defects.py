"""Defects of every kind, planted at random into a page without any; each says where it is and what may come with it.

`plant(kind, text, gene, rng)` gives the page with one defect, or None where the page has no place for that kind.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from pleio.reading.names.keys import key_of
from pleio.reading.vocabulary import Gene, drug, genes_named, retracted


@dataclass(frozen=True)
class Planted:
    """A page with a defect: its kind, where it is (any of the spans), and what else it makes wrong."""

    kind: str
    text: str
    spans: tuple[tuple[int, int], ...]
    what: str
    brings: tuple[str, ...] = ()


FAMILIES = {
    "wrong_": "identifier", "foreign_alias": "alias", "drug_as_alias": "alias", "duplicated_": "duplicate",
    "citation_without_reference": "citation", "unparsable_citation": "citation",
}  # fmt: skip
Plan = Callable[[str, Gene, random.Random], Planted | None]
PLANS: dict[str, Plan] = {}
SYMBOLS = (
    "IL6 LIF OSM CNTF TNF EPO CSF3 IL10 LEP GFAP CRP IL1B FGF21 CCL2 THPO IL13 KIT FLT3 GH1 PRL IFNG IL2 CSF2 CXCL8 "
    "TGFB1 BMP4 NOG SHH WNT5A NGF BDNF AXL MET EGF HGF"
).split()
DRUGS = (
    "filgrastim tocilizumab metformin infliximab etanercept dexamethasone anakinra secukinumab romiplostim imatinib"
).split()
_KEY = re.compile(r"\[@(\w+)\]")
_OPPOSITE = {
    "increases": "decreases", "decreases": "increases", "increased": "decreased", "decreased": "increased",
    "raised": "lowered", "lowered": "raised", "raises": "lowers", "promotes": "inhibits", "inhibits": "promotes",
    "reduced": "increased", "improves": "worsens", "worsens": "improves", "elevated": "reduced",
}  # fmt: skip


def family(kind: str) -> str:
    """Give the family of a kind: kinds of one family count as each other."""
    return next((name for prefix, name in FAMILIES.items() if kind.startswith(prefix)), kind)


def plant(kind: str, text: str, gene: Gene, rng: random.Random) -> Planted | None:
    """Plant one defect of a kind."""
    return PLANS[kind](text, gene, rng)


def _plan(kind: str) -> Callable[[Plan], Plan]:
    def keep(plan: Plan) -> Plan:
        PLANS[kind] = plan
        return plan

    return keep


@cache
def _others() -> tuple[Gene, ...]:
    return tuple(genes_named(symbol.lower())[0] for symbol in SYMBOLS)


def _put(text: str, start: int, end: int, new: str) -> tuple[str, tuple[int, int]]:
    return text[:start] + new + text[end:], (start, start + len(new))


def _identifier(kind: str, of: Callable[[Gene], str], form: Callable[[str], str] = re.escape) -> None:
    @_plan(kind)
    def plan(text: str, gene: Gene, rng: random.Random) -> Planted | None:
        right = of(gene)
        places = list(re.finditer(rf"(?<![\w.]){form(right)}(?![\w.]*\w)", text))
        lines = sorted({text.count("\n", 0, match.start()) for match in places})
        if not lines:
            return None
        line = rng.choice(lines)  # a writer who errs, errs in the whole line: in the label and in its link
        here = [match for match in places if text.count("\n", 0, match.start()) == line]
        other = rng.choice([each for each in _others() if each.hgnc != gene.hgnc and of(each)])
        wrong, spans, made, at = of(other), [], "", 0
        for match in here:
            made += text[at : match.start()]
            spans.append((len(made), len(made) + len(wrong)))
            made, at = made + wrong, match.end()
        return Planted(kind, made + text[at:], tuple(spans), f"{right} → {wrong} ({other.symbol})")


_identifier("wrong_ncbi", lambda gene: gene.ncbi)
_identifier("wrong_uniprot", lambda gene: gene.uniprot[0] if gene.uniprot else "")
_identifier("wrong_omim", lambda gene: gene.omim[0] if gene.omim else "")
_identifier("wrong_hgnc", lambda gene: f"HGNC:{gene.hgnc}")
_identifier("wrong_ensembl", lambda gene: gene.ensembl)


@_plan("wrong_partner_id")
def _partner(text: str, gene: Gene, rng: random.Random) -> Planted | None:
    places = list(re.finditer(r"\((?:gene ID|NCBI Gene) (\d+)\)", text))
    if not places:
        return None
    match = rng.choice(places)
    other = rng.choice([each for each in _others() if each.ncbi != match[1]])
    made, span = _put(text, match.start(1), match.end(1), other.ncbi)
    return Planted("wrong_ncbi", made, (span,), f"{match[1]} → {other.ncbi}")


def _alias(text: str, name: str, rng: random.Random) -> tuple[str, tuple[int, int]] | None:
    cell = re.search(
        r"(?:Aliases</td>\n<td>|Synonyms \| |Other names</th><td>|Synonyms\t|Aliases:\*\* )([^<|\n]+?)(?= \||<|\n)",
        text,
    )
    if cell is None:
        return None
    at = rng.choice([cell.start(1), cell.end(1)])
    joined = f"{name}, " if at == cell.start(1) else f", {name}"
    start = at + joined.index(name)
    return text[:at] + joined + text[at:], (start, start + len(name))


@_plan("foreign_alias")
def _foreign(text: str, gene: Gene, rng: random.Random) -> Planted | None:
    other = rng.choice([each for each in _others() if each.hgnc != gene.hgnc])
    names = [other.symbol, *(name for name in other.names if name.isupper() and 2 < len(name) < 9)]
    names = [name for name in names if key_of(name) not in gene.keys and not drug(key_of(name))]
    name = rng.choice(names)
    made = _alias(text, name, rng)
    return made and Planted("foreign_alias", made[0], (made[1],), f"{name} of {other.symbol}")


@_plan("drug_as_alias")
def _drug(text: str, gene: Gene, rng: random.Random) -> Planted | None:
    name = rng.choice(DRUGS)
    made = _alias(text, name, rng)
    return made and Planted("drug_as_alias", made[0], (made[1],), name)


@_plan("length_arithmetic")
def _length(text: str, gene: Gene, rng: random.Random) -> Planted | None:
    places = list(re.finditer(r"(?<![\d.])(\d{2,3})(?=[- ](?:amino acids?|residues?)\b)", text))
    if len(places) < 3:
        return None
    spans = tuple(match.span() for match in places)
    match = rng.choice(places)
    wrong = int(match[1]) + rng.choice([-1, 1, -10, 10, -13, 21, 100])
    made, span = _put(text, *match.span(1), str(max(wrong, 2)))
    moved = len(made) - len(text)
    all_spans = tuple((a + moved * (a > span[0]), b + moved * (a >= span[0])) for a, b in spans)
    return Planted("length_arithmetic", made, all_spans, f"{match[1]} → {wrong}")


@_plan("citation_without_reference")
def _missing(text: str, gene: Gene, rng: random.Random) -> Planted | None:
    body = re.split(r"\n(?:## |<h2[^>]*>)?(?:References|Bibliography|Sources)", text)[0]
    marks = list(_KEY.finditer(body))
    if marks:
        match = rng.choice(marks)
        key = rng.choice(
            ["lindqvist2006", "duval2009", "okafor2015b", match[1][:-1] + str((int(match[1][-1]) + 1) % 10)]
        )
        if f"@{key}]" in text:
            return None
        new = rng.choice([f"[@{key}]", f"[@{match[1]}; @{key}]", f"{match[0]}[@{key}]"])
        made, span = _put(text, *match.span(), new)
        return Planted("citation_without_reference", made, (span,), new, ("reference_never_cited",))
    numbers = list(re.finditer(r"\[\d(?:, \d)*\](?!</a>)", body))
    if not numbers:
        return None
    match = rng.choice(numbers)
    new = f"[{rng.choice([7, 9, 12])}]"
    made, span = _put(text, *match.span(), new)
    return Planted("citation_without_reference", made, (span,), new)


@_plan("unparsable_citation")
def _malformed(text: str, gene: Gene, rng: random.Random) -> Planted | None:
    body = re.split(r"\n(?:## |<h2[^>]*>)?(?:References|Bibliography|Sources)", text)[0]
    marks = list(_KEY.finditer(body))
    if not marks:
        return None
    match = rng.choice(marks)
    form = rng.choice(
        ["[{}@]", '["@{}"]', "[@{}", "@{}]", "(@{})", "[ @{} ]", "[@ {}]", "[@@{}]", "[{}]", "{{@{}}}", "[[@{}]]",
         "[@{})", "[@{}]]", "[[@{}]", "(@{}]", "[@{}}}", "['@{}']", "[“@{}”]", "[@{},]", "[@{};]", "[\\@{}]", "[@{} ]",
         "[@{}.]"]
    )  # fmt: skip
    new = form.format(match[1])
    made, span = _put(text, *match.span(), new)
    return Planted("unparsable_citation", made, (span,), new)


@_plan("duplicated_infobox")
def _infobox(text: str, gene: Gene, rng: random.Random) -> Planted | None:
    found = re.search(r"<table class=\"infobox.*?</table>|(?:^\|.*\n)+", text, re.S | re.M)
    if found is None:
        return None
    box = found[0]
    lines = box.rstrip("\n").split("\n")
    if box.startswith("<table") and rng.random() < 0.5:
        box = "\n".join(lines[: rng.randrange(len(lines) // 2, len(lines) - 2)])  # broken off
        new, first = text[: found.start()] + box + "\n\n" + text[found.start() :], found.start()
    else:
        first = found.end()
        new = text[: found.end()] + "\n" + box + "\n" + text[found.end() :]
    moved = len(new) - len(text)
    spans = (found.span(), (first, first + moved), (found.start() + moved, found.end() + moved))
    return Planted("duplicated_infobox", new, spans, f"{len(box)} characters", ("duplicated_section",))


@_plan("broken_internal_link")
def _link(text: str, gene: Gene, rng: random.Random) -> Planted | None:
    places = list(re.finditer(r"\[([\w -]+)\]\((/[\w/-]+)\)", text))
    if places:
        match = rng.choice(places)
        label, target = match[1], match[2]
        folder, page = target[1:].rsplit("/", 1)
        new = rng.choice(
            [f"[{label}](/ {folder}/{page})", f"[{label}] ({target})", f"[{label}]({target}",
             f"[{label}]({target[1:]})", f"[{label}](/{folder}//{page})", f"{label}]({target})",
             f"[{label}]({target}))",
             f"[{label}]()",
             f"({target})[{label}]", f"[{label}[({target})", f"[{label}({target})", f"[{label}](#no-such-heading)",
             f"[{label}]{{{target}}}", f"[{label}]( )", f"[{label}](TODO)", f"[{label}](\\{folder}\\{page})",
             f"[{label}](http:/{target})"]
        )  # fmt: skip
    else:
        places = list(re.finditer(r'<a href="(/[^"]+)">([^<]+)</a>', text))
        if not places:
            return None
        match = rng.choice(places)
        label, target = match[2], match[1]
        folder, page = target[1:].rsplit("/", 1)
        wrong = rng.choice(
            [f"/{folder}//{page}", "", "#no-such-heading", f"/ {folder}/{page}", target[1:], "undefined"]
        )
        new = f'<a href="{wrong}">{label}</a>'
    made, span = _put(text, *match.span(), new)
    return Planted("broken_internal_link", made, (span,), new, ("empty_section",))


@_plan("contradiction")
def _contradiction(text: str, gene: Gene, rng: random.Random) -> Planted | None:
    words = "|".join(_OPPOSITE)
    lines = [
        match
        for match in re.finditer(r"^(?:[-*] |<li>)[^\n]+$", text, re.M)
        if len(re.findall(rf"\b(?:{words})\b", match[0])) == 1
        and not re.search(r"\b(?:not|may|might|unchanged)\b", match[0])
    ]
    if not lines:
        return None
    match = rng.choice(lines)
    flipped = re.sub(rf"\b({words})\b", lambda found: _OPPOSITE[found[0]], match[0])
    if rng.random() < 0.5:
        flipped = re.sub(r"\s?\[@?\w+\]", "", flipped)
    below = rng.random() < 0.7
    at = match.end() + 1 if below else match.start()
    made = text[:at] + flipped + "\n" + text[at:]
    moved = 0 if below else len(flipped) + 1
    spans = ((at, at + len(flipped)), (match.start() + moved, match.end() + moved))
    return Planted("contradiction", made, spans, flipped)


@_plan("unit_error")
def _unit(text: str, gene: Gene, rng: random.Random) -> Planted | None:
    places = list(re.finditer(r"\b(\d+) ng/(m[lL])\b", text))
    if not places:
        return None
    match = rng.choice(places)
    new = f"{match[1]} {rng.choice(['mg', 'g'])}/{match[2]}"
    made, span = _put(text, *match.span(), new)
    return Planted(
        "unit_error", made, (span, *((m.start(), m.end()) for m in re.finditer(rf"\b{match[1]} ng/m[lL]", made))), new
    )


@_plan("empty_section")
def _empty(text: str, gene: Gene, rng: random.Random) -> Planted | None:
    headings = list(re.finditer(r"^(?:## .+|<h2.*</h2>)$", text, re.M))
    choices = [i for i, heading in enumerate(headings[:-1]) if not re.search("References|Contents|Disease", heading[0])]
    if not choices:
        return None
    i = rng.choice(choices)
    start, end = headings[i].end(), headings[i + 1].start()
    made = text[:start] + "\n\n" + text[end:]
    brings = ("citation_without_reference", "reference_never_cited")
    return Planted("empty_section", made, (headings[i].span(),), headings[i][0], brings)


@_plan("duplicated_section")
def _twice(text: str, gene: Gene, rng: random.Random) -> Planted | None:
    headings = list(re.finditer(r"^(?:## .+|<h2.*</h2>)$", text, re.M))
    if len(headings) < 3:
        return None
    choices = [
        i for i, h in enumerate(headings[:-1])
        if not re.search("References|Contents|External|See also", h[0]) and headings[i + 1].start() - h.end() > 120
    ]  # fmt: skip
    i = rng.choice(choices)
    start, end, at = headings[i].start(), headings[i + 1].start(), headings[rng.randrange(i + 1, len(headings))].start()
    made = text[:at] + text[start:end] + text[at:]
    return Planted("duplicated_section", made, ((start, end), (at, at + end - start)), headings[i][0])


@_plan("retracted_reference")
def _retracted(text: str, gene: Gene, rng: random.Random) -> Planted | None:
    entries = list(re.finditer(r"\d{4};\d+:\d+-\d+\.", text))
    match = rng.choice(entries)
    pmid = rng.choice(sorted(p for p in retracted() if len(p) == 8))
    form = rng.choice(["PMID: {}", "PMID {}", "https://pubmed.ncbi.nlm.nih.gov/{}/", "pmid:{}"])
    new = f"{match[0]} {form.format(pmid)}"
    made, (start, end) = _put(text, *match.span(), new)
    return Planted("retracted_reference", made, ((start, end),), new)


@_plan("duplicated_reference")
def _listed_twice(text: str, gene: Gene, rng: random.Random) -> Planted | None:
    entries = list(re.finditer(r"^(?:- |<li>)?\[@\w+\]: .*$", text, re.M))
    if not entries:
        return None
    match = rng.choice(entries)
    made = text[: match.end()] + "\n" + match[0] + text[match.end() :]
    spans = (match.span(), (match.end() + 1, match.end() + 1 + len(match[0])))
    return Planted("duplicated_reference", made, spans, match[0])


@_plan("mixed_modality")
def _mixed(text: str, gene: Gene, rng: random.Random) -> Planted | None:
    hedge = rng.choice(["may", "might", "could"])
    thing = rng.choice(["apoptosis", "angiogenesis", "cell proliferation", "cell migration"])
    sure, unsure = (
        f"{gene.symbol} increases {thing} in mouse liver",
        f"{gene.symbol} {hedge} increase {thing} in mouse liver",
    )
    body = re.split(r"\n(?:## |<h2[^>]*>)?References", text)[0]
    mark = re.search(r"\s?\[(?:@\w+|\d)\](?!<)", body)
    if mark is None:
        return None
    first, second = rng.sample([sure, unsure], 2)
    places = list(re.finditer(r"^(- |\* |<li>)[A-Z][^\n]*(\.|</li>)$", body, re.M))
    if not places:
        return None
    place = rng.choice(places)
    tail = ".</li>" if "<li>" in text else "."
    lines = [f"{place[1]}{said}{mark[0]}{tail}" for said in (first, second)]
    at = place.end() + 1
    made = text[:at] + "\n".join(lines) + "\n" + text[at:]
    spans = ((at, at + len(lines[0])), (at + len(lines[0]) + 1, at + len(lines[0]) + 1 + len(lines[1])))
    return Planted("mixed_modality", made, spans, f"{first} / {second}")


@_plan("uncited_bullets")
def _uncited(text: str, gene: Gene, rng: random.Random) -> Planted | None:
    bullets = list(re.finditer(r"^(?:- |\* |<li>)(?!\[)[A-Z][^\n]*?(\s?\[@\w+\])\.(?:</li>)?$", text, re.M))
    if not bullets:
        return None
    match = rng.choice(bullets)
    made = text[: match.start(1)] + text[match.end(1) :]
    span = (match.start(), match.end() - len(match[1]))
    return Planted("uncited_bullets", made, (span,), match[0], ("reference_never_cited",))
