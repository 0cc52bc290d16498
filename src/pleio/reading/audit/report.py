"""Reports of an audit: plain text for a terminal, and one HTML page with the document's text highlighted.

Everything from the document is escaped, and characters that would reorder or hide text are shown by their code.
"""

from __future__ import annotations

import html
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from ..document import Document
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
    head = ", ".join(f"{counts[s]} {s}{'s' if counts[s] != 1 and s != INFO else ''}" for s in SEVERITIES)
    lines = [f"{visible(document.name)}: {head}" if findings else f"{visible(document.name)}: nothing found"]
    for kind, group in _by_kind(findings).items():
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


def _by_kind(findings: Sequence[Finding]) -> dict[str, list[Finding]]:
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


def report_html(document: Document, findings: Sequence[Finding]) -> str:
    """Write one self-contained HTML page: the findings, and the document's text with each highlighted.

    Needs no script and loads nothing.
    """
    counts = Counter(f.severity for f in findings)
    summary = "".join(f'<li class="{s}"><b>{counts[s]}</b> {s}</li>' for s in SEVERITIES)
    rows = "".join(_row(document, n, f) for n, f in enumerate(findings))
    return _PAGE.format(
        title=_safe(document.name),
        digest=document.digest[:16],
        summary=summary,
        rows=rows,
        text=_highlighted(document, findings),
    )


def _safe(text: str) -> str:
    return html.escape(visible(text), quote=True)


def _row(document: Document, number: int, f: Finding) -> str:
    return (
        f'<tr class="{f.severity}"><td><a href="#f{number}">{document.line_of(f.start)}</a></td>'
        f"<td>{_safe(f.kind)}</td>"
        f"<td>{_safe(f.message)}</td><td>{_safe(f.correction)}</td><td>{_safe(f.source)}</td></tr>\n"
    )


def _highlighted(document: Document, findings: Sequence[Finding]) -> str:
    """Cut the text at every edge of a finding and mark each piece with the worst finding that covers it."""
    starts: dict[int, list[int]] = defaultdict(list)
    ends: dict[int, list[int]] = defaultdict(list)
    for number, f in enumerate(findings):
        starts[f.start].append(number)
        ends[f.end].append(number)
    edges = sorted({0, len(document.text), *starts, *ends})
    open_: set[int] = set()
    out: list[str] = []
    for left, right in pairwise(edges):
        open_ -= set(ends[left])
        out += [f'<a id="f{n}"></a>' for n in starts[left]]
        open_ |= set(starts[left])
        piece = _safe(document.text[left:right])
        if open_:
            worst = min(open_, key=lambda n: (SEVERITIES.index(findings[n].severity), n))
            tip = _safe(" | ".join(findings[n].message for n in sorted(open_)[:5]))
            piece = f'<mark class="{findings[worst].severity}" title="{tip}">{piece}</mark>'
        out.append(piece)
    return "".join(out)


_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Audit of {title}</title>
<style>
:root {{ --error: #b42318; --warning: #b54708; --info: #475467; }}
body {{ font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 72rem; padding: 1.5rem; color: #1d2939; }}
h1 {{ font-size: 1.4rem; overflow-wrap: anywhere; }}
h1 small {{ color: var(--info); font-weight: 400; font-size: .8rem; }}
ul {{ display: flex; gap: 1rem; list-style: none; padding: 0; }}
ul .error {{ color: var(--error); }} ul .warning {{ color: var(--warning); }}
.scroll {{ overflow-x: auto; }} table {{ border-collapse: collapse; width: 100%; font-size: .85rem; }}
td, th {{ text-align: left; vertical-align: top; padding: .35rem .6rem; border-top: 1px solid #e4e7ec; }}
tr.error td:nth-child(2) {{ color: var(--error); }}
tr.warning td:nth-child(2) {{ color: var(--warning); }}
pre {{ white-space: pre-wrap; overflow-wrap: anywhere; background: #f9fafb;
  border: 1px solid #e4e7ec; border-radius: 6px; padding: 1rem; }}
mark {{ background: #eef2f6; color: inherit; border-bottom: 2px solid var(--info); }}
mark.error {{ background: #fee4e2; border-color: var(--error); }}
mark.warning {{ background: #fef0c7; border-color: var(--warning); }}
</style></head><body>
<h1>Audit of {title} <small>{digest}</small></h1>
<ul>{summary}</ul>
<div class="scroll"><table>
<thead><tr><th>line</th><th>kind</th><th>what is wrong</th><th>what would be right</th><th>how it is known</th></tr>
</thead>
<tbody>
{rows}</tbody></table></div>
<h2>Text</h2>
<pre>{text}</pre>
</body></html>
"""
