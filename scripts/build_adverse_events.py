"""Write the module `adverse_events` from the library's observations of adverse events.

python scripts/build_adverse_events.py           write the Antimony file and its table
python scripts/build_adverse_events.py --check   say whether they differ from what would be written; exit status 1 if so

Some thirty events have the same form, so the two files are written by this script and every count in them comes from
`observations/adverse_events*.yaml`.  Rows for checking are not read.
"""

# ruff: noqa: E501  (lines of the files it writes)

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import Any

from pleio.base.yaml import load
from pleio.library import open as open_library

FOLDER = open_library("il11").folder
ROWS: dict[str, dict[str, Any]] = {
    row["id"]: row
    for path in sorted((FOLDER / "observations").glob("adverse_events*.yaml"))
    for row in load(path).value
    if row["use"] == "fit"
}


@dataclass(frozen=True)
class Alone:
    """An event without a placebo figure: the rows for adults and children, where there are two."""

    name: str
    words: str
    row: str
    claim: str = ""
    child_row: str = ""
    background: str = ""  # event whose placebo figure it has
    low_high: str = ""  # where the number of patients was not stated


@dataclass(frozen=True)
class Contested:
    """An event that nobody counted against placebo: background odds and the logarithm of the odds ratio, both guesses."""

    name: str
    words: str
    claim: str
    background: str
    gain: str
    why: str


ALONE = (
    Alone("atrial_arrhythmia", "atrial arrhythmia of any kind", "atrial-arrhythmia", "oprelvekin-atrial-fibrillation",
          background="atrial_fibrillation"),
    Alone("papilloedema", "papilloedema", "papilloedema-adults", "oprelvekin-papilloedema", "ae-papilloedema-children",
          low_high="range(0.005, 0.05)"),
    Alone("antibody_formation", "antibodies against the drug", "antibodies-adults", "oprelvekin-antibodies",
          "antibodies-children", low_high="range(0.003, 0.03)"),
    Alone("acute_left_heart_failure", "acute left heart failure, in patients with leukaemia", "heart-failure-leukaemia",
          "oprelvekin-heart-failure"),
)  # fmt: skip
CONTESTED = (
    Contested("fatigue", "fatigue", "oprelvekin-fatigue", "range(0.3, 1.5)", "range(0.3, 2)",
              "all patients had it at 75 ug/kg; no count beside placebo"),
    Contested("myalgia", "muscle pain", "oprelvekin-myalgia", "range(0.05, 0.4)", "range(0.3, 2.5)",
              "all patients had it at 75 ug/kg; no count beside placebo"),
    Contested("arthralgia", "joint pain", "oprelvekin-arthralgia", "range(0.05, 0.4)", "range(0.3, 2.5)",
              "all patients had it at 75 ug/kg; no count beside placebo"),
    Contested("thrombocytosis", "platelet count above the normal range", "oprelvekin-thrombocytosis",
              "range(0.005, 0.05)", "range(0.3, 3)", "more often than on placebo in Crohn disease, the size not seen"),
    Contested("anaphylaxis", "anaphylaxis", "oprelvekin-anaphylaxis", "range(0.0001, 0.001)", "uniform(0.5, 3.5)",
              "the boxed warning gives no frequency; it is not among the events of the table"),
    Contested("periosteal_bone", "new bone under the periosteum, in children", "oprelvekin-periosteal-bone",
              "range(0.0005, 0.005)", "range(0.5, 4)", "seen in children, not counted"),
    Contested("capillary_leak", "capillary leak", "oprelvekin-capillary-leak", "range(0.0005, 0.005)", "range(0.3, 3)",
              "single cases; none in a small trial"),
)  # fmt: skip

HEAD = """\
// Adverse events of oprelvekin as exposure-response, beside placebo. Written by scripts/build_adverse_events.py.
//
// For most events the counts on placebo and on 50 ug/kg a day are known from one trial (67 and 69 patients); in between,
// the log odds go with a saturating function of the concentration averaged over days. Patients on placebo had
// chemotherapy too, so many events are theirs and not the drug's; the difference is what the drug adds. The chances are
// Beta distributions of the counts (Jeffreys), so a difference of a few patients stays uncertain, its sign included;
// the counts are used here and so carry no weight in a belief, and there is no switch on them.
// Papilloedema, antibodies and heart failure were counted on the drug only and are taken to be absent without it; the
// first two are commoner in children. Fatigue, muscle and joint pain, thrombocytosis, anaphylaxis and capillary
// leak, and new periosteal bone of children, were never counted against placebo here: whether the drug causes them is a
// contest, and the size a guess. So it is with the rise of brain natriuretic peptide, of which the size was not seen.
// Oedema in leukaemia (9 of 24) is another population and is not used; peripheral oedema is counted as oedema.
//
// Sources: Neumega label by way of medscape and rxlist (drug arm; oedema on placebo too); placebo arm from memory;
//          Cairo 2005, Br J Haematol 128:49 (children); PMC6803615 (leukaemia); Gordon 1996, Blood 87:3615 (75 ug/kg).
// Time h, concentration nM, chances between 0 and 1.
"""


