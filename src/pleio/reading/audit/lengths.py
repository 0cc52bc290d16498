"""Lengths and masses that do not add up: the precursor less its signal peptide and propeptide is the mature form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .finding import ERROR, INFO, WARNING, Finding
from .page import Page
from .stated import Length, Mass, lengths_of_box, lengths_of_passage, lengths_of_table, mass_of_box, masses_of_passage

RESIDUE_DALTONS = 110.0  # mean mass of an amino-acid residue in a protein
LEAST, MOST = 0.7, 2.5  # of the mass that a length gives; sugars may double it


def check_lengths(page: Page) -> Iterator[Finding]:
    """Report sections in which precursor, signal peptide and mature length disagree, and masses far from the length."""
    box_mass = mass_of_box(page)
    groups = list(_groups(page))
    sums = _sums(lengths for lengths, _ in groups)
    for lengths, masses in groups:
        by_role: dict[str, list[Length]] = {}
        for length in lengths:
            by_role.setdefault(length.role, []).append(length)
        signal, mature, precursor, plain, cut = (
            by_role.get(role, []) for role in ("signal", "mature", "precursor", "plain", "cut")
        )
        if not precursor and len(mature) == len(plain) == 1 and (signal or cut) and plain[0].value > mature[0].value:
            precursor = plain  # "a protein of 202 residues"
        if len(signal) == len(mature) == len(precursor) == 1:
            elsewhere = {(n.role, n.value) for others, _ in groups if others is not lengths for n in others}
            parts = precursor[0], signal[0], mature[0], *by_role.get("propeptide", [])
            yield from _all_parts(page, parts, elsewhere)
        elif len(signal) == len(mature) == 1 and not precursor and box_mass is not None:
            yield from _without_precursor(page, signal[0], mature[0], box_mass.value)
        elif not signal and len(cut) == len(mature) == len(precursor) == 1:
            yield from _after_cut(page, precursor[0], cut[0], mature[0])
        for length in mature or precursor:
            others = [*masses, *([box_mass] if box_mass is not None else [])]
            yield from _weighed(page, length, others, sure=length.value in sums.values())
        for length in plain:
            if [n.sentence for n in lengths].count(length.sentence) == 1:
                yield from _weighed(page, length, [m for m in masses if m.sentence == length.sentence], sure=False)


def _sums(groups: Iterable[list[Length]]) -> dict[str, int]:
    """Give precursor, signal peptide and mature length of a place of the page where they add up; empty for none."""
    for lengths in groups:
        one = {role: [n.value for n in lengths if n.role == role] for role in _THREE}
        if all(len(set(values)) == 1 for values in one.values()) and not any(n.role == "propeptide" for n in lengths):
            found = {role: values[0] for role, values in one.items()}
            if found["precursor"] - found["signal"] == found["mature"]:
                return found
    return {}


_THREE = ("precursor", "signal", "mature")


def _groups(page: Page) -> Iterator[tuple[list[Length], list[Mass]]]:
    """The lengths that are about one thing: of the infobox, of a table, of a section."""
    yield list(lengths_of_box(page)), []
    for table in page.outline.tables:
        if not table.infobox:
            yield list(lengths_of_table(table)), []
    lengths: list[Length] = []
    masses: list[Mass] = []
    for passage in page.outline.passages:
        if passage.kind == "heading":
            yield lengths, masses
            lengths, masses = [], []
        elif passage.kind not in ("reference", "residue", "link"):
            lengths += lengths_of_passage(passage)
            masses += masses_of_passage(passage)
    yield lengths, masses


def _all_parts(page: Page, parts: tuple[Length, ...], elsewhere: set[tuple[str, int]]) -> Iterator[Finding]:
    """Precursor, signal peptide, mature form and propeptides, in this order: the first is the sum of the others.

    The wrong one is that which the page gives otherwise elsewhere, so that they add up; where nothing tells, the mature
    length is reported and the others are pointed at.
    """
    precursor, signal, mature, *propeptides = parts
    less = [signal.value, *(p.value for p in propeptides)]
    expected = precursor.value - sum(less)
    off = mature.value - expected
    if not off:
        return
    right = {n: n.value + off * (1 if n is precursor else -1) for n in parts}
    told = [n for n in parts if (n.role, right[n]) in elsewhere and (n.role, n.value) not in elsewhere]
    doubtful = [n for n in parts if (n.role, n.value) not in elsewhere]
    odd = told[0] if len(told) == 1 else doubtful[0] if len(doubtful) == 1 else None
    at = odd or mature
    listed = f"signal peptide {signal.value}" + "".join(f" and propeptide {p.value}" for p in propeptides)
    message = f"the lengths do not add up: precursor {precursor.value} less {listed} is {expected}, "
    message += f"the page says {mature.value}"
    correction = f"{' - '.join(map(str, [precursor.value, *less]))} = {expected}; "
    if len(told) == 1:
        correction += f"elsewhere the page says {right[at]}, not {at.value}"
    elif odd is not None:
        correction += f"the page gives the others so elsewhere too, so this should be {right[at]}"
    else:
        correction += "one of them is wrong"
    known = "arithmetic on the lengths in this section"
    yield page.finding("length_arithmetic", ERROR, at.start, at.end, message, correction, known)
    for n in parts if odd is None else ():
        if n is not mature and right[n] > 0:
            message = f"{n.value} is one of the lengths that do not add up, beside {mature.value} for the mature form"
            yield page.finding(
                "length_arithmetic", INFO, n.start, n.end, message, f"if it is this one: {right[n]}", known
            )


def _after_cut(page: Page, precursor: Length, cut: Length, mature: Length) -> Iterator[Finding]:
    """A protein that is cut once leaves the piece before the cut or the one after it."""
    pieces = cut.value, precursor.value - cut.value
    if mature.sentence == cut.sentence and mature.value not in pieces and pieces[1] > 0:
        yield page.finding(
            "length_arithmetic",
            ERROR,
            mature.start,
            mature.end,
            f"the lengths do not add up: a cut after residue {cut.value} of {precursor.value} leaves pieces of "
            f"{pieces[0]} and {pieces[1]}, the page says {mature.value}",
            f"{precursor.value} - {cut.value} = {pieces[1]}",
            "arithmetic on the lengths in this section",
        )


def _without_precursor(page: Page, signal: Length, mature: Length, mass: float) -> Iterator[Finding]:
    """A mature form has no signal peptide: where one is listed as part of it, the length is the precursor's."""
    less = mature.value - signal.value
    if less <= 0:
        return
    full, cut = mature.value * RESIDUE_DALTONS / 1000, less * RESIDUE_DALTONS / 1000
    if abs(cut - mass) < abs(full - mass) and mass < full:
        yield page.finding(
            "length_arithmetic",
            WARNING,
            mature.start,
            mature.end,
            f"{mature.value} amino acids are given for the mature form, yet a signal peptide of {signal.value} is "
            f"listed as part of it: "
            f"if {mature.value} is the precursor, the mature form has {less}, which also fits the stated {mass:g} "
            f"kDa better",
            f"precursor {mature.value} - signal peptide {signal.value} = mature {less}",
            f"arithmetic; {RESIDUE_DALTONS:.0f} Da is the mean mass of a residue",
        )


