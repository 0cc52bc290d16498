"""A published artifact in which every text of every kind is an attempt to act as markup or script."""

# ruff: noqa: E501 -- tables of cases read better in one line each

from __future__ import annotations

from dataclasses import replace

from pleio.artifacts import Archive, recording
from pleio.library.content import (
    Assumption,
    Audit,
    Claim,
    ClaimSet,
    Contest,
    Edge,
    Evidence,
    Fact,
    Figure,
    Finding,
    Node,
    Outcome,
    Page,
    Pathway,
    Source,
    State,
    to_json,
)
from published_sample import CHART, study


def claim(number: int, text: str) -> tuple[Claim, Contest, Source]:
    """A contested claim of which every field that a document could fill is the text."""
    source = Source(f"pubmed:{number + 1}", text, text if ":" in text else "", text, text)
    says = [Evidence(f"p{number}", "supports", text, ("increases",), "sufficiency", text, text, source.id, text, weight=1.0), Evidence(f"p{number}", "null", text, ("no_effect",), "sufficiency", text, text, source.id, text, "hedged", False, 0.5), Evidence(f"p{number}", "observation", text, ("increases",), "sufficiency", text, text, "", text, silent=text)]  # fmt: skip
    outcomes = (Outcome("increases", 0.4, 0.7), Outcome("decreases", 0.2, 0.1), Outcome("no_effect", 0.4, 0.2))
    contest = Contest(f"c{number}", text, text, "increases", outcomes, tuple(says), (f"p{number}",), ("a",), True, text, text)  # fmt: skip
    made = Claim(f"p{number}", text, f"x:{number}", text, "increases", "x:middle", text, text, text, text, text, text, "increases", 0.7, True, (contest.id,), ("a",), tuple(says), text, text)  # fmt: skip
    return made, contest, source


def publish(archive: Archive, texts: tuple[str, ...]) -> None:
    """Publish a page, claims, contests, a study, an audit and a figure, each text in each place."""
    claims, contests, sources = zip(*(claim(number, text) for number, text in enumerate(texts)), strict=True)
    states = tuple(State(text, text, text, 0.5, 0.5) for text in texts)
    kept = ClaimSet("x", "neutral", claims, contests, (Assumption("a", texts[0], texts[-1], states),), sources)
    nodes = (Node("x:middle", texts[0], 1), *(Node(f"x:{n}", text, 0, group=text) for n, text in enumerate(texts[:40])))
    edges = tuple(Edge(f"x:{n}", "x:middle", "activates", 0.7, (f"p{n}",)) for n in range(len(nodes) - 1))
    pathway = Pathway((texts[0], texts[-1]), nodes, edges, texts[0])
    with recording(texts[0]) as work:
        made = work.make("claim_set", texts[0], to_json(kept))
        archive.save(made, name="claims")
        drawing = CHART.replace("time (d)", "".join(texts).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").translate(dict.fromkeys((*range(32), 65534, 65535), "")))  # fmt: skip
        figure = work.make("figure", texts[0], to_json(Figure("figure", texts[0], texts[1], texts[2], {"data": {"values": [{text: text} for text in texts]}}, drawing)))  # fmt: skip
        archive.save(figure, name="figure")
        plain = study(figure.id)
        asked = replace(plain, name="study", title=texts[0], question=texts[1], answer=texts[2], next_test=texts[3], mechanism=texts, note=texts[4], definition="\n".join(texts))  # fmt: skip
        result = work.make("result", texts[0], to_json(asked))
        archive.save(result, name="study")
        text = "\n".join(texts)
        findings = tuple(Finding(one, "error", one, one, n, n + 1, one) for n, one in enumerate(texts))
        audit = work.make("audit", texts[0], to_json(Audit(texts[0], texts[1], "0" * 64, text, 1, findings, texts)))
        archive.save(audit, name="audit")
        body = "\n\n".join(f"## {one}\n\n{one} {{claim: p{n}}}" for n, one in enumerate(texts))
        facts = tuple(Fact(one, one, (f"p{n}",)) for n, one in enumerate(texts))
        page = Page("page", texts[0], texts[1], "".join(texts[:40]), body, facts, {}, pathway, made.id, (result.id,), (figure.id,), audit.id, corrections=texts)  # fmt: skip
        archive.save(work.make("page", texts[0], to_json(page)), name="page", activity=work.finish())