def beta(percent: float, patients: int) -> str:
    """Give the Beta distribution of a chance after a count, with Jeffreys' prior; the count is the nearest whole one."""
    events = round(percent / 100 * patients)
    return f"beta({events + 0.5:g}, {patients - events + 0.5:g})"


def compared() -> list[tuple[str, dict[str, Any]]]:
    """List the events that were counted on placebo too, by name."""
    rows = ((row["readout"].removesuffix("_frequency"), row) for row in ROWS.values() if "comparator" in row)
    return sorted(rows)


def claim_of(row: dict[str, Any]) -> str:
    """Give the claim that cites a row, or ""."""
    for claim in open_library("il11").claims:
        if any(item.observation == row["id"] for item in claim.evidence):
            return str(claim.id)
    return ""


def antimony() -> str:
    states = ["ae_exposure", *(f"{one.name}_odds" for one in CONTESTED), "bnp"]
    lines = [HEAD, f"substanceOnly species {', '.join(states)};", "", "ae_exposure = 0;"]
    lines += [*(f"{one.name}_odds = {one.name}_background;" for one in CONTESTED), "bnp = 1;"]
    lines += [
        "",
        "ae_exposure_in: -> ae_exposure; ae_averaging * il11_agonist;",
        "ae_exposure_out: ae_exposure -> ; ae_averaging * ae_exposure;",
    ]
    for one in CONTESTED:
        lines += [
            f"{one.name}_rises: -> {one.name}_odds; ae_averaging * {one.name}_background;",
            f"{one.name}_falls: {one.name}_odds -> ; ae_averaging * {one.name}_odds;",
        ]
    lines += ["bnp_made: -> bnp; bnp_turnover;", "bnp_lost: bnp -> ; bnp_turnover * bnp;"]
    lines += ["", "ae_share := ae_exposure / (ae_half + ae_exposure) * (ae_half + ae_reference) / ae_reference;", ""]
    for name, _ in compared():
        placebo, drug = f"{name}_placebo / (1 - {name}_placebo)", f"{name}_drug / (1 - {name}_drug)"
        lines += _chance(name, f"({placebo})^(1 - ae_share) * ({drug})^ae_share")
    lines += ["peripheral_oedema_frequency := oedema_frequency;", ""]
    for alone in ALONE:
        drug = f"{alone.name}_drug"
        if alone.child_row:
            drug = f"({drug} + child * ({alone.name}_child - {drug}))"
        odds = f"{drug} / (1 - {drug})"
        if alone.background:
            placebo = f"{alone.background}_placebo / (1 - {alone.background}_placebo)"
            lines += _chance(alone.name, f"({placebo})^(1 - ae_share) * ({odds})^ae_share")
        else:
            lines += _chance(alone.name, f"ae_share * {odds}")
    lines += [f"{one.name}_frequency := {one.name}_odds / (1 + {one.name}_odds);" for one in CONTESTED]
    return "\n".join(lines) + "\n"


def _chance(name: str, odds: str) -> list[str]:
    return [f"{name}_odds := {odds};", f"{name}_frequency := {name}_odds / (1 + {name}_odds);", ""]


def table() -> str:
    lines = ["# Written by scripts/build_adverse_events.py.", "title: Adverse events of oprelvekin, beside placebo", ""]
    lines += ["species:", *_described("ae_exposure", "nM", "agonist in plasma, averaged over days")]
    for one in CONTESTED:
        lines += _described(f"{one.name}_odds", '"1"', f"odds of {one.words} in a cycle")
    lines += _described("bnp", "fold", "brain natriuretic peptide")
    lines += ["", "quantities:", *_described("ae_share", '"1"', "effect as a share of that at 50 ug/kg a day")]
    for name, _ in compared():
        lines += _pair(name, name.replace("_", " "))
    lines += _described("peripheral_oedema_frequency", '"1"', "chance of peripheral oedema in a cycle: that of oedema")
    for alone in ALONE:
        lines += _pair(alone.name, alone.words)
    for one in CONTESTED:
        lines += _described(f"{one.name}_frequency", '"1"', f"chance of {one.words} in a cycle")
    lines += [
        "",
        "inputs:",
        '  il11_agonist: {value: 0, unit: nM, meaning: "recombinant IL-11 that signals, in plasma"}',
    ]
    return "\n".join([*lines, "", *_parameters(), "", *_reactions(), "", *_switches()]) + "\n"


def _described(name: str, unit: str, meaning: str) -> list[str]:
    return [f'  {name}: {{unit: {unit}, meaning: "{meaning}"}}']


def _pair(name: str, words: str) -> list[str]:
    return [
        *_described(f"{name}_odds", '"1"', f"odds of {words} in a cycle"),
        *_described(f"{name}_frequency", '"1"', f"chance of {words} in a cycle"),
    ]


