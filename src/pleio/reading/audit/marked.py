"""The report of an audit as one HTML page: findings by kind, and the document's text with each highlighted.

Everything from the document is escaped; the page needs no script, loads nothing, and follows the reader's choice of
light or dark.
"""

from __future__ import annotations

import html
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from ..document import Document
from .finding import KINDS, SEVERITIES, Finding
from .report import by_kind, counted, visible

MOST_PLACES = 30  # places of one finding that are linked


def report_html(document: Document, findings: Sequence[Finding]) -> str:
    """Write one self-contained HTML page: the findings by kind, and the document's text with each highlighted."""
    counts = Counter(f.severity for f in findings)
    summary = "".join(f'<li class="{s}">{counted(counts[s], s)}</li>' for s in SEVERITIES)
    numbers = {id(f): n for n, f in enumerate(findings)}
    sections = "".join(_section(document, kind, group, numbers) for kind, group in by_kind(findings).items())
    return _PAGE.format(
        title=_safe(document.name),
        digest=document.digest[:16],
        summary=summary,
        sections=sections or "<p>Nothing found.</p>",
        text=_highlighted(document, findings),
    )


def _safe(text: str) -> str:
    return html.escape(visible(text), quote=True)


def _section(document: Document, kind: str, group: Sequence[Finding], numbers: dict[int, int]) -> str:
    """Write the findings of one kind; what is found in several places is said once."""
    same: dict[tuple[str, str, str, str], list[Finding]] = {}
    for f in group:
        same.setdefault((f.severity, f.message, f.correction, f.source), []).append(f)
    items = "".join(_item(document, *what, places, numbers) for what, places in same.items())
    title = KINDS.get(kind, kind)
    head = f"<h2>{_safe(title[:1].upper() + title[1:])} <small>{len(group)}</small></h2>"
    return f"<section>{head}<ul>{items}</ul></section>\n"


def _item(
    document: Document, severity: str, message: str, correction: str, source: str, places: list[Finding],
    numbers: dict[int, int],
) -> str:  # fmt: skip
    lines = {document.line_of(f.start): numbers[id(f)] for f in reversed(places)}
    links = [f'<a href="#f{number}">{line}</a>' for line, number in sorted(lines.items())[:MOST_PLACES]]
    more = f" and {len(lines) - MOST_PLACES} more" if len(lines) > MOST_PLACES else ""
    word = "line" if len(lines) == 1 else "lines"
    certain = " <em>(made by --fix)</em>" if any(f.edits for f in places) else ""
    return (
        f'<li class="{severity}"><p class="where">{severity}, {word} {", ".join(links)}{more}</p>'
        f"<p>{_safe(message)}</p><p><b>Right:</b> {_safe(correction)}{certain}</p>"
        f'<p class="known">Known from: {_safe(source)}</p></li>\n'
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
:root {{ color-scheme: light dark; --ink: #1d2939; --paper: #fff; --soft: #475467; --line: #e4e7ec; --box: #f9fafb;
  --error: #b42318; --warning: #a33d06; --info: #475467; --link: #175cd3;
  --error-mark: #fee4e2; --warning-mark: #fef0c7; --info-mark: #eef2f6; }}
@media (prefers-color-scheme: dark) {{ :root {{ --ink: #e4e7ec; --paper: #101418; --soft: #a3adbb; --line: #2c3540;
  --box: #171d24; --error: #ff9c92; --warning: #fdb462; --info: #a3adbb; --link: #84b6ff;
  --error-mark: #5a1a15; --warning-mark: #55360a; --info-mark: #26303c; }} }}
body {{ font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem;
  color: var(--ink); background: var(--paper); }}
h1 {{ font-size: 1.4rem; overflow-wrap: anywhere; }} h2 {{ font-size: 1.05rem; margin: 1.8rem 0 .4rem; }}
small {{ color: var(--soft); font-weight: 400; font-size: .8rem; }} a {{ color: var(--link); }}
ul {{ list-style: none; padding: 0; margin: 0; }} p {{ margin: 0; }}
.summary {{ display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; font-weight: 600; }}
.summary .error, .error .where {{ color: var(--error); }}
.summary .warning, .warning .where {{ color: var(--warning); }}
.summary .info, .info .where, .known, em {{ color: var(--soft); }}
section li {{ border-left: 3px solid var(--info); padding: .1rem .8rem; margin: .6rem 0; overflow-wrap: anywhere; }}
section li.error {{ border-color: var(--error); }} section li.warning {{ border-color: var(--warning); }}
.where, .known, em {{ font-size: .85rem; }} em {{ white-space: nowrap; }}
pre {{ white-space: pre-wrap; overflow-wrap: anywhere; background: var(--box); font-size: .85rem;
  border: 1px solid var(--line); border-radius: 6px; padding: 1rem; }}
mark {{ background: var(--info-mark); color: inherit; border-bottom: 2px solid var(--info); }}
mark.error {{ background: var(--error-mark); border-color: var(--error); }}
mark.warning {{ background: var(--warning-mark); border-color: var(--warning); }}
</style></head><body>
<h1>Audit of {title} <small>{digest}</small></h1>
<ul class="summary">{summary}</ul>
{sections}<h2>The text, with its findings</h2>
<pre>{text}</pre>
</body></html>
"""
