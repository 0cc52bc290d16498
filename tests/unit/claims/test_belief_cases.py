"""The cases that must come out right whatever the constants: who outvotes whom, and who does not vote at all."""

from __future__ import annotations

import pytest

from claim_builders import beliefs, claim, evidence, outcomes, review, rh_il11_in_mouse
from pleio.claims.vocabulary import BANDS, KINDS

SIX_MOUSE_PAPERS = [evidence(source=f"pubmed:{i}", species="mouse", laboratory="A") for i in range(1, 7)]
SIX_MOUSE_PAPERS_ON_HUMAN_IL11 = [
    evidence(source=f"pubmed:{i}", species="mouse", from_="human", laboratory="A") for i in range(1, 7)
]
KNOCK_OUT_NULLS = [evidence("null", f"pubmed:{i}", form="knock-out", species="mouse", power=0.9) for i in (11, 12)]
AGONIST_TRIALS = [evidence(source=f"pubmed:{i}", n=20) for i in (21, 22, 23)]
TWO_POSITIVES = [evidence(source="pubmed:31", n=6), evidence(source="pubmed:32", n=6)]


def odds(p: float) -> float:
    return p / (1 - p)


@pytest.mark.parametrize("band", BANDS)
def test_knock_outs_without_phenotype_leave_a_drug_effect_standing(band: str) -> None:
    both = beliefs(claim(*KNOCK_OUT_NULLS, *AGONIST_TRIALS, kind="pharmacology"), band=band)
    alone = beliefs(claim(*AGONIST_TRIALS, kind="pharmacology"), band=band)
    drug = both.of("c", "sufficiency").outcomes
    assert drug == alone.of("c", "sufficiency").outcomes
    assert drug["increases"] > (0.5 if band == "sceptic" else 0.9)
    assert both.of("c", "necessity").leading == "no_effect"
    # they would have mattered, had they asked the same question
    misread = [{**item, "question": "sufficiency"} for item in KNOCK_OUT_NULLS]
    merged = outcomes(claim(*misread, *AGONIST_TRIALS, kind="pharmacology"), band=band)
    assert odds(merged["increases"]) < odds(drug["increases"]) / 1.5


def test_a_small_null_does_not_overturn_two_positives_and_a_powered_one_does() -> None:
    before = outcomes(claim(*TWO_POSITIVES))
    small = outcomes(claim(*TWO_POSITIVES, evidence("null", "pubmed:40", n=3)))
    powered = outcomes(claim(*TWO_POSITIVES, evidence("null", "pubmed:40", n=60)))
    assert before["increases"] > 0.65
    assert small["increases"] > 1.5 * small["no_effect"]
    assert powered["no_effect"] > 1.5 * powered["increases"]
    assert before["increases"] > small["increases"] > powered["increases"]


@pytest.mark.parametrize("band", BANDS)
def test_a_null_weighs_more_the_more_it_could_have_seen(band: str) -> None:
    nulls = [evidence("null", "pubmed:40", power=power) for power in (0.0, 0.2, 0.5, 0.8, 0.95)]
    after = [outcomes(claim(*TWO_POSITIVES, null), band=band)["no_effect"] for null in nulls]
    assert after == sorted(after)
    assert after[0] == pytest.approx(outcomes(claim(*TWO_POSITIVES), band=band)["no_effect"], abs=1e-9)


@pytest.mark.parametrize("kind", KINDS[1:])
@pytest.mark.parametrize("band", BANDS)
def test_six_mouse_papers_of_one_laboratory_do_not_beat_one_good_human_study(band: str, kind: str) -> None:
    mouse = claim(*SIX_MOUSE_PAPERS, kind=kind)
    human = claim(evidence(source="pubmed:99", power=0.9), id="d", relation="decreases", kind=kind)
    found = outcomes(mouse, human, band=band)
    assert outcomes(mouse, band=band)["increases"] > outcomes(mouse, band=band)["decreases"]
    if band == "neutral":
        assert found["decreases"] > 1.1 * found["increases"]
    elif band == "believer":
        assert found["decreases"] > found["increases"]
    else:  # the sceptic doubts the human study as well, and believes neither
        assert found["no_effect"] > found["increases"]


