"""The report of an audit for a terminal; characters that would reorder or hide text are shown by their code."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from ..documents.document import Document
from .characters import HIDDEN
from .finding import ERROR, INFO, KINDS, SEVERITIES, WARNING, Finding

_MARK = {ERROR: "✗", WARNING: "!", INFO: "·"}
MOST_SHOWN = 12  # lines of one kind in the terminal; the JSON and HTML reports have them all


def report_text(document: Document, findings: Sequence[Finding], *, all_lines: bool = False) -> str:
    """Write the report card of a document for a terminal.

    Args:
        document: the document that was audited.
        findings: what `audit` gave for it.
        all_lines: show every finding; by default a kind with many is cut after twelve lines.
    """
    counts = Counter(f.severity for f in findings)
    head = ", ".join(counted(counts[s], s) for s in SEVERITIES)
    lines = [f"{visible(document.name)}: {head}" if findings else f"{visible(document.name)}: nothing found"]
    for kind, group in by_kind(findings).items():
        lines += ["", f"{KINDS.get(kind, kind)} ({kind}, {len(group)})"]
        merged = _merged(document, group)
        if kind == "uncited_bullets":
            lines += _uncited(group)
            continue
        for count, (severity, places, message, correction) in enumerate(merged):
            if count == MOST_SHOWN and not all_lines:
                lines.append(f"    … and {len(merged) - count} more")
                break
            lines.append(f"  {_MARK[severity]} {places}: {visible(message)}")
            lines.append(f"      → {visible(correction)}")
    return "\n".join(lines) + "\n"


def counted(count: int, severity: str) -> str:
    """Write how many findings there are of a severity.

    Example:
        >>> counted(1, "error"), counted(2, "warning"), counted(2, "info")
        ('1 error', '2 warnings', '2 info')
    """
    return f"{count} {severity}{'s' if count != 1 and severity != INFO else ''}"


def by_kind(findings: Sequence[Finding]) -> dict[str, list[Finding]]:
    """Group findings by kind, in the order of `KINDS`, errors first."""
    groups: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[finding.kind].append(finding)
    order = list(KINDS)
    rank = {kind: min(SEVERITIES.index(f.severity) for f in group) for kind, group in groups.items()}
    return {k: groups[k] for k in sorted(groups, key=lambda k: (rank[k], order.index(k) if k in order else 99))}


def _merged(document: Document, group: Sequence[Finding]) -> list[tuple[str, str, str, str]]:
    """Say once what is found in several places."""
    places: dict[tuple[str, str, str], list[int]] = {}
    for f in group:
        places.setdefault((f.severity, f.message, f.correction), []).append(document.line_of(f.start))
    out = []
    for (severity, message, correction), lines in places.items():
        shown = ", ".join(map(str, list(dict.fromkeys(lines))[:8])) + (" …" if len(set(lines)) > 8 else "")
        out.append((severity, f"line{'s' if len(set(lines)) > 1 else ''} {shown}", message, correction))
    return out


def _uncited(group: Sequence[Finding]) -> list[str]:
    sections = Counter(f.section or "(top)" for f in group)
    return [f"  · {visible(section)}: {count}" for section, count in sections.items()]


def visible(text: str) -> str:
    """Show control and direction characters by their code, so that text cannot hide or reorder itself.

    Example:
        >>> visible("a\\u202eb\\x1b[31m")
        'a⟨U+202E⟩b⟨U+001B⟩[31m'
    """
    text = HIDDEN.sub(lambda m: "".join(f"⟨U+{ord(c):04X}⟩" for c in m[0]), text)
    return "".join(f"⟨U+{ord(c):04X}⟩" if (ord(c) < 32 and c not in "\n\t") or 127 <= ord(c) < 160 else c for c in text)
