"""A document with its findings and the claims that were read in it marked, findings over claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from ...reading.audit.finding import KINDS, SEVERITIES
from ...reading.audit.report import visible
from ...reading.told import sentence

LONGEST = 400_000  # characters of a document that are shown
MOST_CLAIMS = 500  # in the list beside it
_SAYS = {"null_result": "finds no effect", "refuted": "denies"}


@dataclass(frozen=True)
class Said:
    """A claim that the document makes: in words, how, and where its mark is."""

    sentence: str
    how: str
    anchor: str
    grounded: bool


@dataclass(frozen=True)
class Found:
    """A finding in words, and where its mark is."""

    severity: str
    kind: str
    message: str
    correction: str
    source: str
    quote: str
    line: int
    anchor: str


@dataclass(frozen=True)
class BroughtPage:
    """A document that a reader brought, audited; `marked` is its text."""

    name: str
    digest: str
    findings: tuple[Found, ...]
    said: tuple[Said, ...]
    statements: int
    counts: Mapping[str, int]
    marked: Markup
    cut: bool


def brought(found: Mapping[str, Any]) -> BroughtPage:
    """Put the page of an audited document together.

    Args:
        found: what the desk answers to `audit`.
    """
    text, findings, statements = found["text"], found["findings"], found["statements"]
    counts = Counter(each["severity"] for each in findings)
    return BroughtPage(
        visible(found["name"]),
        found["digest"],
        tuple(_finding(number, each) for number, each in enumerate(findings)),
        tuple(_said(number, each) for number, each in enumerate(statements[:MOST_CLAIMS])),
        len(statements),
        {severity: counts[severity] for severity in SEVERITIES if counts[severity]},
        mark(text[:LONGEST], findings, statements),
        len(text) > LONGEST,
    )


def mark(text: str, findings: list[dict[str, Any]], statements: list[dict[str, Any]]) -> Markup:
    """Cut the text wherever a mark begins or ends, and mark each piece with all that covers it."""
    marks = [(f["start"], f["end"], f"finding {f['severity']}", f["message"], f"f{n}") for n, f in enumerate(findings)]
    marks += [(s["start"], s["end"], "said", _sentence(s), f"c{n}") for n, s in enumerate(statements)]
    begin: dict[int, list[int]] = {}
    finish: dict[int, list[int]] = {}
    for number, (start, end, *_) in enumerate(marks):
        if 0 <= start < end <= len(text):
            begin.setdefault(start, []).append(number)
            finish.setdefault(end, []).append(number)
    out: list[Markup] = []
    covering: set[int] = set()
    for left, right in pairwise(sorted({0, len(text), *begin, *finish})):
        covering -= set(finish.get(left, ()))
        out += [Markup('<span id="{}"></span>').format(marks[n][4]) for n in begin.get(left, ())]
        covering |= set(begin.get(left, ()))
        piece = visible(text[left:right].replace("\r\n", "\n"))
        if covering:
            ordered = sorted(covering)
            names = " ".join(dict.fromkeys(word for n in ordered for word in marks[n][2].split()))
            title = " · ".join(dict.fromkeys(visible(marks[n][3]) for n in ordered[:4]))
            out.append(Markup('<mark class="{}" title="{}">{}</mark>').format(names, title, piece))
        else:
            out.append(Markup("{}").format(piece))
    return Markup("").join(out)


def _finding(number: int, each: Mapping[str, Any]) -> Found:
    words = {name: visible(each[name]) for name in ("message", "correction", "source", "quote")}
    return Found(
        each["severity"], KINDS.get(each["kind"], each["kind"]), line=each["line"], anchor=f"f{number}", **words
    )


def _said(number: int, each: Mapping[str, Any]) -> Said:
    how = ", ".join(part for part in (_SAYS.get(each["status"], ""), _hedge(each["modality"])) if part)
    return Said(_sentence(each), how, f"c{number}", bool(each["subject_id"] and each["object_id"]))


def _hedge(modality: str) -> str:
    return "" if modality == "asserted" else modality


def _sentence(each: Mapping[str, Any]) -> str:
    told = sentence(each)
    return visible(f"{told[:1].upper()}{told[1:]}." if told[1:2].islower() else f"{told}.")
