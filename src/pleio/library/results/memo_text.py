"""A memo as Markdown, and as one HTML file that prints on two pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from ..told import spelt
from .memo import Memo

STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { font: 15px/1.45 system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; color: #1f2328; background: #fff;
  max-width: 46rem; margin: 2rem auto; padding: 0 1.25rem; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.05rem; margin: 1.4rem 0 .4rem; border-bottom: 1px solid #d1d9e0; padding-bottom: .2rem; }
p, ul { margin: .4rem 0; } ul, ol { padding-left: 1.2rem; } li { margin: .15rem 0; }
.question { color: #59636e; } .answer { font-size: 1.1rem; font-weight: 600; }
.made, .limits, .sources { color: #59636e; font-size: .85rem; }
.sources li { overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; margin: .4rem 0; }
th, td { text-align: left; padding: .2rem .5rem .2rem 0; border-bottom: 1px solid #d1d9e0; vertical-align: top; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
figure { margin: .6rem 0; } figure svg { max-width: 100%; height: auto; }
@media print {
  @page { size: A4; margin: 14mm 16mm; }
  body { font-size: 9.5pt; line-height: 1.35; margin: 0; padding: 0; max-width: none; }
  h1 { font-size: 15pt; } h2 { font-size: 11pt; margin-top: 8pt; break-after: avoid; }
  table, figure, li { break-inside: avoid; } figure svg { max-height: 70mm; width: auto; }
  .sources { font-size: 7.5pt; line-height: 1.25; columns: 2; column-gap: 8mm; }
}
"""


def markdown(memo: Memo) -> str:
    """Write a memo as Markdown."""
    parts = [f"# {memo.title}", memo.question, f"**{memo.answer}**", f"*{memo.made_of}*"]
    parts += ["## Effects", _table(["arm", "endpoint", "median", "90 % of worlds"], _effects(memo))]
    if memo.targets:
        parts += ["## Chance of reaching the target", _table(["target", "arm", "chance"], _targets(memo))]
    parts += ["## What decides it", memo.why]
    if memo.decides:
        parts.append(_table(_deciding_head(memo), _deciding(memo)))
    if memo.shares:
        parts += [SHARES_TOLD, _table(SHARES_HEAD, _shares(memo))]
    if memo.minds:
        parts += ["## What would change our mind", _list(memo.minds)]
    if memo.next:
        parts += ["## The next experiment", _table(NEXT_HEAD, _next(memo))]
    parts += ["## What this does not say", _list(memo.limits), "## Sources", _list(memo.sources)]
    if memo.more:
        parts.append(_more(memo))
    return "\n\n".join(part for part in parts if part) + "\n"


def html(memo: Memo) -> str:
    """Write a memo as one HTML file without scripts, with a style for print."""
    body = [
        f"<h1>{escape(memo.title)}</h1>",
        f'<p class="question">{escape(memo.question)}</p>',
        f'<p class="answer">{escape(memo.answer)}</p>',
        f'<p class="made">{escape(memo.made_of)}</p>',
        "<h2>Effects</h2>",
        f"<figure>{memo.figure}</figure>" if memo.figure else "",
        _html_table(["arm", "endpoint", "median", "90 % of worlds"], _effects(memo), {2, 3}),
    ]
    if memo.targets:
        body += [
            "<h2>Chance of reaching the target</h2>",
            _html_table(["target", "arm", "chance"], _targets(memo), {2}),
        ]
    body += ["<h2>What decides it</h2>", f"<p>{escape(memo.why)}</p>"]
    if memo.decides:
        body.append(_html_table(_deciding_head(memo), _deciding(memo), {1, 2}))
    if memo.shares:
        body += [f"<p>{escape(SHARES_TOLD)}</p>", _html_table(SHARES_HEAD, _shares(memo), {1, 2})]
    if memo.minds:
        body += ["<h2>What would change our mind</h2>", _html_list(memo.minds)]
    if memo.next:
        body += ["<h2>The next experiment</h2>", _html_table(NEXT_HEAD, _next(memo), {2})]
    body += ["<h2>What this does not say</h2>", _html_list(memo.limits, "limits")]
    body += ["<h2>Sources</h2>", _html_list(memo.sources, "sources")]
    if memo.more:
        body.append(f'<p class="made">{escape(_more(memo))}</p>')
    inside = "\n".join(part for part in body if part)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(memo.title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n{inside}\n</main>\n"
        "</body>\n</html>\n"
    )


NEXT_HEAD = ["experiment", "what it takes", "worth a decision", "what would turn the choice"]

SHARES_HEAD = ["all that is drawn for", "on its own", "with its interactions"]
SHARES_TOLD = "What kinds of uncertainty explain of the variance (Sobol' shares, first order and total):"


def _effects(memo: Memo) -> list[list[str]]:
    return [
        [arm, endpoint, spelt(median, unit, change), f"{spelt(low, unit, change)} to {spelt(high, unit, change)}"]
        for arm, endpoint, unit, median, low, high, change in memo.effects
    ]


def _targets(memo: Memo) -> list[list[str]]:
    return [[one.target, one.arm, f"{100 * one.chance:.0f} %"] for one in memo.targets]


def _deciding_head(memo: Memo) -> list[str]:
    return ["claim, assumption or number", "share of variance", f"value of knowing it, {memo.unit}".rstrip(", ")]


def _deciding(memo: Memo) -> list[list[str]]:
    return [[what, f"{100 * share:.0f} %", f"{worth:.2g}" if worth else "none"] for what, share, worth in memo.decides]


def _shares(memo: Memo) -> list[list[str]]:
    return [[what, f"{100 * first:.0f} %", f"{100 * total:.0f} %"] for what, first, total in memo.shares]


def _next(memo: Memo) -> list[list[str]]:
    def worth(one: float, a_year: float | None) -> str:
        return (f"{one:.2g}" + (f"; {a_year:.3g} a year" if a_year else "")) if one else "none"

    return [[one.title, one.takes, worth(one.worth, one.a_year), one.turn] for one in memo.next]


def _more(memo: Memo) -> str:
    return f"And {memo.more} more."


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _html_table(head: Sequence[str], rows: Iterable[Sequence[str]], numbers: set[int]) -> str:
    def cells(kind: str, line: Sequence[str]) -> str:
        made = (f"<{kind}{' class=n' if k in numbers else ''}>{escape(c)}</{kind}>" for k, c in enumerate(line))
        return f"<tr>{''.join(made)}</tr>"

    return (
        f"<table><thead>{cells('th', head)}</thead><tbody>{''.join(cells('td', row) for row in rows)}</tbody></table>"
    )


def _html_list(items: Iterable[str], style: str = "") -> str:
    inside = "".join(f"<li>{escape(item)}</li>" for item in items)
    return f'<ul class="{style}">{inside}</ul>' if style else f"<ul>{inside}</ul>"
