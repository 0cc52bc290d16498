"""Write the module `adverse_events` from what its trials were fitted to.

python scripts/build_adverse_events.py           write the Antimony file and its table
python scripts/build_adverse_events.py --check   say whether they differ from what would be written; exit status 1 if so

Some thirty events have the same form, so the two files are written by this script and every number that was fitted comes
from `posteriors/adverse_events.yaml`, by scripts/fit_adverse_events.py.
"""

# ruff: noqa: E501  (lines of the files it writes)

from __future__ import annotations

import argparse
from dataclasses import dataclass

from pleio.base.yaml import load
from pleio.library import open as open_library
from pleio.library.readouts.readouts import read_all

FOLDER = open_library("il11").folder
FITTED = load(FOLDER / "posteriors" / "adverse_events.yaml").value
LAWS: dict[str, str] = FITTED["parameters"]
COUNTED: dict[str, dict[str, list[str]]] = FITTED["counted"]
LABEL = "pleio:neumega-label"
REFERENCE = 0.52
ENDING = "_log_odds_placebo"


@dataclass(frozen=True)
class Alone:
    """An event that only the drug causes: in adults, of whom the number was not stated, and in children."""

    name: str
    words: str
    claim: str
    adults: str = ""  # what was printed of adults, where no number of patients was
    children: bool = False


@dataclass(frozen=True)
class Contested:
    """An event that nobody counted against placebo: whether the drug does it is a contest, by how much a guess."""

    name: str
    words: str
    claim: str
    gain: str
    why: str


ALONE = (
    Alone("papilloedema", "papilloedema", "oprelvekin-papilloedema", "2 %", children=True),
    Alone("antibody_formation", "antibodies against the drug", "oprelvekin-antibodies", "1 %", children=True),
    Alone(
        "acute_left_heart_failure", "acute left heart failure, in patients with leukaemia", "oprelvekin-heart-failure"
    ),
)
CONTESTED = (
    Contested("fatigue", "fatigue", "oprelvekin-fatigue", "range(0.3, 2)",
              "all patients had it at 75 ug/kg; no count beside placebo"),
    Contested("myalgia", "muscle pain", "oprelvekin-myalgia", "range(0.3, 2.5)",
              "all patients had it at 75 ug/kg; no count beside placebo"),
    Contested("arthralgia", "joint pain", "oprelvekin-arthralgia", "range(0.3, 2.5)",
              "all patients had it at 75 ug/kg; no count beside placebo"),
    Contested("thrombocytosis", "platelet count above the normal range", "oprelvekin-thrombocytosis",
              "range(0.3, 3)", "more often than on placebo in Crohn disease, the size not seen"),
    Contested("anaphylaxis", "anaphylaxis", "oprelvekin-anaphylaxis", "uniform(0.5, 3.5)",
              "the boxed warning gives no frequency; it is not among the events of the table"),
    Contested("periosteal_bone", "new bone under the periosteum, in children", "oprelvekin-periosteal-bone",
              "range(0.5, 4)", "seen in children, not counted"),
    Contested("capillary_leak", "capillary leak", "oprelvekin-capillary-leak", "range(0.3, 3)",
              "single cases; none in a small trial"),
)  # fmt: skip

