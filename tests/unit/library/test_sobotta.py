"""The fit to hepatocytes, on a made-up folder: it leaves out what it must, and finds what made the data."""

from __future__ import annotations

import hashlib
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from pleio.base.yaml import load as load_yaml
from pleio.formats.antimony.read import read_antimony
from pleio.formats.load import load
from pleio.formats.sbml.write import write_sbml
from pleio.simulation import Baseline, integrate

SCRIPT = Path(__file__).parents[3] / "scripts" / "fit_sobotta.py"
MODEL = """
compartment cyt = 12; compartment nuc = 0.5;
species JAK1_gp130 in cyt = 0.6; species pJAK1_gp130 in cyt = 0; species pJAK1_pgp130 in cyt = 0;
species STAT3 in cyt = 30; species tpSTAT3 in cyt = 0; species nSTAT3 in nuc = 20;
species nSOCS3RNA1 in nuc = 0; species SOCS3RNA in cyt = 0; species SOCS3 in cyt = 0;
input_il6 = 0; input_actd = 0; input_ruxolitinib = 0; input_stattic = 0;
gp130_pro = 0.0024; gp130_deg = 0.004; jak1_act_basal = 0.0005; jak1_act_il6 = 0.0012; gp130_act_jak1 = 0.5;
jak1_gp130_dea = 0.08; socs3_assoc = 0.02; stat3_act_gp130 = 3; stat3_inh_socs3 = 0.6; stat3_imp = 0.06;
f_pstat3_imp = 5; stat3_exp = 2; socs3rna_pro = 1; socs3rna_hill = 1.7; socs3rna_delay = 0.3; socs3rna_des = 0.3;
socs3_pro = 1.7; socs3_des = 0.45;
R1: -> JAK1_gp130; cyt * gp130_pro;
R2: JAK1_gp130 -> ; cyt * (gp130_deg + socs3_assoc * SOCS3) * JAK1_gp130;
R3: pJAK1_gp130 -> ; cyt * (gp130_deg + socs3_assoc * SOCS3) * pJAK1_gp130;
R4: pJAK1_pgp130 -> ; cyt * (gp130_deg + socs3_assoc * SOCS3) * pJAK1_pgp130;
R5: JAK1_gp130 -> pJAK1_gp130; cyt * (jak1_act_basal + jak1_act_il6 * input_il6) * JAK1_gp130;
R6: pJAK1_gp130 -> pJAK1_pgp130; cyt * gp130_act_jak1 * pJAK1_gp130;
R7: pJAK1_gp130 -> JAK1_gp130; cyt * jak1_gp130_dea * pJAK1_gp130;
R8: pJAK1_pgp130 -> JAK1_gp130; cyt * jak1_gp130_dea * pJAK1_pgp130;
R9: STAT3 -> nSTAT3; cyt * stat3_imp * STAT3;
R10: nSTAT3 -> STAT3; nuc * stat3_exp * nSTAT3;
R11: STAT3 -> tpSTAT3; cyt * stat3_act_gp130 * STAT3 * pJAK1_pgp130 / (1 + stat3_inh_socs3 * SOCS3);
R12: tpSTAT3 -> nSTAT3; cyt * stat3_imp * (1 + f_pstat3_imp) * tpSTAT3;
R13: -> nSOCS3RNA1; nuc * socs3rna_pro * (tpSTAT3 / 30)^socs3rna_hill;
R14: nSOCS3RNA1 -> SOCS3RNA; nuc * socs3rna_delay * nSOCS3RNA1;
R15: SOCS3RNA -> ; cyt * socs3rna_des * SOCS3RNA;
R16: -> SOCS3; cyt * socs3_pro * 20 * SOCS3RNA;
R17: SOCS3 -> ; cyt * socs3_des * SOCS3;
"""
TRUE = {"jak1_act_il6": 0.0024, "stat3_inh_socs3": 1.0}  # what the data are made with; the file says 0.0012 and 0.6
GIVEN = {"rest": "0 0 0 0", "ten": "10 0 0 0", "forty": "40 0 0 0", "pulsed": "40 0 0 0", "held": "40 0 100 0"}


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fit_sobotta", SCRIPT)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["fit_sobotta"] = module  # its dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def folder(script: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PEtab folder with data of three doses, and rows that must not be used."""
    here, network, random = tmp_path_factory.mktemp("petab"), read_antimony(MODEL), np.random.default_rng(4)
    (here / "model_made_up.xml").write_text(write_sbml(network), encoding="utf-8")
    times = np.array([0.0, 6, 12, 18, 30, 45, 60, 90])
    names = ["pJAK1_gp130", "pJAK1_pgp130", "JAK1_gp130", "STAT3", "tpSTAT3", "nSTAT3", "SOCS3RNA", "SOCS3"]
    lines = []
    for condition, il6 in (("rest", 0.0), ("ten", 10.0), ("forty", 40.0)):
        run = integrate(
            network,
            times,
            parameters={**TRUE, "input_il6": il6},
            baseline=Baseline({"input_il6": 0.0}),
            save=[f"[{name}]" for name in names],
            members=1,
        )
        states = dict(zip(names, run.values[0].T, strict=True))
        for name in (
            "JAK1_gp130_abs",
            "SOCS3_abs",
            "ctSTAT3_abs",
            "ntSTAT3_ratio",
            "pSTAT3_ms",
            "pSTAT3_wb",
            "pgp130_wb",
        ):
            relative = name.endswith("_wb")
            seen = script.SEEN[name](states) * (3.0 if relative else 1.0) + (0.05 if relative else 0.0)
            noisy = seen * 10 ** (0.02 * random.standard_normal(len(times)))
            own = f"offset_{name};scale_{name}" if relative else ""
            lines += [f"{name}\t{condition}\t{y}\t{t}\t{own}" for t, y in zip(times, noisy, strict=True)]
    lines.append("pSTAT3_wb\tpulsed\t999\t30\toffset_a_FourPulses;scale_a_FourPulses")
    lines.append("SOCS3_abs\tpulsed\t999\t30\t")
    lines.append("SOCS3_abs\theld\t999\t30\t")
    lines.append("SOCS3_abs\tten\t0\t30\t")
    heads = "observableId\tsimulationConditionId\tmeasurement\ttime\tobservableParameters"
    (here / "measurementData_made_up.tsv").write_text("\n".join([heads, *lines]) + "\n", encoding="utf-8")
    heads = "conditionId\tinput_il6\tinput_actd\tinput_ruxolitinib\tinput_stattic"
    given = [f"{name}\t" + "\t".join(values.split()) for name, values in GIVEN.items()]
    (here / "experimentalCondition_made_up.tsv").write_text("\n".join([heads, *given]) + "\n", encoding="utf-8")
    return here


