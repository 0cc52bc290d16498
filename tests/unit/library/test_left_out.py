"""A source that is left out says nothing: not itself, not through others, not by what was fitted to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from claim_builders import claim, evidence, review
from pleio.base.quantities import parse_distribution
from pleio.claims.belief.beliefs import believe
from pleio.claims.collection import ClaimSet
from pleio.inference.observations import Observation
from pleio.inference.wording.sources import worded_source
from pleio.library import open as open_library
from pleio.library.readouts.readouts import LibraryReadouts, read_all
from pleio.library.validation import validation
from pleio.library.validation.forecasts import Forecaster, with_fitted_rows, without_source
from pleio.library.validation.sides import Side

IL11 = open_library("il11")
READOUTS = LibraryReadouts(IL11)
OTHERS = (evidence(source="pubmed:2"), evidence("null", "pubmed:3", power=0.8))
SIDE = Side(
    ("platelets",), "human", (), (("share", "lognormal(0.5, 20 %)"), ("stated", "2")), ((),),
    (("share", "lognormal(0.5, 90 %)"), ("stated", "2")),
)  # fmt: skip


@pytest.mark.parametrize(
    "said",
    [
        evidence(source="pubmed:1"),
        evidence(source="pubmed:1", modality="hedged"),
        review(["pubmed:1"]),
        review(["pubmed:9"], source="pubmed:1"),
    ],
)
def test_a_belief_without_a_source_is_as_if_it_had_said_nothing(said: dict[str, Any]) -> None:
    whole, without = (ClaimSet((claim(*OTHERS, *more),)) for more in ((said,), ()))
    heard, expected = (dict(believe(of).of("c", "sufficiency").outcomes) for of in (whole, without))
    found = believe(without_source(whole, "pubmed:1"))
    assert dict(found.of("c", "sufficiency").outcomes) == expected != heard
    assert without_source(whole, "") is whole


def test_a_review_of_several_papers_counts_through_the_others() -> None:
    several = claim(*OTHERS, review(["pubmed:1", "pubmed:8"]))
    other = claim(*OTHERS, review(["pubmed:8"]))
    found = believe(without_source(ClaimSet((several,)), "pubmed:1")).of("c", "sufficiency")
    assert {report.source for report in found.reports} == {"pubmed:2", "pubmed:3", "pubmed:8"}
    assert found.outcomes == believe(ClaimSet((other,))).of("c", "sufficiency").outcomes


def test_rows_that_a_size_was_fitted_to_speak_of_its_sign_unless_their_source_is_left_out() -> None:
    source_of = {row.id: row.source for row in read_all(IL11)}

    def spoken(left_out: str) -> set[tuple[str, str]]:
        changed = with_fitted_rows(IL11, left_out)
        return {
            (one.id, before.observation)
            for one, other in zip(IL11.claims, changed, strict=True)
            for before, after in zip(one.evidence, other.evidence, strict=True)
            if before.observation and (before.says, after.says) == ("observation", "supports")
        }

    every = spoken("")
    assert every and spoken("pubmed:no-such") == every
    uses = {row.id: row.use for row in read_all(IL11)}
    assert {uses[row] for _, row in every} == {"fit"}
    for source in {source_of[row] for _, row in every}:
        assert spoken(source) == {(id, row) for id, row in every if source_of[row] != source} != every


def test_what_is_left_out_reaches_the_simulation_and_the_prior_leaves_out_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    forecaster = Forecaster(IL11, READOUTS, worlds=8, subjects=1)
    source = next(iter(sorted(forecaster.heard)))
    asked: list[tuple[str, str]] = []

    def simulate(side: Side, names: Sequence[str], horizon: float, forecast: str, left_out: str) -> Any:
        asked.append((forecast, left_out))
        return None, []

    monkeypatch.setattr(forecaster, "_simulate", simulate)
    for forecast in ("own", "off", "prior"):
        for left_out in ("", source):
            forecaster.courses(SIDE, "x", 1.0, forecast, left_out, ())  # type: ignore[arg-type]
    assert asked == [("own", ""), ("own", source), ("off", ""), ("off", source), ("prior", "")]


@pytest.mark.parametrize(
    ("forecast", "left_out", "share"),
    [
        ("own", "", "lognormal(0.5, 20 %)"),
        ("own", "pubmed:1", "lognormal(0.7, 30 %)"),
        ("off", "pubmed:1", "lognormal(0.7, 30 %)"),
        ("own", "pubmed:2", "lognormal(0.5, 20 %)"),
        ("prior", "pubmed:1", "lognormal(0.5, 90 %)"),
    ],
)
def test_a_group_is_known_by_the_other_sources_and_what_its_row_states_stays(
    monkeypatch: pytest.MonkeyPatch, forecast: str, left_out: str, share: str
) -> None:
    class Asked(Exception):
        """Stops before anything is simulated."""

    def asked(side: Side, of: str, horizon: float) -> Any:
        assert side.conditions == (("share", share), ("stated", "2"))
        raise Asked

    forecaster = Forecaster(IL11, READOUTS, worlds=8, subjects=1)
    fitted = {"share": parse_distribution("lognormal(0.7, 30 %)"), "stated": parse_distribution("lognormal(9, 5 %)")}
    monkeypatch.setitem(vars(forecaster), "by_others", {"pubmed:1": fitted})
    monkeypatch.setattr(forecaster, "asked", asked)
    with pytest.raises(Asked):
        forecaster._simulate(SIDE, ("x",), 1.0, forecast, left_out)  # type: ignore[arg-type]


def _named(row: Observation) -> tuple[str, ...]:
    """Every way in which a row may name its paper: other identifiers, letters of another case, author and year."""
    paper = IL11.claims.reference(row.source)
    assert paper is not None
    told = f"{paper.authors[0]} et al. {paper.year}, {paper.container}"
    return (
        *paper.identifiers,
        f"https://doi.org/{paper.doi}".upper().replace("HTTPS://DOI.ORG", "https://doi.org"),
        told,
    )


def test_a_paper_is_left_out_by_whichever_of_its_names_a_row_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    row = next(one for one in read_all(IL11) if one.id == "platelets-rise-50")
    paper = IL11.claims.reference(row.source)
    assert paper is not None and paper.doi
    heard: list[str] = []

    def numbers(one: Any, side: Any, forecaster: Any, which: str, left_out: str, wanted: Any) -> Any:
        heard.append(left_out)
        return np.ones(8), np.ones(8), np.ones(8)

    monkeypatch.setattr(validation, "numbers", numbers)
    names = _named(row)
    rows = [row.model_copy(update={"id": f"row-{k}", "source": worded_source(name)}) for k, name in enumerate(names)]
    validation.validate(IL11, rows, worlds=8, subjects=1)
    assert len(rows) > 2 and heard == [row.source] * len(heard) and len(heard) >= 3 * len(rows)


def test_what_may_be_several_papers_or_none_stays_as_it_is() -> None:
    for source in ("pleio:cook-et-al.-2023", "pleio:nobody-2023", "pubmed:1", "pleio:a-citation"):
        assert IL11.claims.paper(source) == source