HEAD = """\
// Adverse events of oprelvekin as exposure-response, beside placebo. Written by scripts/build_adverse_events.py.
//
// The log odds of an event go from those without the drug to those on 50 ug/kg a day with a saturating function of the
// concentration averaged over days. Patients without the drug had chemotherapy too, so many events are theirs and not the
// drug's. Both log odds, and what they have in common, are those of a trial that was not seen: trials that are open to fits
// were fitted together (scripts/fit_adverse_events.py), and how far they are apart is in the numbers. One trial of 67
// and 69 patients counted most events; fever, stomatitis, oedema, palpitations, red eyes, breath and headache were counted
// in others too. The counts are used here and so carry no weight in a belief, and there is no switch on them.
// Papilloedema, antibodies and heart failure were counted on the drug only and are taken to be absent without it; the
// first two are commoner in children. Fatigue, muscle and joint pain were counted on the drug only, and thrombocytosis,
// anaphylaxis and capillary leak, and new periosteal bone of children, never: whether the drug causes them is a contest,
// and the size a guess. So it is with the rise of brain natriuretic peptide, of which the size was not seen.
// Fever is commoner in leukaemia, whoever is given what; peripheral oedema is counted as oedema.
//
// Sources: Neumega label by way of medscape and rxlist (drug arm; oedema on placebo too), placebo arm from memory;
//          Usuki 2007, Int J Hematol 85:59, and PMC6803615 (leukaemia); PMID 12839693; Kurzrock 2001, J Clin Oncol 19:4165;
//          label of Baijieyi (two trials); Cairo 2005, Br J Haematol 128:49 (children); Gordon 1996, Blood 87:3615.
// Time h, concentration nM, chances between 0 and 1.
"""


def compared() -> list[str]:
    """List the events that were counted without the drug too."""
    return sorted(name.removesuffix(ENDING) for name in LAWS if name.endswith(ENDING))


def claim_of(event: str) -> str:
    """Give the claim that cites a count of an event, or ""."""
    library = open_library("il11")
    rows = {row.id for row in read_all(library) if row.use == "fit" and row.readout == f"{event}_frequency"}
    for claim in library.claims:
        if any(item.observation in rows for item in claim.evidence):
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
    for name in compared():
        lines += _chance(
            name, f"exp({_log_odds(name)}{' + leukaemia * fever_in_leukaemia' if 'fever' in name else ''})"
        )
    lines += ["peripheral_oedema_frequency := oedema_frequency;", ""]
    lines += _chance("atrial_arrhythmia", f"exp({_log_odds('atrial_arrhythmia', 'atrial_fibrillation')})")
    for alone in ALONE:
        odds, children = f"{alone.name}_drug / (1 - {alone.name}_drug)", f"exp({alone.name}_child_log_odds_drug)"
        if not alone.adults:
            odds = f"exp({alone.name}_log_odds_drug)"
        lines += _chance(
            alone.name,
            f"ae_share * ((1 - child) * {odds} + child * {children})" if alone.children else f"ae_share * {odds}",
        )
    lines += [f"{one.name}_frequency := {one.name}_odds / (1 + {one.name}_odds);" for one in CONTESTED]
    return "\n".join(lines) + "\n"


def _log_odds(name: str, without: str = "") -> str:
    without = without or name
    return f"{without}_log_odds_trial + (1 - ae_share) * {without}_log_odds_placebo + ae_share * {name}_log_odds_drug"


def _chance(name: str, odds: str) -> list[str]:
    return [f"{name}_odds := {odds};", f"{name}_frequency := {name}_odds / (1 + {name}_odds);", ""]


def table() -> str:
    lines = ["# Written by scripts/build_adverse_events.py.", "title: Adverse events of oprelvekin, beside placebo", ""]
    lines += ["species:", *_described("ae_exposure", "nM", "agonist in plasma, averaged over days")]
    for one in CONTESTED:
        lines += _described(f"{one.name}_odds", '"1"', f"odds of {one.words} in a cycle")
    lines += _described("bnp", "fold", "brain natriuretic peptide")
    lines += ["", "quantities:", *_described("ae_share", '"1"', "effect as a share of that at 50 ug/kg a day")]
    for name in compared():
        lines += _pair(name, name.replace("_", " "))
    lines += _described("peripheral_oedema_frequency", '"1"', "chance of peripheral oedema in a cycle: that of oedema")
    lines += _pair("atrial_arrhythmia", "atrial arrhythmia of any kind")
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
    lines += [
        "  leukaemia:",
        '    {value: 0, unit: "1", trust: unv-H, covariate: true, meaning: "1 for patients with leukaemia, 0 for others"}',
    ]
    lines += _parameter("fever_in_leukaemia", LAWS["fever_in_leukaemia"], "derived", "doi:10.1532/IJH97.06027", "",
                        "logarithm of the odds ratio of fever in leukaemia, with or without the drug")  # fmt: skip
    for name in compared():
        lines += _compared(name)
    lines += _parameter("atrial_arrhythmia_log_odds_drug", LAWS["atrial_arrhythmia_log_odds_drug"], "derived", LABEL,
                        "oprelvekin-atrial-fibrillation",
                        f"atrial arrhythmia of any kind on 50 ug/kg a day: {_seen('atrial_arrhythmia', drug=True)}")  # fmt: skip
    for alone in ALONE:
        lines += _alone(alone)
    for one in CONTESTED:
        seen = f", fitted to patients on the drug: {_seen(one.name, drug=True)}" if one.name in COUNTED else ""
        source = _source(one.name) if one.name in COUNTED else ""
        lines += _parameter(f"{one.name}_background", LAWS[f"{one.name}_background"], "unv-L", source, "",
                            f"odds of {one.words} in patients on chemotherapy without the drug: a guess{seen}")  # fmt: skip
    return lines


