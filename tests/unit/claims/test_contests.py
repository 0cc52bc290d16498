"""Which claims meet in a contest, what their evidence reports there, and why others only seem to contradict."""

from __future__ import annotations

import pytest

from claim_builders import claim, evidence, rh_il11_in_mouse
from pleio.base.errors import ClaimError
from pleio.claims.collection import ClaimSet
from pleio.claims.contest import contests_of, report, side, why_not_a_contest
from pleio.claims.merging import merge

FIBROBLAST = {"cell_type": "cl:0000057 fibroblast"}


def test_the_signs_of_one_effect_contest_each_other() -> None:
    up, down = claim(evidence(), id="up"), claim(evidence(source="pubmed:2"), id="down", relation="decreases")
    [contest] = contests_of([up, down])
    assert contest.outcomes == ("increases", "decreases", "no_effect")
    assert [each.id for each in contest.claims] == ["down", "up"]
    assert contest.is_contested
    assert why_not_a_contest(up, down) == ()
    assert contest.title == "IL11 → spreading (sufficiency)"


def test_species_do_not_part_a_contest_and_targets_do() -> None:
    human, mouse = (
        claim(evidence(), context={"species": "human"}),
        claim(evidence(), context={"species": "mouse"}, id="m"),
    )
    assert len(contests_of([human, mouse])) == 1
    assert len(contests_of([human, claim(evidence(), context=FIBROBLAST, id="f")])) == 2


def test_evidence_votes_only_in_its_own_question() -> None:
    both = claim(evidence(), evidence("null", "pubmed:2", form="knock-out"))
    contests = contests_of([both])
    assert [(each.question, [item.says for _, item in each.evidence]) for each in contests] == [
        ("necessity", ["null"]),
        ("sufficiency", ["supports"]),
    ]
    assert not any(each.is_contested for each in contests)


def test_binding_is_present_or_absent() -> None:
    [contest] = contests_of([claim(evidence("null"), relation="binds")])
    assert contest.outcomes == ("present", "absent")
    [(each, item)] = contest.evidence
    assert report(each, item) == {"absent"}


@pytest.mark.parametrize(
    ("relation", "says", "reports", "left"),
    [
        ("increases", "supports", None, {"increases"}),
        ("increases", "null", None, {"no_effect"}),
        ("increases", "refutes", None, {"decreases", "no_effect"}),
        ("increases", "refutes", "decreases", {"decreases"}),
        ("regulates", "supports", None, {"increases", "decreases"}),
        ("regulates", "refutes", None, {"no_effect"}),
        ("expressed_in", "supports", None, {"present"}),
        ("expressed_in", "refutes", None, {"absent"}),
    ],
)
def test_what_evidence_leaves(relation: str, says: str, reports: str | None, left: set[str]) -> None:
    each = claim(evidence(says, reports=reports), relation=relation)
    assert report(each, each.evidence[0]) == left


def test_mrna_unchanged_and_protein_raised_is_no_contradiction() -> None:
    mrna = claim(evidence("null"), id="mrna", aspect="mRNA")
    protein = claim(evidence(), id="protein", aspect="secretion")
    assert why_not_a_contest(mrna, protein) == ("the readouts differ: mRNA and secretion",)
    assert len(contests_of([mrna, protein])) == 2


def test_a_knock_out_does_not_contradict_a_treatment() -> None:
    drug, knock_out = claim(evidence(), id="drug"), claim(evidence(form="knock-out"), id="ko", relation="decreases")
    assert why_not_a_contest(drug, knock_out) == ("the questions differ: sufficiency and necessity",)


def test_apparent_contradictions_are_found_with_their_reason() -> None:
    mrna = claim(evidence("null"), id="mrna", aspect="mRNA")
    protein = claim(evidence(), evidence("null", "pubmed:2", form="knock-out"), id="protein", aspect="secretion")
    agreeing = claim(evidence("null"), id="agreeing", aspect="activity")
    claims = ClaimSet((mrna, protein, agreeing))
    found = claims.apparent_contradictions(claims.contest("protein", "sufficiency"))
    assert [(other.claims[0].id, other.question, reasons) for other, reasons in found] == [
        ("agreeing", "sufficiency", ("the readouts differ: secretion and activity",)),
        ("mrna", "sufficiency", ("the readouts differ: secretion and mRNA",)),
        ("protein", "necessity", ("the questions differ: sufficiency and necessity",)),
    ]
    assert {
        other.claims[0].id for other, _ in claims.apparent_contradictions(claims.contest("mrna", "sufficiency"))
    } == {"protein"}


def test_every_difference_is_named() -> None:
    first = claim(evidence(), context={**FIBROBLAST, "disease": "mondo:0005311 atherosclerosis"}, aspect="mRNA")
    second = claim(evidence(), id="d", relation="binds", object="pleio:other other")
    assert why_not_a_contest(first, second) == (
        "they are about different things",
        "the relations differ: increases and binds can both hold",
        "the readouts differ: mRNA and not named",
        "the cell type differs: fibroblast and not stated",
        "the disease differs: atherosclerosis and not stated",
    )


def test_the_name_of_a_contest_hangs_on_its_key_alone() -> None:
    [alone] = contests_of([claim(evidence())])
    [spelt_otherwise] = contests_of([claim(evidence(), id="z", subject="hgnc:5966 IL-11", note="x")])
    assert alone.id == spelt_otherwise.id == "hgnc-5966--effect--pleio-spreading--sufficiency"
    values = [claim(id=f"v{i}", relation="has_property", value=value) for i, value in enumerate(("178 aa", "199 aa"))]
    assert len({each.id for each in contests_of(values)}) == 2


