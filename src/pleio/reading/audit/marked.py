"""The report of an audit as one HTML page: findings by kind, and the document's text with each highlighted.

Everything from the document is escaped; the page needs no script, loads nothing, and follows the reader's choice of
light or dark.
"""

from __future__ import annotations

import html
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from ..documents.document import Document
from .finding import KINDS, SEVERITIES, Finding
from .report import by_kind, counted, visible

MOST_PLACES = 30  # places of one finding that are linked


def report_html(document: Document, findings: Sequence[Finding]) -> str:
    """Write one self-contained HTML page: the findings by kind, and the document's text with each highlighted."""
    counts = Counter(f.severity for f in findings)
    summary = "".join(f'<li class="{s}">{counted(counts[s], s)}</li>' for s in SEVERITIES)
    numbers = {id(f): n for n, f in enumerate(findings)}
    groups = by_kind(findings)
    sections = "".join(_section(document, kind, group, numbers) for kind, group in groups.items())
    kinds = "".join(f'<li><a href="#{_safe(k)}">{_title(k)}</a> {len(group)}</li>' for k, group in groups.items())
    return _PAGE.format(
        title=_safe(document.name),
        digest=document.digest[:16],
        summary=summary,
        kinds=f'<nav aria-label="Kinds of findings"><ul>{kinds}</ul></nav>' if len(groups) > 1 else "",
        sections=sections or "<p>Nothing found.</p>",
        text=_highlighted(document, findings),
    )


def _safe(text: str) -> str:
    return html.escape(visible(text), quote=True)


def _section(document: Document, kind: str, group: Sequence[Finding], numbers: dict[int, int]) -> str:
    """Write the findings of one kind, the gravest first; what is found in several places is said once."""
    same: dict[tuple[str, str, str, str], list[Finding]] = {}
    for f in sorted(group, key=lambda f: SEVERITIES.index(f.severity)):
        same.setdefault((f.severity, f.message, f.correction, f.source), []).append(f)
    sources = list(dict.fromkeys(source for *_, source in same))
    once = len(sources) == 1 < len(same)  # what all of them are known from is said once
    items = "".join(_item(document, *what, places, numbers, known=not once) for what, places in same.items())
    head = f'<h2 id="{_safe(kind)}">{_title(kind)} <small>{len(group)}</small></h2>'
    known = f'<p class="known">Known from: {_safe(sources[0])}</p>' if once else ""
    return f"<section>{head}{known}<ul>{items}</ul></section>\n"


def _title(kind: str) -> str:
    return _safe(_sentence(KINDS.get(kind, kind)))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _item(
    document: Document, severity: str, message: str, correction: str, source: str, places: list[Finding],
    numbers: dict[int, int], *, known: bool,
) -> str:  # fmt: skip
    lines = {document.line_of(f.start): numbers[id(f)] for f in reversed(places)}
    links = [f'<a href="#f{number}">{line}</a>' for line, number in sorted(lines.items())[:MOST_PLACES]]
    more = f" and {len(lines) - MOST_PLACES} more" if len(lines) > MOST_PLACES else ""
    word = "line" if len(lines) == 1 else "lines"
    certain = " <em>made by --fix</em>" if any(f.edits for f in places) else ""
    source = f'<p class="known">Known from: {_safe(source)}</p>' if known else ""
    return (
        f'<li class="{severity}"><p class="where">{_sentence(severity)}, {word} {", ".join(links)}{more}</p>'
        f'<p>{_safe(_sentence(message))}</p><p class="right">{_safe(correction)}{certain}</p>{source}</li>\n'
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
nav ul {{ columns: 20rem 2; column-gap: 2rem; margin: 1rem 0; font-size: .9rem; color: var(--soft); }}
h2, pre a {{ scroll-margin-top: 1rem; }}
.right::before {{ content: "→ "; color: var(--soft); }}
small {{ color: var(--soft); font-weight: 400; font-size: .8rem; }} a {{ color: var(--link); }}
ul {{ list-style: none; padding: 0; margin: 0; }} p {{ margin: 0; }}
.summary {{ display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; font-weight: 600; }}
.summary .error, .error .where {{ color: var(--error); }}
.summary .warning, .warning .where {{ color: var(--warning); }}
.summary .info, .info .where, .known, em {{ color: var(--soft); }}
section li {{ border-left: 3px solid var(--info); padding: .1rem .8rem; margin: .6rem 0; overflow-wrap: anywhere; }}
section li.error {{ border-color: var(--error); }} section li.warning {{ border-color: var(--warning); }}
.where, .known, em {{ font-size: .85rem; }} em {{ white-space: nowrap; margin-left: .4rem; }}
pre {{ white-space: pre-wrap; overflow-wrap: anywhere; background: var(--box); font-size: .85rem;
  border: 1px solid var(--line); border-radius: 6px; padding: 1rem; }}
mark {{ background: var(--info-mark); color: inherit; border-bottom: 2px solid var(--info); }}
mark.error {{ background: var(--error-mark); border-bottom: 3px solid var(--error); }}
mark.warning {{ background: var(--warning-mark); border-bottom: 2px dashed var(--warning); }}
mark.info {{ border-bottom-style: dotted; }}
</style></head><body>
<h1>Audit of {title} <small>{digest}</small></h1>
<ul class="summary">{summary}</ul>
{kinds}
{sections}<h2 id="text">The text, with its findings</h2>
<p class="known">Errors are underlined, warnings dashed, info dotted. Point at a mark to read what was found.</p>
<pre>{text}</pre>
</body></html>
"""