def _compared(name: str) -> list[str]:
    claim, words, source = claim_of(name), name.replace("_", " "), _source(name)
    unverified = name != "oedema" and source == LABEL
    placebo, drug = (f"{words}: log odds {of}, {_seen(name, drug=on)}" for of, on in
                     (("without the drug", False), ("on 50 ug/kg a day", True)))  # fmt: skip
    return [
        *_parameter(f"{name}{ENDING}", LAWS[name + ENDING], "unv-H" if unverified else "derived", source, claim, placebo),
        *_parameter(f"{name}_log_odds_drug", LAWS[f"{name}_log_odds_drug"], "derived", source, claim, drug),
        *_parameter(f"{name}_log_odds_trial", LAWS[f"{name}_log_odds_trial"], "derived", source, claim,
                    f"{words}: what the log odds of a trial are off by with and without the drug"),
    ]  # fmt: skip


def _source(event: str) -> str:
    """Give the source that counted most of an event's patients; that of the label where it counted it."""
    of = COUNTED[event]
    return LABEL if LABEL in of else max(of, key=lambda source: sum(int(one.split()[2]) for one in of[source]))


def _seen(event: str, *, drug: bool) -> str:
    """Say how many patients of how many trials had an event, on the drug or without it."""
    parts = []
    for source, counts in COUNTED[event].items():
        for one in counts:
            events, _, patients, _, at = one.split()
            if (float(at) > 0) == drug:
                dose = "" if not drug else f" at {50 * float(at) / REFERENCE:.0f} ug/kg"
                parts.append(f"{events} of {patients}{dose} ({source})")
    return "; ".join(parts)


def _alone(alone: Alone) -> list[str]:
    lines = []
    if alone.adults:
        words = f"{alone.words}: {alone.adults} of an unstated number of patients on the drug"
        lines += _parameter(f"{alone.name}_drug", LAWS[f"{alone.name}_drug"], "derived", LABEL, alone.claim, words)
    event = f"{alone.name}_child" if alone.children else alone.name
    words = f"{alone.words}{', children' if alone.children else ''}: log odds on the drug, {_seen(event, drug=True)}"
    return lines + _parameter(
        f"{event}_log_odds_drug", LAWS[f"{event}_log_odds_drug"], "derived", _source(event), alone.claim, words
    )


def _parameter(name: str, value: str, trust: str, source: str, claim: str, meaning: str) -> list[str]:
    parts = [f'value: "{value}"', 'unit: "1"', f"trust: {trust}"]
    parts += [f'source: "{source}"'] if source else []
    parts += [f"claims: [{claim}]"] if claim else []
    return [f"  {name}:", f"    {{{', '.join([*parts, f'meaning: {chr(34)}{meaning}{chr(34)}'])}}}"]


def _reactions() -> list[str]:
    rows = [f"  {one.name}_rises: {{claims: [{one.claim}]}}" for one in CONTESTED]
    return ["reactions:", *rows, "  bnp_made: {claims: [il11-bnp]}", "  bnp_lost: {claims: [il11-bnp]}"]


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
