"""Retrodictions: dated, independent, scored by what was known then; the page says what the script computes."""

from __future__ import annotations

import importlib.util
import math
from pathlib import Path

import pytest

import pleio
from pleio.base.errors import ClaimError
from pleio.library.validation.retrodiction import Retrodiction, Scored, candidates, gains, read_retrodictions, score

ROOT = Path(__file__).resolve().parents[3]
IL11 = pleio.open("il11")


def test_the_list_is_what_the_rule_gives_without_choosing_among_it() -> None:
    entries = read_retrodictions(IL11)
    assert len(entries) >= 30
    assert set(entries) == set(candidates(IL11))
    assert len({(each.claim, each.question) for each in entries}) == len(entries)


def test_later_is_later_and_of_another_laboratory() -> None:
    for entry in read_retrodictions(IL11):
        contest = IL11.claims.contest(entry.claim, entry.question)
        later = {item.laboratory for _, item in contest.evidence if item.source == entry.later}
        before = {
            item.laboratory
            for _, item in contest.evidence
            if item.source and (IL11.references[item.source].year or 9999) <= entry.until
        }
        assert (IL11.references[entry.later].year or 0) > entry.until
        assert not (later & before) - {None}, entry


def test_a_later_source_that_is_not_later_is_refused() -> None:
    entry = read_retrodictions(IL11)[0]
    with pytest.raises(ClaimError, match="reports nothing later"):
        score(IL11, [entry.model_copy(update={"until": 2100})])
    its_year = IL11.references[entry.later].year
    with pytest.raises(ClaimError, match="reports nothing later"):  # of one year nobody knows which came first
        score(IL11, [entry.model_copy(update={"until": its_year})])
    with pytest.raises(ClaimError, match="does not exist"):
        score(IL11, [Retrodiction(claim="no-such", question="necessity", until=2000, later="pubmed:1")])


def test_what_came_later_makes_no_difference() -> None:
    entry = next(each for each in read_retrodictions(IL11) if each.claim == "il11-platelets")
    (first,) = score(IL11, [entry])
    claims = [
        claim.model_copy(
            update={"evidence": tuple(e for e in claim.evidence if _old(e.source, entry) or e.source == entry.later)}
        )
        for claim in IL11.claims
    ]
    (second,) = score(IL11.with_claims(type(IL11.claims)(tuple(claims), IL11.claims.assumptions)), [entry])
    assert (second.model, second.prior) == pytest.approx((first.model, first.prior), rel=1e-9)


def _old(source: str | None, entry: Retrodiction) -> bool:
    return bool(source) and (IL11.references[source or ""].year or 9999) <= entry.until


def test_gains_are_mean_log_ratios_and_a_model_that_says_the_prior_gains_nothing() -> None:
    scored = [Scored(f"c{i}", 2000, 2001, f"s{i}", "increases", "agrees", 0.5, 0.25, 0.5) for i in range(6)]
    base, prior = gains(scored)
    assert (base.gain, base.low, base.high) == (0, 0, 0)
    assert prior.gain == pytest.approx(math.log(2))


def test_the_page_says_what_the_script_computes() -> None:
    spec = importlib.util.spec_from_file_location("score_retrodictions", ROOT / "scripts" / "score_retrodictions.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.section() in script.PAGE.read_text(encoding="utf-8")
