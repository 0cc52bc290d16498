"""A small published artifact for tests and for looking at: two claims and a contest, a pathway, a study, an audit.

Its numbers are made up and it says so; what ships is published from the library.
"""

# ruff: noqa: E501 -- tables of cases read better in one line each
from __future__ import annotations

from pleio.artifacts import Archive, Entry, recording
from pleio.library.content import (
    Answering,
    Arm,
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
    Reading,
    Source,
    State,
    Study,
    Summary,
    Worth,
    to_json,
)

CLAIM, CONTEST = "sample-platelets", "sample--effect--platelets--sufficiency"

TEXT = """\
Interleukin-11 is a cytokine of the IL-6 family. This sample is for tests.

## Blood

Given as a drug it raises platelets in people. {claim: sample-platelets} Mice without its receptor
have *normal* counts [@nandurkar1997]. {claim: sample-platelets, sample-erk} What follows is plain text.

- A point with a claim [@gordon1996]. {claim: sample-erk}
- A point without.

## Fibrosis and `code`

| readout | change |
|---|---|
| collagen | up |

ERK stays phosphorylated for hours. {claim: sample-erk} A key that leads nowhere [@nobody2020].
"""


def evidence(says: str, finding: str, source: str, weight: float, outcome: str, **more: object) -> Evidence:
    return Evidence(CLAIM, says, finding, (outcome,), "sufficiency", "human; oprelvekin 50 µg/kg; n = 12", "eco:0007121 trial", source, "abstract", weight=weight, **more)  # type: ignore[arg-type]  # fmt: skip


SUPPORT = evidence("supports", "platelets rose by 85 %", "pubmed:8639882", 2.1, "increases")
HEDGED = evidence("supports", "platelets may rise", "pubmed:2", 0.4, "increases", modality="hedged")
NULL = evidence("null", "no change at the lowest dose", "pubmed:3", 0.9, "no_effect")
SILENT = evidence(
    "observation", "used as an observation", "pubmed:4", 0.0, "increases", silent="used as an observation"
)
ALL = (SUPPORT, HEDGED, NULL, SILENT)

CLAIMS = ClaimSet(
    "sample",
    "neutral",
    (
        Claim(CLAIM, "IL11 increases platelets", "hgnc:5966", "IL11", "increases", "cl:0000233", "platelet", "abundance", "human", "net", "pharmacology", "haematopoiesis", "increases", 0.91, True, (CONTEST,), ("rhIL11-in-mouse",), ALL, effect="1.85 fold, n = 12"),
        Claim("sample-erk", "IL11 increases ERK phosphorylation in fibroblast", "hgnc:5966", "IL11", "increases", "fplx:ERK", "ERK", "phosphorylation", "human fibroblast", "direct", "receptor_proximal", "MAPK", "increases", 0.97, False, (), (), (SUPPORT,)),
        Claim("sample-empty", "IL11 decreases nothing measured", "hgnc:5966", "IL11", "decreases", "go:0008150", "process", "", "", "unknown", "cell_phenotype", "other", "decreases", None, False, (), (), ()),
    ),
    (
        Contest(CONTEST, "IL11 → platelet abundance (sufficiency)", "sufficiency", "increases", (Outcome("increases", 0.4, 0.91), Outcome("decreases", 0.2, 0.02), Outcome("no_effect", 0.4, 0.07)), ALL, (CLAIM,), ("rhIL11-in-mouse",), True, "Increases has probability 0.91: two independent reports.", "A well-powered human study that reports no effect would take it to 0.7."),
    ),
    (Assumption("rhIL11-in-mouse", "Human IL-11 signals normally in mice", "It is disputed.", (State("agonist", "signals", "support", 0.4, 0.55), State("antagonist", "blocks", "reversed", 0.6, 0.45)), (CONTEST,)),),
    (
        Source("pubmed:8639882", "Gordon MS (1996). A phase I trial. Blood.", "https://pubmed.ncbi.nlm.nih.gov/8639882", short="Gordon 1996"),
        Source("pubmed:2", "Two A (2000). Hedged. J."),
        Source("pubmed:3", "Three A (2001). Null. J.", note="not opened"),
        Source("pubmed:4", "Four A (2002). Observation. J."),
    ),
)  # fmt: skip

PATHWAY = Pathway(
    ("given", "ligand and receptor", "complex", "signals", "", "effects"),
    (Node("oprelvekin", "oprelvekin", 0, "given"), Node("hgnc:5966", "IL-11", 1, "ligand"), Node("hgnc:5967", "IL-11Rα", 1, "receptor"),
     Node("pleio:il11-signalling-complex", "signalling complex", 2, "complex"), Node("hgnc:11364", "STAT3", 3), Node("fplx:ERK", "ERK", 3), Node("hgnc:19391", "SOCS3", 4),
     Node("fplx:RSK", "RSK", 3), Node("cl:0000233", "platelets", 5, "effect", "blood"), Node("pleio:plasma-volume", "plasma volume", 5, "effect", "blood"),
     Node("fplx:Collagen", "collagen I", 5, "effect", "fibrosis")),
    (Edge("oprelvekin", "pleio:il11-signalling-complex", "activates", None), Edge("hgnc:5966", "pleio:il11-signalling-complex", "binds", 0.99, ("sample-erk",)), Edge("hgnc:5967", "pleio:il11-signalling-complex", "binds", 0.98),
     Edge("pleio:il11-signalling-complex", "fplx:ERK", "activates", 0.97, ("sample-erk",)), Edge("pleio:il11-signalling-complex", "hgnc:11364", "activates", 0.9), Edge("hgnc:11364", "hgnc:19391", "activates", 0.9),
     Edge("hgnc:19391", "hgnc:11364", "inhibits", 0.8), Edge("fplx:ERK", "fplx:RSK", "activates", 0.6),
     Edge("pleio:il11-signalling-complex", "cl:0000233", "contested", 0.91, (CLAIM,)), Edge("pleio:il11-signalling-complex", "pleio:plasma-volume", "activates", 0.6), Edge("fplx:ERK", "fplx:Collagen", "activates", 0.7), Edge("hgnc:11364", "fplx:Collagen", "inhibits", 0.4)),
    "A sample pathway.",
)  # fmt: skip