def test_a_set_finds_claims_contests_and_neighbours() -> None:
    spread, erk = claim(evidence(), context=FIBROBLAST), claim(id="erk", object="fplx:ERK ERK", relation="decreases")
    claims = ClaimSet((spread, erk))
    assert claims.claims_about("il11") == (spread, erk)
    assert claims.claims_about("fplx:ERK") == (erk,)
    assert claims.filter(entity="IL11", relation="decreases") == (erk,)
    assert claims.filter(context="fibroblast") == (spread,)
    assert {end.name: [each.id for each in found] for end, found in claims.neighbours("IL11").items()} == {
        "ERK": ["erk"],
        "spreading": ["c"],
    }
    assert [each.claims for each in claims.contests("spreading", context="Fibroblast")] == [(spread,)]
    assert claims.contest("erk", "sufficiency").claims == (erk,)
    with pytest.raises(ClaimError, match=r"claim 'erl': does not exist; did you mean 'erk'\?"):
        claims["erl"]
    with pytest.raises(ClaimError, match="has no contest about necessity; it has one about sufficiency"):
        claims.contest("c", "necessity")


def test_laying_one_set_over_another_joins_what_means_the_same() -> None:
    shipped = ClaimSet((claim(evidence()),))
    own = ClaimSet((claim(evidence("null", "pubmed:7")), claim(id="own", object="pleio:other other")))
    joined = shipped.joined(own)
    assert [(each.id, len(each.evidence)) for each in joined] == [("c", 2), ("own", 0)]
    assert joined.public is joined
    assert shipped.joined(shipped).claims == shipped.claims


def test_a_private_layer_stays_out_of_what_is_public() -> None:
    shipped = ClaimSet((claim(evidence()),))
    own = ClaimSet((claim(evidence("null", "pubmed:7"), note="ours"), claim(id="own", object="pleio:other other")))
    joined = shipped.joined(own, private=True)
    assert len(joined) == 2
    assert joined.public == shipped
    more = ClaimSet((claim(id="later", object="pleio:third third"),))
    assert [each.id for each in joined.joined(more).public] == ["c", "later"]
    assert [each.id for each in joined.joined(more)] == ["c", "later", "own"]


def test_sets_that_disagree_on_an_assumption_are_not_joined() -> None:
    here, there = ClaimSet((), (rh_il11_in_mouse(),)), ClaimSet((), (rh_il11_in_mouse(0.5, 0.25, 0.25),))
    with pytest.raises(ClaimError, match="rhIL11-in-mouse: differs between the two sets; give one of them another id"):
        here.joined(there)


@pytest.mark.parametrize(
    ("relation", "says", "reports", "stands"),
    [
        ("increases", "supports", None, "for"),
        ("increases", "observation", None, "for"),
        ("increases", "observation", "no_effect", "null"),
        ("increases", "observation", "decreases", "against"),
        ("regulates", "observation", "decreases", "for"),
        ("increases", "null", None, "null"),
        ("increases", "refutes", None, "against"),
        ("binds", "refutes", None, "against"),
        ("binds", "null", None, "null"),
    ],
)
def test_evidence_stands_where_what_it_found_puts_it(
    relation: str, says: str, reports: str | None, stands: str
) -> None:
    more = {"observation": "o"} if says == "observation" else {}
    more |= {"reports": reports} if reports else {}
    each = claim(evidence(says, **more), relation=relation)
    assert side(each, each.evidence[0]) == stands


def test_what_has_no_direction_is_one_contest_whichever_end_is_named_first() -> None:
    ends = ("hgnc:5966 IL11", "hgnc:5967 IL11RA")
    there = claim(evidence(), id="there", relation="binds", subject=ends[0], object=ends[1])
    back = claim(evidence("null", "pubmed:2"), id="back", relation="binds", subject=ends[1], object=ends[0])
    [contest] = contests_of([there, back])
    assert [each.id for each in contest.claims] == ["back", "there"] and contest.is_contested
    assert len(contests_of([each.model_copy(update={"relation": "increases"}) for each in (there, back)])) == 2


def test_a_contest_takes_the_most_sceptical_prior_of_its_claims() -> None:
    mild, strict = claim(evidence(), id="mild"), claim(evidence(), id="strict", kind="disease_outcome")
    for claims in ([mild, strict], [strict, claim(evidence(), id="z")]):
        assert contests_of(claims)[0].kind == "disease_outcome"


def test_of_two_claims_that_are_one_the_strongest_word_and_all_that_is_stated_are_kept() -> None:
    """In either order; the kind is the one with the most sceptical prior."""
    said = {"directness": "direct", "kind": "disease_outcome", "margin": "20 %", "system": "in-vivo", "note": "seen"}
    full = claim(evidence(), id="full", rests_on=["p"], **said)
    bare = claim(evidence(source="pubmed:2"), id="bare", rests_on=["q"], directness="net")
    for found in (merge(full, bare), merge(bare, full)):
        assert {key: getattr(found, key) for key in said} == said
        assert (found.id, found.rests_on) == ("bare", ("p", "q"))
        assert {item.source for item in found.evidence} == {"pubmed:1", "pubmed:2"}


def test_a_second_private_layer_stays_out_of_what_is_public_too() -> None:
    base, first, second = (ClaimSet((claim(evidence(), id=i, object=f"pleio:{i} {i}"),)) for i in "abc")
    both = base.joined(first, private=True).joined(second, private=True)
    assert [each.id for each in both.public] == ["a"]
    opened = base.joined(first, private=True).joined(second)
    assert [each.id for each in opened.public] == ["a", "c"]
