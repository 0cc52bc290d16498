"""Reading: one way of saying something after the other, then whole documents against gold."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from pleio.base.errors import InputError
from pleio.reading import Document, Endpoint, Statement, open_document, read

DATA = Path(__file__).parent / "data"

Said = tuple[str, str, str, str | None, str, str]


def said(text: str) -> set[Said]:
    return {(s.subject, s.relation, s.object, s.aspect, s.status, s.modality) for s in read(Document("note", text))}


A, N, R, H, S = "asserted", "null_result", "refuted", "hedged", "speculative"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("IL-6 increases hepcidin mRNA.", ("IL-6", "increases", "hepcidin", "mRNA", A, A)),
        ("STAT3 is phosphorylated by JAK1.", ("JAK1", "increases", "STAT3", "phosphorylation", A, A)),
        ("TNF did not change hepcidin expression.", ("TNF", "no_effect", "hepcidin", "abundance", N, A)),
        ("FGF21 had no effect on body weight.", ("FGF21", "no_effect", "body weight", "process", N, A)),
        ("Activin A had no effect on IL11 mRNA levels.", ("Activin A", "no_effect", "IL11", "mRNA", N, A)),
        ("Neither IL-1β nor TNF altered SOCS3 levels.", ("TNF", "no_effect", "SOCS3", "abundance", N, A)),
        ("IL-6 does not bind LIFR.", ("IL-6", "binds", "LIFR", None, R, A)),
        (
            "IL-17A is dispensable for granuloma formation.",
            ("IL-17A", "increases", "granuloma formation", "process", R, A),
        ),
        ("IL-10 may reduce inflammation.", ("IL-10", "decreases", "inflammation", "process", A, H)),
        ("It is unclear whether OSM drives fibrosis.", ("OSM", "increases", "fibrosis", "process", A, S)),
        ("Knockdown of JAK1 reduced STAT3 phosphorylation.", ("JAK1", "increases", "STAT3", "phosphorylation", A, A)),
        ("IL-10-/- mice develop colitis.", ("IL-10", "decreases", "colitis", "process", A, A)),
        ("Infusion of IL-6 led to a rise in CRP.", ("IL-6", "increases", "CRP", "abundance", A, A)),
        ("CRP rose after IL-6 infusion.", ("IL-6", "increases", "CRP", "abundance", A, A)),
        ("IL-10 suppressed LPS-induced TNF production.", ("LPS", "increases", "TNF", "abundance", A, A)),
        ("LIF is secreted by stellate cells.", ("LIF", "secreted_by", "stellate cells", None, A, A)),
        ("TSLP is expressed by epithelial cells.", ("TSLP", "expressed_in", "epithelial cells", None, A, A)),
        ("LIF is a member of the IL-6 family.", ("LIF", "member_of", "IL-6 family", None, A, A)),
        ("OSM has anti-inflammatory properties.", ("OSM", "decreases", "inflammation", "process", A, A)),
        ("EPO is approved for anemia.", ("EPO", "treats", "anemia", None, A, A)),
        (
            "IL-33 may be a potential therapeutic target in asthma.",
            ("IL-33", "under_investigation_for", "asthma", None, A, S),
        ),
        (
            "Fever and fatigue occurred in patients receiving interferon.",
            ("interferon", "causes_adverse_event", "fatigue", None, A, A),
        ),
        (
            "Insulin has a half-life of about 5 minutes.",
            ("Insulin", "has_property", "half-life about 5 minutes", None, A, A),
        ),
    ],
)
def test_one_sentence(text: str, expected: Said) -> None:
    assert expected in said(text)


SILENCED = "siRNA silencing of SMAD3, but not of SMAD2, blunted TGF-β1-induced LIF secretion."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SILENCED, {("SMAD3", "increases", "LIF"), ("SMAD2", "no_effect", "LIF"), ("TGF-β1", "increases", "LIF")}),
        ("CCL2 was induced by OSM but not by LIF.", {("OSM", "increases", "CCL2"), ("LIF", "no_effect", "CCL2")}),
        ("IL-6, but not TNF, raised CRP.", {("IL-6", "increases", "CRP"), ("TNF", "no_effect", "CRP")}),
        (
            "IL-6 neither increased TIMP1 expression nor altered CCL2 release.",
            {("IL-6", "no_effect", "TIMP1"), ("IL-6", "no_effect", "CCL2")},
        ),
        ("OSM is a stronger inducer of CCL2 than LIF.", {("OSM", "increases", "CCL2"), ("LIF", "increases", "CCL2")}),
        ("Cells lacking OSMR no longer produced CCL2.", {("OSMR", "increases", "CCL2")}),
        ("Incubation of monocytes with IL-10 lowered TNF levels.", {("IL-10", "decreases", "TNF")}),
        ("LIF was without effect on CRP mRNA.", {("LIF", "no_effect", "CRP")}),
        ("CRP was lower in the tocilizumab group than in the placebo group.", {("tocilizumab", "decreases", "CRP")}),
        ("Ferritin fell in patients given anakinra.", {("anakinra", "decreases", "Ferritin")}),
        ("Hepcidin was lower in IL6-deficient mice.", {("IL6", "increases", "Hepcidin")}),
        ("No difference in fatigue was seen between anakinra and placebo.", {("anakinra", "no_effect", "fatigue")}),
        (
            "Macrophages released TNF upon stimulation with LPS.",
            {("TNF", "secreted_by", "Macrophages"), ("LPS", "increases", "TNF")},
        ),
        ("Cells were treated with IL-17A for 48 h; CCL20 mRNA rose.", {("IL-17A", "increases", "CCL20")}),
        ("Pretreatment with tofacitinib left CCL20 mRNA unchanged.", {("tofacitinib", "no_effect", "CCL20")}),
        ("Loss of IL17RA in mice protected against dermatitis.", {("IL17RA", "increases", "dermatitis")}),
        (
            "IL-17A is made by Th17 cells and by mast cells, and its production depends on IL-23.",
            {
                ("IL-17A", "secreted_by", "Th17 cells"),
                ("IL-17A", "secreted_by", "mast cells"),
                ("IL-23", "increases", "IL-17A"),
            },
        ),
        ("Keratinocytes respond to IL-22 with proliferation.", {("IL-22", "increases", "proliferation")}),
        ("Anakinra is not indicated for gout.", {("Anakinra", "treats", "gout")}),
        (
            "IL-17A inhibitors could prove useful in uveitis.",
            {("IL-17A inhibitors", "under_investigation_for", "uveitis")},
        ),
    ],
)
def test_one_sentence_says_this_and_nothing_else(text: str, expected: set[tuple[str, str, str]]) -> None:
    assert {(s, r, o) for s, r, o, *_ in said(text)} == expected


def test_coordination_is_split() -> None:
    found = {(s, r, o) for s, r, o, *_ in said("OSM and LIF bind LIFR but not IL6R.")}
    assert found == {(s, "binds", o) for s in ("OSM", "LIF") for o in ("LIFR", "IL6R")}
    assert {s for s in said("OSM and LIF bind LIFR but not IL6R.") if s[4] == R} == {
        ("OSM", "binds", "IL6R", None, R, A),
        ("LIF", "binds", "IL6R", None, R, A),
    }


def test_dose_duration_and_citations_are_those_of_the_agent() -> None:
    (found,) = read(Document("note", "LIF (10 ng/ml) increased SOCS3 mRNA after 2 h (Boulton et al. 1994)."))
    assert (found.dose, found.duration, found.citations) == ("10 ng/ml", "2 h", ("Boulton et al. 1994",))


def test_reading_is_repeatable_and_spans_are_exact() -> None:
    document = open_document(DATA / "il22_review.md")
    first = read(document)
    assert first and first == read(document)
    assert all(document.text[s.start : s.end] == s.quote and s.rule for s in first)


def _score(shared: Path, gold: Path, statements: list[Statement], tmp_path: Path) -> dict[str, Any]:
    pred = tmp_path / "pred.jsonl"
    pred.write_text("\n".join(json.dumps(s.to_json()) for s in statements), encoding="utf-8")
    command = [sys.executable, str(shared / "gold" / "score.py"), "--gold", str(gold), "--pred", str(pred), "--json"]
    scored: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return scored


@pytest.mark.shared
def test_the_figures_on_the_gold_documents(shared: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(
        "".join(p.read_text(encoding="utf-8") for p in sorted((shared / "gold" / "dev").glob("*.jsonl"))),
        encoding="utf-8",
    )
    statements = [s for path in sorted((shared / "seeds").glob("*.txt")) for s in read(open_document(path))]
    scored = _score(shared, gold, statements, tmp_path)
    assert scored["precision"] >= 0.95 and scored["recall"] >= 0.93
    least = {"sign": 0.95, "status": 0.95, "modality": 0.85, "dose": 0.9, "duration": 0.9, "citations": 0.95}
    assert {k: scored["slots"][k]["acc"] for k in least if scored["slots"][k]["acc"] < least[k]} == {}


@pytest.mark.shared
@pytest.mark.parametrize(
    "name",
    ["il22_review", "il1b_abstract", "tocilizumab_trial", "stellate_results", "epoetin_label", "il17_perspective"],
)
def test_the_figures_on_documents_of_other_styles(shared: Path, tmp_path: Path, name: str) -> None:
    """First scored before any rule had seen them (precision/recall): 0.84/0.68 (IL-22); those errors mended, 1.00/0.75
    (IL-1β); those mended, 1.00/0.75 (trial), 0.80/0.38 (results), 0.88/0.74 (label); those mended,
    0.88/0.58 (perspective).
    """
    statements = read(open_document(DATA / f"{name}.md"))
    scored = _score(shared, DATA / f"{name}.gold.jsonl", statements, tmp_path)
    assert scored["precision"] >= 0.85 and scored["recall"] >= 0.75


@pytest.fixture
def endpoint() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A local chat-completions server that answers from the file beside this test."""
    answer = (DATA / "endpoint_answer.txt").read_text(encoding="utf-8")
    asked: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            body = json.dumps({"choices": [{"message": {"content": answer}}]}).encode()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1", asked
    server.shutdown()
    server.server_close()