CHART = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="200" viewBox="0 0 640 200"><g style="fill: none; stroke: #1f77b4">'
    '<path d="M0 150L320 60L640 90" stroke-width="2"/></g><text x="20" y="190" style="font-size: 11px" fill="#000">time (d)</text></svg>'
)


def study(figure: str) -> Study:
    arms = ("placebo", "10 µg/kg", "50 µg/kg")
    rows = tuple(
        Summary(arm, name, label, unit, m, m - 0.2 * abs(m) - 0.02, m - 0.08 * abs(m), m + 0.08 * abs(m), m + 0.25 * abs(m) + 0.02, m - 0.5 * abs(m) - 0.05, m + 0.6 * abs(m) + 0.05)
        for name, label, unit, values in (("rise", "platelet rise", "1", (0.0, 0.3, 0.8)), ("hct", "haematocrit change", "1", (0.0, -0.04, -0.12)))
        for arm, m in zip(arms, values, strict=True)
    )  # fmt: skip
    worth = (
        Worth(CONTEST, "IL11 → platelets", "contest", 0.42, 0.08, 0.02, True, f"/contest/{CONTEST}"),
        Worth("parameters", "other parameters", "parameters", 0.38, 0.05, 0.02, True),
        Worth("dummy", "a claim that does nothing", "dummy", 0.001, 0.004, 0.018, False),
    )
    return Study("sample-study", "Oprelvekin and platelets (sample)", "How far do platelets rise?", "At 50 µg/kg platelets rise by 80 % (90 % interval 62 to 102 %).", "A trial of the lowest dose in people would be worth most.", ("pk", "platelets"), tuple(Arm(arm, "daily for 14 d") for arm in arms), rows, worth, 0.12, "relative platelet rise", "Choose the arm.", 1024, 16, 49152, 3, 11, "neutral", "42 d", (figure,), digest="ab" * 32, definition="title: sample\n", readings=(Reading("sceptic", "At 50 µg/kg platelets rise by 60 % (sceptic).", "", rows[:3], 700.0, True), Reading("neutral", "At 50 µg/kg platelets rise by 80 % (neutral).", "", rows, 1024.0, True)), answering=(Answering("50 µg/kg", "platelet rise", "%", "weight", 60.0, 20.0, -55.0, -40.0, -22.0),))  # fmt: skip


def publish_sample(
    archive: Archive, text: str = TEXT, title: str = "Interleukin-11 (sample)", name: str = "il11"
) -> Entry:
    """Save the sample's artifacts and give the entry of its page."""
    with recording("publish a sample", seed=11) as work:
        claims = work.make("claim_set", "Claims of the sample", to_json(CLAIMS))
        archive.save(claims, name="sample-claims")
        figure = work.make("figure", "Platelets", to_json(Figure("sample-figure", "Platelets", "Median and bands.", "a line", {"mark": "line", "data": {"values": [1]}}, CHART)))  # fmt: skip
        archive.save(figure, name="sample-figure")
        work.use("claims", claims)
        result = work.make("result", "Oprelvekin and platelets (sample)", to_json(study(figure.id)))
        archive.save(result, name="sample-study", activity=work.finish())
        document = "Interleukin-11 <b>has</b> NCBI Gene 3609 & more."
        finding = Finding("wrong-identifier", "error", "3609 is ILF3, not IL11", "write 3589", 35, 39, "3609")
        audit = work.make("audit", "Audit of the sample", to_json(Audit("sample.md", "A sample page", "cd" * 32, document, 2, (finding,), ("identifiers",))))  # fmt: skip
        archive.save(audit, name="sample-audit")
        work.use_all("parts", [result, figure, audit])
        page = work.make("page", title, to_json(Page(name, title, "Interleukin-11 (hgnc:5966)", "Oprelvekin raises **platelets** by 80 % (62 to 102 %).", text, (Fact("symbol", "`IL11`", (CLAIM,)), Fact("UniProt", "[P20809](https://www.uniprot.org/uniprotkb/P20809)")), {"gordon1996": "pubmed:8639882", "nandurkar1997": "pubmed:3"}, PATHWAY, claims.id, (result.id,), (figure.id,), audit.id, corrections=("It is 3589 [@gordon1996].",))))  # fmt: skip
        return archive.save(page, name=name, activity=work.finish())
