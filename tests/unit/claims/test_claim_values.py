"""Entities, claims and evidence: what they accept, what they mean, what they refuse."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from claim_builders import claim, evidence
from pleio.base.errors import ClaimError
from pleio.claims.claim import Claim, Context, Evidence
from pleio.claims.entity import Entity
from pleio.claims.tables.lines import claim_from


def test_an_entity_is_its_curie() -> None:
    entity = Entity.model_validate("hgnc:5966 IL11")
    assert (entity.curie, entity.name, str(entity)) == ("hgnc:5966", "IL11", "hgnc:5966 IL11")
    assert entity == Entity.model_validate("hgnc:5966 interleukin 11")
    assert Entity.model_validate("fplx:ERK").name == "fplx:ERK"


def test_the_meaning_is_what_is_claimed_and_the_digest_also_who_says_so() -> None:
    bare, backed = claim(), claim(evidence())
    assert bare.meaning == backed.meaning
    assert bare.digest != backed.digest
    assert len(bare.meaning) * 4 >= 128
    assert claim(id="other", subject="hgnc:5966 IL-11", note="x").meaning == bare.meaning
    for change in (
        {"relation": "decreases"},
        {"aspect": "protein"},
        {"object": "pleio:other other"},
        {"context": {"species": "human"}},
        {"comparator": "IL-6"},
    ):
        assert claim(**change).meaning != bare.meaning


def test_the_digest_does_not_depend_on_the_order_of_evidence_or_on_the_id() -> None:
    first, second = evidence(source="pubmed:1"), evidence(source="pubmed:2")
    assert claim(first, second).digest == claim(second, first, id="renamed").digest


def test_binding_has_no_direction() -> None:
    ends = ("hgnc:5966 IL11", "hgnc:5967 IL11RA")
    there = claim(relation="binds", subject=ends[0], object=ends[1])
    back = claim(relation="binds", subject=ends[1], object=ends[0])
    assert there.meaning == back.meaning


@pytest.mark.parametrize(
    ("form", "question"),
    [
        ("recombinant", "sufficiency"),
        ("transgene", "sufficiency"),
        ("knock-out", "necessity"),
        ("siRNA", "necessity"),
        ("antibody", "necessity"),
        ("antagonist", "necessity"),
        ("endogenous", "association"),
    ],
)
def test_the_form_of_perturbation_decides_the_question(form: str, question: str) -> None:
    assert Evidence.model_validate(evidence(form=form)).asks == question


def test_a_stated_question_goes_before_the_form_and_nothing_given_asks_for_association() -> None:
    assert Evidence.model_validate(evidence(form="knock-out", question="sufficiency")).asks == "sufficiency"
    bare = {"says": "supports", "finding": "x", "source": "pubmed:1", "trust": "file"}
    assert Evidence.model_validate(bare).asks == "association"


@pytest.mark.parametrize(
    ("keys", "kind"),
    [
        ({"aspect": "phosphorylation"}, "receptor_proximal"),
        ({"aspect": "secretion"}, "cell_phenotype"),
        ({"aspect": "phenotype"}, "disease_outcome"),
        ({"relation": "binds"}, "receptor_proximal"),
        ({"relation": "has_identifier"}, "structure"),
        ({"relation": "treats"}, "disease_outcome"),
        ({"relation": "treats", "kind": "pharmacology"}, "pharmacology"),
    ],
)
def test_the_kind_follows_from_relation_and_aspect(keys: dict[str, str], kind: str) -> None:
    assert claim(**{"kind": None, **keys}).kind == kind


def test_a_context_is_filled_from_another() -> None:
    mouse, fibroblast = Context(species="mouse"), Entity.model_validate("cl:0000057 fibroblast")
    assert mouse.over(Context(species="human", cell_type=fibroblast)) == Context(species="mouse", cell_type=fibroblast)


def test_a_bare_null_in_yaml_is_the_word() -> None:
    assert Evidence.model_validate({**evidence(), "says": None}).says == "null"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"relation": "no_effect"}, "a claim never has the relation 'no_effect'; claim what was tested and add"),
        ({"relation": "increase"}, "unknown relation 'increase'; did you mean 'increases'?"),
        ({"aspect": "mrna"}, "unknown aspect 'mrna'; did you mean 'mRNA'?"),
        ({"subject": "hgnc:IL11 IL11"}, "'IL11' is not a HGNC id"),
        ({"value": "178 aa"}, "'value' belongs to the relation has_property"),
        ({"context": {"species": "mose"}}, "unknown species 'mose'; did you mean 'mouse'?"),
        ({"effect": {"size": 2, "unit": "folds/wek"}}, "unknown unit 'wek'"),
        ({"effect": {"size": 2, "interval": [3, 1]}}, "interval [3.0, 1.0] runs backwards"),
        ({"id": "has space"}, "String should match pattern"),
    ],
)
def test_a_claim_refuses(change: dict[str, object], message: str) -> None:
    with pytest.raises(ValidationError) as fault:
        claim(**change)
    assert message in str(fault.value)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"says": "observation"}, "says 'observation' but names none"),
        ({"source": None}, "has no 'source'; a statement without one is 'secondary: true'"),
        ({"cites": ["pubmed:2"]}, "'cites' belongs to a statement without data of its own"),
        ({"power": 1.2}, "less than or equal to 1"),
        ({"n": 0}, "greater than or equal to 1"),
        ({"trust": "seen"}, "unknown trust tag 'seen'"),
        ({"reports": "increased"}, "unknown report 'increased'; did you mean 'increases'?"),
    ],
)
def test_evidence_refuses(change: dict[str, object], message: str) -> None:
    with pytest.raises(ValidationError) as fault:
        claim({**evidence(), **change})
    assert message in str(fault.value)


def test_a_direction_is_no_report_where_there_is_none() -> None:
    with pytest.raises(ValidationError, match="'reports' gives a direction, which 'binds' has none of"):
        claim(evidence(reports="increases"), relation="binds")


def test_values_cannot_be_changed() -> None:
    each: Claim = claim()
    with pytest.raises(ValidationError, match="frozen"):
        each.id = "other"  # type: ignore[misc]


def test_text_has_one_form_whatever_carried_it() -> None:
    plain = claim(evidence(finding="rose,\ntwice"))
    for odd in (" rose,\ntwice", "rose,\r\ntwice\t", "rose,\rtwice", "rose,\ntwice\x00"):
        assert claim(evidence(finding=odd)).digest == plain.digest
    assert Entity.model_validate("hgnc:5966 IL\x1b11\r\nα").name == "IL 11 α"
    with pytest.raises(ValidationError, match="is empty"):
        claim(evidence(finding="\x00 \x1f"))


@pytest.mark.parametrize(
    "where", ["id", "subject", "object", "note", "relation", "kind", "aspect", "finding", "source", "name"]
)
def test_half_a_character_is_no_text(where: str) -> None:
    content = {**claim(evidence()).to_json(), "note": "n", "comparator": "c"}
    if where in ("finding", "source"):
        content["evidence"][0][where] = "\ud800"
    elif where == "name":
        content["subject"] = {"curie": "hgnc:5966", "name": "\ud800"}
    else:
        content[where] = "hgnc:5966 \ud800"
    with pytest.raises(ClaimError, match=r"string|unknown") as caught:
        claim_from(content)
    str(caught.value).encode()


@pytest.mark.parametrize("aspect", ["process", "phenotype"])
def test_a_claim_in_words_says_an_aspect_only_where_the_name_of_the_object_does_not(aspect: str) -> None:
    named = claim(object="pleio:platelet-survival survival of platelets", aspect=aspect)
    assert "survival of platelets" in str(named) and aspect not in str(named)
    assert "phosphorylation" in str(claim(aspect="phosphorylation"))
