"""Sentences as trials tell them: arms compared, outcomes without their medicine, aims, kinetics, uses."""

from __future__ import annotations

import pytest

from pleio.reading import open_document, read

Told = set[tuple[str, str, str]]


def told(text: str) -> Told:
    return {(s.subject.lower(), s.relation, s.object.lower()) for s in read(open_document(text.encode()))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The rate of relapses was 0.21 among patients assigned to natalizumab and 0.74 among those on placebo.",
            {("natalizumab", "decreases", "relapses")},
        ),
        (
            "More tildrakizumab-treated than placebo-treated patients achieved PASI75.",
            {("tildrakizumab", "increases", "pasi75")},
        ),
        (
            "Time to first relapse was longer with natalizumab than with placebo.",
            {("natalizumab", "increases", "time to first relapse")},
        ),
        (
            "Ixekizumab was given. Significant improvements were seen in PASI90 and enthesitis.",
            {("ixekizumab", "increases", "pasi90"), ("ixekizumab", "decreases", "enthesitis")},
        ),
        (
            "The aim was to evaluate the efficacy and safety of risankizumab in patients with Crohn's disease.",
            {("risankizumab", "under_investigation_for", "crohn's disease")},
        ),
        ("The efficacy of rilonacept in gout has been demonstrated.", {("rilonacept", "treats", "gout")}),
        (
            "Off-label uses of anakinra include gout and pericarditis.",
            {("anakinra", "treats", "gout"), ("anakinra", "treats", "pericarditis")},
        ),
        (
            "Belimumab is a human monoclonal antibody for the treatment of systemic lupus erythematosus.",
            {("belimumab", "treats", "systemic lupus erythematosus")},
        ),
        (
            "Elimination and distribution half-lives of filgrastim were 3.5 and 0.5 hours, respectively.",
            {
                ("filgrastim", "has_property", "elimination half-life 3.5 hours"),
                ("filgrastim", "has_property", "distribution half-life 0.5 hours"),
            },
        ),
        (
            "Peak serum concentrations of secukinumab were reached between 5 and 6 days.",
            {("secukinumab", "has_property", "peak serum concentrations 5 and 6 days")},
        ),
    ],
)
def test_what_came_of_a_trial(text: str, expected: Told) -> None:
    assert expected <= told(text)


def test_what_has_not_been_shown_is_no_effect() -> None:
    found = read(open_document(b"Filgrastim has not been shown to improve survival."))
    assert [(s.relation, s.object, s.status) for s in found] == [("no_effect", "survival", "null_result")]


LABEL = """NPLATE (romiplostim) injection

12 CLINICAL PHARMACOLOGY

Romiplostim binds the thrombopoietin receptor. Reticulocyte counts increase within 10 days. White cell counts are not
affected. Serum IL-6 falls as platelet counts rise.
"""


def test_the_present_tense_of_a_label_tells_what_its_medicine_does() -> None:
    found = told(LABEL)
    assert ("romiplostim", "increases", "reticulocyte counts") in found
    assert ("romiplostim", "no_effect", "white cell counts") in found
    assert ("romiplostim", "increases", "platelet counts") not in found


USES = """# Epoetin alfa

## Indications

- Bone loss in men receiving androgen deprivation therapy
- To reduce the need for red blood cell transfusions in patients undergoing surgery
- Anemia of prematurity
"""


def test_bullets_of_uses_go_on_after_the_disease_or_say_what_for() -> None:
    assert told(USES) == {
        ("epoetin alfa", "treats", "bone loss"),
        ("epoetin alfa", "decreases", "red blood cell transfusions"),
        ("epoetin alfa", "treats", "anemia of prematurity"),
    }


def test_what_a_registry_plans_to_measure_says_nothing() -> None:
    text = "Sargramostim in asthma\n\nPrimary Outcome Measures:\n- Change in GM-CSF levels at week 24\n"
    assert told(text) <= {("sargramostim", "under_investigation_for", "asthma")}