def test_the_endpoint_reader_keeps_only_exact_quotations(endpoint: tuple[str, list[dict[str, Any]]]) -> None:
    url, asked = endpoint
    document = Document("note", "# Liver\n\nIL-6 raises hepcidin in hepatocytes, whatever else is said of it.\n")
    found = read(document, readers=[Endpoint(url, "any")])
    assert [(s.subject, s.subject_id, s.relation, s.object, s.quote) for s in found] == [
        ("IL-6", "hgnc:6018", "increases", "hepcidin", "IL-6 raises hepcidin in hepatocytes")
    ]
    assert document.text[found[0].start : found[0].end] == found[0].quote
    assert len(asked) == 1 and asked[0]["temperature"] == 0


@pytest.mark.parametrize("text", ["Secreted.", "# IL6\n\nReduced.\n", "Up-regulated", "Induced it."])
def test_a_participle_alone_is_a_sentence(text: str) -> None:
    assert read(open_document(text.encode(), name="page.md")) == []


def test_an_endpoint_that_is_not_there_is_an_error() -> None:
    document = Document("note", "IL-6 raises hepcidin in hepatocytes.")
    with pytest.raises(InputError, match="cannot be reached"):
        read(document, readers=[Endpoint("http://127.0.0.1:9/v1", "any", timeout=2)])
    with pytest.raises(InputError, match="is not an http address"):
        read(document, readers=[Endpoint("file:///etc", "any")])