def test_more_mouse_papers_of_that_laboratory_add_nothing_more() -> None:
    sixty = [evidence(source=f"pubmed:{i}", species="mouse", laboratory="A") for i in range(1, 61)]
    six, many = outcomes(claim(*SIX_MOUSE_PAPERS))["increases"], outcomes(claim(*sixty))["increases"]
    assert six <= many < six + 0.01
    apart = [evidence(source=f"pubmed:{i}", species="mouse", laboratory=f"L{i}") for i in range(1, 7)]
    assert outcomes(claim(*apart))["increases"] > six


@pytest.mark.parametrize("band", BANDS)
def test_ten_reviews_of_one_paper_count_as_one(band: str) -> None:
    paper = evidence(source="pubmed:1")
    reviews = [review(["pubmed:1"], source=f"pubmed:{900 + i}") for i in range(10)]
    once = outcomes(claim(paper), band=band)
    assert outcomes(claim(paper, *reviews), band=band) == once
    # without the paper itself they still count once, through it, and a little less for being second hand
    one, ten = outcomes(claim(reviews[0]), band=band), outcomes(claim(*reviews), band=band)
    assert one == ten
    prior = outcomes(claim(), band=band)
    assert prior["increases"] + 0.02 < one["increases"] < once["increases"] - 0.005


def test_reviews_that_cite_nothing_weigh_almost_nothing_however_many() -> None:
    uncited = [review([], source=f"pubmed:{900 + i}") for i in range(10)]
    prior, after = outcomes(claim()), outcomes(claim(*uncited))
    assert 0 < after["increases"] - prior["increases"] < 0.02


def test_with_the_reversed_assumption_the_same_six_papers_argue_the_other_way() -> None:
    six = claim(*SIX_MOUSE_PAPERS_ON_HUMAN_IL11)
    prior = outcomes(claim())
    by_state = {
        state: outcomes(six, assumptions=(rh_il11_in_mouse(),), given={"rhIL11-in-mouse": state})
        for state in ("agonist", "weak_agonist", "antagonist")
    }
    assert by_state["agonist"]["increases"] > prior["increases"] + 0.15
    assert by_state["weak_agonist"] == pytest.approx(prior)
    assert by_state["antagonist"]["decreases"] == pytest.approx(by_state["agonist"]["increases"])
    assert by_state["antagonist"]["increases"] == pytest.approx(by_state["agonist"]["decreases"])


def test_other_evidence_tells_the_states_of_an_assumption_apart() -> None:
    human = claim(*(evidence(source=f"pubmed:{i}", n=30) for i in (51, 52, 53)), id="d", relation="decreases")
    joint = beliefs(claim(*SIX_MOUSE_PAPERS_ON_HUMAN_IL11), human, assumptions=(rh_il11_in_mouse(),))
    states = joint.assumptions["rhIL11-in-mouse"].states
    assert states["antagonist"] > 1 / 3 + 0.1 > 1 / 3 - 0.05 > states["agonist"]
    # and what is learnt there carries over to another contest that rests on it
    elsewhere = claim(
        *(evidence(source=f"pubmed:{i}", species="mouse", from_="human") for i in (61, 62)),
        id="e",
        object="pleio:other other",
    )
    apart = outcomes(elsewhere, assumptions=(rh_il11_in_mouse(),))
    together = outcomes(elsewhere, claim(*SIX_MOUSE_PAPERS_ON_HUMAN_IL11), human, assumptions=(rh_il11_in_mouse(),))
    assert apart["increases"] == pytest.approx(apart["decreases"])
    assert together["decreases"] > together["increases"] + 0.05


@pytest.mark.parametrize("band", BANDS)
def test_no_evidence_stays_the_prior_and_says_so(band: str) -> None:
    found = beliefs(claim(), band=band).of("c", "sufficiency")
    assert found.outcomes == pytest.approx(found.prior, abs=1e-12)
    assert found.status == "no evidence"
    assert found.evidence == ()
    assert found.why.startswith("No primary evidence: this is the prior of a cell-phenotype claim")


def test_agreeing_statements_of_one_paper_are_one_report() -> None:
    once = claim(evidence(source="pubmed:1"))
    thrice = claim(
        *(evidence(source="pubmed:1", modality=m) for m in ("asserted", "hedged")), evidence(source="pubmed:1")
    )
    assert outcomes(thrice) == outcomes(once)
    silent = beliefs(thrice).of("c", "sufficiency").silent
    assert [each.reason for each in silent] == ["the same source already says so"] * 2