def _weighed(page: Page, length: Length, masses: list[Mass], *, sure: bool) -> Iterator[Finding]:
    """A mass under 0.7 or over 2.5 times what the length gives cannot be that chain, sugars included.

    A length that adds up with the others is `sure`, and the mass the odd one.
    """
    expected = length.value * RESIDUE_DALTONS / 1000
    for mass in masses:
        if length.value < 30 or LEAST * expected <= mass.value <= MOST * expected:
            continue
        if mass.sentence and mass.sentence != length.sentence and mass.role != length.role:
            continue  # a mass of prose belongs to the length in its own sentence, or to that of the form it names
        start, end = (mass.start, mass.end) if mass.sentence or sure else (length.start, length.end)
        yield page.finding(
            "length_arithmetic",
            WARNING,
            start,
            end,
            f"{length.value} amino acids weigh about {expected:.0f} kDa, the page says {mass.value:g} kDa",
            f"about {expected:.0f} kDa",
            f"arithmetic; {RESIDUE_DALTONS:.0f} Da is the mean mass of a residue",
        )
        if (start, end) == (mass.start, mass.end) and not sure:
            yield page.finding(
                "length_arithmetic",
                INFO,
                length.start,
                length.end,
                f"{length.value} amino acids do not go with the {mass.value:g} kDa that the page gives for them",
                f"if it is the length: about {mass.value * 1000 / RESIDUE_DALTONS:.0f} amino acids",
                f"arithmetic; {RESIDUE_DALTONS:.0f} Da is the mean mass of a residue",
            )
