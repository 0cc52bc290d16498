"""One's own claims are checked against what is known, and a document's proposals keep what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

import pleio
from pleio.base.errors import ClaimError, Problem
from pleio.claims.tables.joined import known
from pleio.formats.exchange import read_claims_file
from pleio.library.keeping import kept
from pleio.library.keeping.adding import Checks, disagreement
from pleio.reading import open_document, read
from pleio.reading.right import read_right

TABLE = """id,subject,relation,object,aspect,species,cell_type,says,finding,source,trust,n,premises,rests_on
a,hgnc:5966 IL6,increases,fplx:ERK ERK,phosphorylation,human,cl:0000057 fibroblast,null,None,pubmed:1,file,12,,
b,hgnc:5966 IL11,incraeses,fplx:ERK ERK,activity,human,cl:0000057 hepatocyte,null,None,pubmed:1,file,x,nothing,
c,hgnc:5966 IL11,increases,fplx:ERK ERK,abundance,human,cl:0000057 fibroblast,supports,Up,pubmed:1,file,3,,
c,hgnc:5966 IL11,increases,fplx:ERK ERK,abundance,human,cl:0000057 fibroblast,suports,Up,pubmed:1,file,3,,
il11-erk-fibroblast,hgnc:5966 IL11,increases,fplx:ERK ERK,activity,,,supports,Up,pubmed:1,file,3,,rhIL11-in-mose
"""
PAGE = b"""# IL11 gene

## Effects

- IL-11 (100 ng/ml) increases phosphorylation of ERK in human fibroblasts after 24 h[@cook2017][@nobody1999].
- Knockdown of IL11 reduces collagen in human fibroblasts[@smith2001].

## References

- [@cook2017]: Schafer S et al. Nature 2017;552:110-115. doi:10.1038/nature24676
- [@smith2001]: Smith A et al. J Test 2001;1:1-2.
"""


def test_every_problem_of_every_row_is_told_at_once_with_its_row_and_column(home: Path, tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text(TABLE)
    checks = Checks(kept.kept_claims(pleio.open("il11")))
    with pytest.raises(ClaimError) as caught:
        list(read_claims_file(table, "", checks))
    assert [problem.where for problem in caught.value.problems] == [
        "mine.csv:2 subject",
        "mine.csv:3 relation",
        "mine.csv:3 n",
        "mine.csv:3 cell_type",
        "mine.csv:3 premises",
        "mine.csv:5 says",
        "mine.csv:6 rests_on",
        "mine.csv:6 id",
    ]
    assert "IL6 is hgnc:6018" in str(caught.value)
    assert "did you mean 'rhIL11-in-mouse'" in str(caught.value)


def test_yaml_is_checked_alike(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(
        "- id: x\n  subject: hgnc:5966 IL6\n  relation: increases\n  object: hgnc:5967 IL11RA\n"
        "  rests_on: [none-such]\n  evidence:\n    - {says: perhaps}\n"
    )
    with pytest.raises(ClaimError) as caught:
        list(read_claims_file(file, "", Checks(kept.kept_claims(pleio.open("il11")))))
    places = [problem.where for problem in caught.value.problems]
    assert "mine.yaml:2 [0].subject" in places
    assert "mine.yaml:5 [0].rests_on[0]" in places
    assert any("says" in place for place in places)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("hgnc:5966 IL6", "hgnc:5966 is IL11, not IL6"),
        ("hgnc:5966 IL-11 receptor alpha", "hgnc:5966 is IL11, not IL-11 receptor alpha"),
        ("cl:0000057 hepatocyte", "cl:0000057 is fibroblast, not hepatocyte"),
        ("mondo:0005083 asthma", "mondo:0005083 is psoriasis, not asthma"),
        ("hgnc:5966 Foo", "hgnc:5966 is IL11, not Foo"),
    ],
)
def test_a_name_of_another_thing_is_refused(text: str, what: str) -> None:
    assert [problem.what for problem in disagreement("subject", text)] == [what]


@pytest.mark.parametrize(
    "text", ["hgnc:5966 IL-11", "hgnc:5966 interleukin 11", "hgnc:5966 recombinant IL11", "cl:0000057 Fibroblasts",
             "hgnc:5966", "pleio:own thing", "fplx:NoSuch name"],
)  # fmt: skip
def test_other_names_of_the_same_thing_pass(text: str) -> None:
    assert list(disagreement("subject", text)) == []


def test_every_name_in_the_library_agrees_with_its_curie() -> None:
    problems: list[Problem] = []
    for claim in pleio.open("il11").claims:
        parts = [claim.subject, claim.object]
        for context in (claim.context, *(item.context for item in claim.evidence)):
            parts += [part for part in (context.cell_type, context.tissue, context.disease) if part]
        problems += [problem for part in parts for problem in disagreement(claim.id, str(part))]
    assert problems == []


def test_proposals_keep_dose_duration_cell_and_citations(home: Path) -> None:
    store = kept.kept_claims(pleio.open("il11"))
    document = open_document(PAGE, name="page.md")
    statements = read(document)
    kept.propose(store, document, statements)
    with store.store.read() as connection:
        ids = [row[0] for row in connection.execute("SELECT id FROM claim WHERE state = 1 ORDER BY key")]
    erk, collagen = (known(store, id).claim for id in ids)
    given = erk.evidence[0].perturbation
    assert given is not None
    assert (given.agent, given.form, given.dose, given.duration) == ("IL-11", "added", "100 ng/ml", "24 h")
    assert erk.evidence[0].asks == "sufficiency"
    assert erk.evidence[0].cites == ("doi:10.1038/nature24676",)
    assert erk.note == "cites nobody1999, which its document does not list"
    assert erk.context.cell_type is not None
    assert erk.context.cell_type.curie == "cl:0000057"
    removed = collagen.evidence[0].perturbation
    assert removed is not None
    assert (collagen.relation, removed.form) == ("increases", "siRNA")
    (own,) = collagen.evidence[0].cites
    assert own.startswith("pleio:document/")
    with store.store.read() as connection:
        body = connection.execute("SELECT body FROM layer_reference WHERE curie = ?", (own,)).fetchone()[0]
    assert "Smith A et al. J Test 2001" in body
    rules = {statement.quote: statement.rule for statement in statements}
    for one in (erk, collagen):
        assert one.evidence[0].read_right == round(read_right(rules[one.evidence[0].finding]), 2)