def test_hedged_statements_count_half_and_speculative_ones_not_at_all() -> None:
    prior = outcomes(claim())["increases"]
    shifts = [
        outcomes(claim(evidence(modality=modality)))["increases"] - prior
        for modality in ("asserted", "hedged", "speculative")
    ]
    assert shifts[0] > 1.5 * shifts[1] > 0
    assert shifts[2] == pytest.approx(0, abs=1e-12)
    [report] = beliefs(claim(evidence(modality="hedged"))).of("c", "sufficiency").reports
    [firm] = beliefs(claim(evidence())).of("c", "sufficiency").reports
    assert report.rho == firm.rho / 2


def test_an_observation_is_shown_and_has_no_weight() -> None:
    observed = {
        "says": "observation",
        "finding": "x",
        "trust": "abstract",
        "observation": "platelets",
        "source": "pubmed:9",
    }
    found = beliefs(claim({**observed, "question": "sufficiency"})).of("c", "sufficiency")
    assert found.outcomes == pytest.approx(found.prior)
    assert [each.reason for each in found.silent] == ["used as an observation"]
    assert (found.status, found.is_prior, found.observations) == ("used as data", True, ("platelets",))
    assert "it leaves out 1 finding of 'increases', used as data (the observation platelets)" in found.why
    assert "is no doubt about it" in found.why
    assert "No primary evidence" not in found.why
    assert found.remark == "prior; 1 finding used as data, not counted"
    assert found.would_change.startswith("Apart from what is used as data, a well-powered")


def test_evidence_beside_an_observation_is_evidence_and_the_observation_is_told() -> None:
    observed = {"says": "observation", "finding": "x", "trust": "abstract", "observation": "o", "source": "pubmed:9"}
    found = beliefs(claim({**observed, "question": "sufficiency"}, evidence())).of("c", "sufficiency")
    assert found.status == "evidence"
    assert "The number leaves out 1 more finding of 'increases', used as data (the observation o)" in found.why
    assert found.remark == "1 finding used as data, not counted"


def test_an_observation_is_told_by_what_it_found_and_not_by_what_its_claim_states() -> None:
    seen = {"says": "observation", "finding": "x", "trust": "abstract", "question": "sufficiency"}
    pieces = [
        {**seen, "observation": "up", "source": "pubmed:8"},
        {**seen, "observation": "also-up", "source": "pubmed:9"},
        {**seen, "observation": "flat", "source": "pubmed:10", "reports": "no_effect"},
    ]
    why = beliefs(claim(*pieces)).of("c", "sufficiency").why
    assert "2 findings of 'increases' and 1 finding of 'no effect'" in why
    assert "the observations also-up, flat, up" in why


def test_a_belief_on_evidence_alone_needs_no_remark() -> None:
    assert beliefs(claim(evidence())).of("c", "sufficiency").remark == ""
    assert beliefs(claim()).of("c", "sufficiency").remark == "no evidence"


def test_what_is_shown_of_a_belief_is_short() -> None:
    assert len(repr(beliefs(claim(evidence())).of("c", "sufficiency"))) < 3_000


def test_a_denial_leaves_everything_but_what_it_denies() -> None:
    found = outcomes(claim(evidence("refutes", power=0.9)))
    prior = outcomes(claim())
    assert found["increases"] < prior["increases"]
    assert found["no_effect"] > prior["no_effect"]


def test_less_trusted_sources_weigh_less() -> None:
    trusted = [
        outcomes(claim(evidence(trust=tag)))["increases"] for tag in ("unv-L", "unv-M", "unv-H", "abstract", "file")
    ]
    assert trusted == sorted(trusted)
    assert trusted[-1] > trusted[0] + 0.1


def test_what_a_person_read_is_weighed_by_its_trust_alone() -> None:
    """The digest is that of evidence from before rules had a probability: stores and citations stay good."""
    paper = claim(evidence(source="pubmed:1")).evidence[0]
    assert paper.read_right is None and "read_right" not in paper.to_json()
    assert paper.digest == "cbf43c51d697f2d29108aa24511b8939a350512b473a32682ea5f61f119c96b9"
    by_file = claim(evidence(source="pubmed:1", trust="file"))
    surely = claim(evidence(source="pubmed:1", trust="file", read_right=1.0))
    for band in BANDS:
        assert outcomes(surely, band=band) == outcomes(by_file, band=band)


