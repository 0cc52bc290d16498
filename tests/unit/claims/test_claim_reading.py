"""Reading YAML: the documented format is read, and everything wrong with all files is said at once, with its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pleio.base.errors import ClaimError
from pleio.claims.read import read_assumptions, read_claim_set, read_claims, read_references

DOCS = Path(__file__).resolve().parents[3] / "docs" / "claims.md"
GOOD = """
- id: il11-erk
  subject: hgnc:5966 IL11
  relation: increases
  object: fplx:ERK ERK
  aspect: phosphorylation
  evidence:
    - {says: null, finding: nothing moved, source: pubmed:1, trust: abstract}
"""


def test_the_examples_of_the_documentation_are_read() -> None:
    claims, assumptions, references = re.findall(r"```yaml\n(.*?)```", DOCS.read_text("utf-8"), re.S)
    found = read_claim_set(claims, assumptions, references)
    assert [len(part) for part in (found.claims, found.assumptions, found.references)] == [1, 1, 1]
    assert found.claims[0].evidence[0].source == found.references[0].curie


def test_the_documentation_names_every_key() -> None:
    from pleio.claims.assumption import AppliesTo, Assumption, State
    from pleio.claims.claim import Claim, Context, Effect, Evidence, Perturbation
    from pleio.claims.reference import Reference

    text = DOCS.read_text("utf-8")
    for model in (Claim, Context, Effect, Evidence, Perturbation, Assumption, State, AppliesTo, Reference):
        for key, field in model.model_fields.items():
            assert re.search(rf"\b{field.alias or key}\b", text, re.I), f"{model.__name__}.{key} is not in {DOCS.name}"


def test_the_documentation_names_every_word() -> None:
    from pleio.claims import vocabulary as v

    text = DOCS.read_text("utf-8")
    lists = (v.RELATIONS, v.ASPECTS, v.KINDS, v.SPEECH, v.MODALITIES, v.TRUST, v.QUESTIONS, v.FORMS, v.SPECIES)
    missing = [word for words in lists for word in words if not re.search(rf"(?<![\w-]){word}(?![\w-])", text)]
    assert missing == []


def test_a_folder_is_all_its_yaml_files(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD)
    (tmp_path / "b.yaml").write_text(GOOD.replace("il11-erk", "il11-erk-again"))
    (tmp_path / "notes.md").write_text("not claims")
    assert [claim.id for claim in read_claims(tmp_path)] == ["il11-erk", "il11-erk-again"]


def test_all_problems_of_all_files_are_said_at_once(tmp_path: Path) -> None:
    first, second, third = (tmp_path / name for name in ("a.yaml", "b.yaml", "missing.yaml"))
    first.write_text(
        GOOD
        + """
- id: wrong
  subject: hgnx:1 X
  relation: increase
  objekt: fplx:ERK
  evidence:
    - {says: suports, finding: f, source: pubmed:1, trust: abstract}
"""
    )
    second.write_text("id: not-a-list\n")
    with pytest.raises(ClaimError) as fault:
        read_claims([first, second, third])
    said = {(problem.where.removeprefix(str(tmp_path) + "/"), problem.what) for problem in fault.value.problems}
    assert said == {
        ("a.yaml:11 [1].subject.curie", "'hgnx:1': unknown prefix 'hgnx'; did you mean 'hgnc'?"),
        ("a.yaml:12 [1].relation", "unknown relation 'increase'; did you mean 'increases'?"),
        ("a.yaml:13 [1].objekt", "unknown key 'objekt'"),
        ("a.yaml:10 [1]", "'object' is missing"),
        ("a.yaml:15 [1].evidence[0].says", "unknown 'says' 'suports'; did you mean 'supports'?"),
        ("b.yaml:1", "should hold a list"),
        ("missing.yaml", "does not exist"),
    }


def test_names_that_stand_for_nothing_are_found_across_files() -> None:
    claims = GOOD + GOOD.replace("source: pubmed:1", "source: pubmed:2, rests_on: [rh-in-mouse]")
    assumptions = """
- id: rhIL11-in-mouse
  premise: it signals
  why: reports differ
  states:
    - {name: yes_it_does, effect: support, prior: {sceptic: 0.5, neutral: 0.5, believer: 0.5}}
    - {name: not_so, effect: noise, prior: {sceptic: 0.5, neutral: 0.5, believer: 0.5}}
"""
    references = "pubmed:1: {title: A title, trust: abstract}\n"
    with pytest.raises(ClaimError) as fault:
        read_claim_set(claims, assumptions, references)
    assert [str(problem) for problem in fault.value.problems] == [
        "text:10 [1].id: the id 'il11-erk' is given twice; rename one",
        "text:16 [1].evidence[0].rests_on[0]: there is no assumption 'rh-in-mouse'; did you mean 'rhIL11-in-mouse'?",
        "text:16 [1].evidence[0].source: 'pubmed:2' is not among the references; did you mean 'pubmed:1'?",
    ]


def test_assumptions_must_be_distributions_over_distinct_states() -> None:
    state = "{name: a, effect: support, prior: {sceptic: 0.5, neutral: 0.5, believer: 0.4}}"
    text = f"- {{id: x, premise: p, why: w, states: [{state}, {state.replace('name: a', 'name: b')}]}}"
    with pytest.raises(ClaimError, match=r"the believer priors of its states add up to 0\.8, not to 1"):
        read_assumptions(text)
    with pytest.raises(ClaimError, match="a state is given twice: a, a"):
        read_assumptions(f"- {{id: x, premise: p, why: w, states: [{state}, {state}]}}")
    with pytest.raises(ClaimError, match="the id 'x' is given twice"):
        good = text.replace("0.4", "0.5")
        read_assumptions(good + "\n" + good)


def test_references_are_checked() -> None:
    with pytest.raises(ClaimError) as fault:
        read_references("pubmd:1: {title: A, trust: abstract}\npubmed:2: {titel: B, trust: seen}\n")
    said = " ".join(problem.what for problem in fault.value.problems)
    for part in ("unknown prefix 'pubmd'", "unknown key 'titel'", "'title' is missing", "unknown trust tag 'seen'"):
        assert part in said


@pytest.mark.parametrize("text", ["", "- null\n", "- 3\n", "- [a]\n", "a: &x [1]\nb: *x\n", "- {id: a\n", "\x00"])
def test_what_is_not_claims_is_an_error_and_not_a_crash(text: str) -> None:
    with pytest.raises(ClaimError):
        read_claims(text)