def test_pulses_and_inhibitors_are_left_out(script: ModuleType, folder: Path) -> None:
    data = script.read(folder)
    assert data.left_out == {"pulses": 2, "inhibitors": 1, "not positive": 1}
    assert len(data.rows) == 3 * 7 * 8
    assert all(row.value < 900 for row in data.rows)
    assert {row.il6 for row in data.rows if row.time == 0} == {0.0}
    model = folder / "model_made_up.xml"
    assert data.files[model.name] == hashlib.sha256(model.read_bytes()).hexdigest()


def test_the_fit_finds_what_made_the_data(script: ModuleType, folder: Path) -> None:
    data, network = script.read(folder), load(folder / "model_made_up.xml")
    found = script.fit(data, network, starts=1)
    for name, value in TRUE.items():
        posterior = found["parameters"][name]
        away = abs(np.log(posterior["median"] / value))
        assert posterior["identifiable"] and away < 3 * posterior["log_sd"] + 0.05, (name, posterior)
    trade = found["parameters"]["socs3_pro"], found["parameters"]["socs3rna_pro"]  # only their product is felt
    assert not any(one["identifiable"] for one in trade)
    assert load_yaml(script.describe(data, found)).value["files_sha256"] == data.files


def test_the_slopes_are_those_of_the_residuals(script: ModuleType, folder: Path) -> None:
    problem = script.Fit(load(folder / "model_made_up.xml"), script.read(folder))
    problem.own = problem.own_start(problem.simulate(problem.centre[None])[0])
    x = np.concatenate([problem.centre, problem.own])
    slopes = problem.slopes(x)
    for column in (3, 8, len(problem.centre), len(x) - 1):
        step = 1e-4 * np.eye(len(x))[column]
        central = (problem.residuals(x + step) - problem.residuals(x - step)) / 2e-4
        assert slopes[:, column] == pytest.approx(central, abs=2e-2 * abs(central).max())


def test_a_folder_without_tables_is_refused(script: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="0 files named experimentalCondition_"):
        script.read(tmp_path)
    assert script.POSTERIOR.parent.name == "posteriors"


def test_the_posterior_in_the_library_is_whole(script: ModuleType) -> None:
    posterior = load_yaml(script.POSTERIOR).value
    assert set(posterior["parameters"]) == {*script.FITTED} - {"STAT3"} | {"STAT3_amount"}
    assert posterior["seed"] == script.SEED and len(posterior["starts"]) == script.STARTS
    for one in posterior["parameters"].values():
        assert one["median"] > 0 and one["log_sd"] > 0
    assert not all(one["identifiable"] for one in posterior["parameters"].values())


@pytest.mark.shared
def test_the_posterior_is_of_these_data(script: ModuleType, shared: Path) -> None:
    folder = shared / "models" / "sobotta2017"
    if not folder.is_dir():
        pytest.skip("the PEtab folder is not among the reference data")
    posterior, data = load_yaml(script.POSTERIOR).value, script.read(folder)
    assert posterior["files_sha256"] == data.files
    assert posterior["rows"] == len(data.rows)
    assert posterior["left_out"] == data.left_out