def _parameters() -> list[str]:
    lines = [
        "parameters:",
        "  ae_averaging:",
        '    {value: "range(0.01, 0.04)", unit: 1/h, trust: unv-L, between_subjects: 30 %, '
        'meaning: "memory of one to four days; events were counted over a cycle"}',
        "  ae_half:",
        '    {value: "range(0.01, 1)", unit: nM, trust: unv-L, meaning: "concentration at half effect: the order of the '
        'means on 1 to 50 ug/kg a day; no exposure-response was published"}',
        "  ae_reference:",
        "    {value: 0.52, unit: nM, trust: derived, source: pleio:neumega-label, "
        'meaning: "mean concentration on 50 ug/kg a day"}',
        "  bnp_turnover:",
        '    {value: "range(0.02, 0.06)", unit: 1/h, trust: derived, source: "doi:10.1007/s00520-019-04734-z", '
        'meaning: "fell again within 2 to 4 days of the last dose"}',
        "  child:",
        '    {value: 0, unit: "1", trust: unv-H, covariate: true, meaning: "1 for children, 0 for adults"}',
    ]
    for name, row in compared():
        claim, words, before = claim_of(row), name.replace("_", " "), row["comparator"]
        unverified = row["trust"] == "unv-H" or "placebo figure is unverified" in row.get("note", "")
        lines += _parameter(f"{name}_placebo", beta(before["value"], before["n"]), "unv-H" if unverified else row["trust"],
                            row["source"], claim, f"{words}: {before['value']} % of {before['n']} patients on placebo")  # fmt: skip
        lines += _parameter(f"{name}_drug", beta(row["value"], row["n"]), row["trust"], row["source"], claim,
                            f"{words}: {row['value']} % of {row['n']} patients on 50 ug/kg a day")  # fmt: skip
    for alone in ALONE:
        for part, key in (("drug", alone.row), ("child", alone.child_row)):
            if key:
                lines += _alone(alone, part, ROWS[key])
    for one in CONTESTED:
        lines += _parameter(f"{one.name}_background", one.background, "unv-L", "", "",
                            f"odds of {one.words} in patients on chemotherapy without the drug: a guess")  # fmt: skip
    return lines


def _alone(alone: Alone, part: str, row: dict[str, Any]) -> list[str]:
    patients = row["spread"].get("of", row.get("n"))
    who = "children" if part == "child" else "patients"
    words = f"{alone.words}: {row['value']} % of {patients or 'an unstated number of'} {who} on the drug"
    if patients:
        return _parameter(
            f"{alone.name}_{part}", beta(row["value"], patients), row["trust"], row["source"], alone.claim, words
        )
    return _parameter(f"{alone.name}_{part}", alone.low_high, "derived", row["source"], alone.claim, words)


def _parameter(name: str, value: str, trust: str, source: str, claim: str, meaning: str) -> list[str]:
    parts = [f'value: "{value}"', 'unit: "1"', f"trust: {trust}"]
    parts += [f'source: "{source}"'] if source else []
    parts += [f"claims: [{claim}]"] if claim else []
    return [f"  {name}:", f"    {{{', '.join([*parts, f'meaning: {chr(34)}{meaning}{chr(34)}'])}}}"]


def _reactions() -> list[str]:
    rows = [f"  {one.name}_rises: {{claims: [{one.claim}]}}" for one in CONTESTED]
    return ["reactions:", *rows, "  bnp_made: {claims: [il11-bnp]}"]


def _switches() -> list[str]:
    lines = ["switches:"]
    lines += [
        "  - id: bnp",
        "    claim: il11-bnp",
        "    question: sufficiency",
        "    reaction: bnp_made",
        "    driver: il11_agonist",
        "    meaning: the drug raises brain natriuretic peptide, as plasma volume grows",
        '    gain: {value: "range(0.2, 1.5)", trust: unv-L, meaning: "logarithm of the largest rise; the size was not seen"}',
        '    half: {value: "range(0.05, 1)", unit: nM, trust: unv-L, meaning: "concentration at half effect"}',
    ]
    for one in CONTESTED:
        lines += [
            f"  - id: {one.name}",
            f"    claim: {one.claim}",
            "    question: sufficiency",
            f"    reaction: {one.name}_rises",
            "    driver: ae_exposure",
            f"    meaning: the drug causes {one.words}",
            f'    gain: {{value: "{one.gain}", trust: unv-L, meaning: "logarithm of the largest odds ratio: {one.why}"}}',
            '    half: {value: "range(0.1, 1)", unit: nM, trust: unv-L, meaning: "concentration at half effect"}',
        ]
    return lines


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; say whether the files differ")
    check = parser.parse_args().check
    module = FOLDER / "modules" / "adverse_events"
    differing = []
    for suffix, text in ((".ant", antimony()), (".yaml", table())):
        path = module.with_suffix(suffix)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            differing.append(path.name)
            if not check:
                path.write_text(text, encoding="utf-8")
    print("\n".join(differing) or "nothing differs")
    return int(check and bool(differing))


if __name__ == "__main__":
    raise SystemExit(main())