@pytest.mark.parametrize("band", BANDS)
@pytest.mark.parametrize("says", ["supports", "null", "refutes"])
def test_a_claim_that_a_poor_rule_read_is_believed_less(band: str, says: str) -> None:
    def of(**keys: float) -> float:
        found = beliefs(claim(evidence(says, trust="file", **keys)), band=band).of("c", "sufficiency")
        return found.outcomes["increases"] - found.prior["increases"]

    by_person, shifts = of(), [of(read_right=p) for p in (0.9, 0.7, 0.4, 0.1, 0.0)]
    assert [abs(shift) for shift in shifts] == sorted((abs(shift) for shift in shifts), reverse=True)
    assert abs(by_person) > abs(shifts[0]) and shifts[0] * by_person > 0
    assert shifts[-1] == pytest.approx(0, abs=1e-12), "a rule that is never right says nothing"


@pytest.mark.parametrize("band", BANDS)
def test_a_good_rule_does_not_make_up_for_a_source_that_nobody_saw(band: str) -> None:
    guessed = claim(evidence(trust="unv-L"))
    assert outcomes(claim(evidence(trust="unv-L", read_right=0.99)), band=band) == outcomes(guessed, band=band)


@pytest.mark.parametrize("band", BANDS)
def test_a_reading_counts_through_what_it_cites_and_less_than_the_paper_itself(band: str) -> None:
    """A page read by a rule: what it cites counts once, fainter than if a person had read the page, or the paper."""
    page = review(["pubmed:1"], source="pleio:document/d", trust="file")
    paper, read = evidence(source="pubmed:1"), {**page, "read_right": 0.6}
    chances = [outcomes(claim(item), band=band)["increases"] for item in (read, page, paper)]
    assert chances == sorted(chances) and chances[0] < chances[1]
    assert outcomes(claim(paper, read), band=band) == outcomes(claim(paper), band=band)


def test_a_review_that_misquotes_a_paper_that_speaks_for_itself_adds_nothing() -> None:
    paper = evidence(source="pubmed:1")
    misquoted = review(["pubmed:1"], says="null", power=0.95)
    found = beliefs(claim(paper, misquoted)).of("c", "sufficiency")
    assert found.outcomes == outcomes(claim(paper))
    assert [each.reason for each in found.silent] == ["its primary source speaks for itself"]


def test_what_a_paper_says_stands_though_another_statement_of_it_rests_on_what_failed() -> None:
    """The mouse experiment is the better one; where it means nothing, the human one is still there."""
    human = evidence(source="pubmed:1", trust="unv-M", n=3)
    mouse = evidence(source="pubmed:1", species="mouse", from_="human", trust="file", n=60)
    both = outcomes(claim(human, mouse), assumptions=(rh_il11_in_mouse(),), given={"rhIL11-in-mouse": "weak_agonist"})
    alone = outcomes(claim(human), assumptions=(rh_il11_in_mouse(),))
    assert both == pytest.approx(alone, abs=1e-12)
    assert alone["increases"] > outcomes(claim())["increases"] + 0.01


@pytest.mark.parametrize(
    ("part", "here", "elsewhere"),
    [
        ("cell_type", "cl:0000057 fibroblast", "cl:0000556 megakaryocyte"),
        ("tissue", "uberon:0002048 lung", "uberon:0002107 liver"),
        ("disease", "mondo:0005300 chronic kidney disease", "mondo:0005180 Parkinson disease"),
    ],
)
def test_evidence_from_another_cell_tissue_or_disease_counts_less(part: str, here: str, elsewhere: str) -> None:
    near, far, unstated = (
        outcomes(claim(evidence(context=context), context={part: here}))["increases"]
        for context in ({part: here}, {part: elsewhere}, {})
    )
    assert near == unstated > far + 0.01 > outcomes(claim())["increases"] + 0.02


def test_a_laboratory_is_one_however_its_name_is_typed() -> None:
    def of(*names: str) -> float:
        papers = (evidence(source=f"pubmed:{i}", laboratory=name) for i, name in enumerate(names))
        return outcomes(claim(*papers))["increases"]

    assert of("Smith laboratory", "SMITH  Laboratory ", "smith laboratory") == of(*["Smith laboratory"] * 3)
    assert of("Smith laboratory", "Jones laboratory", "Lee laboratory") > of(*["Smith laboratory"] * 3)
