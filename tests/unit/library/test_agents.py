"""Agents: molecules have a mass, changes of genotype have none, and what an agent sets changes what is simulated."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pleio.base.errors import ModelError
from pleio.library import open as open_library
from pleio.library.agents import load_agent
from pleio.simulation import Dose, integrate

IL11 = open_library("il11")
AGENTS = Path(__file__).parents[3] / "src" / "pleio" / "library" / "il11" / "agents"


def test_a_change_of_genotype_is_no_molecule(tmp_path: Path) -> None:
    deletion = IL11.agents["Il11-deletion"]
    assert deletion.kind == "genotype"
    assert deletion.given_in(IL11.mechanism("ageing").network).molar_mass is None
    text = (AGENTS / "Il11-deletion.yaml").read_text(encoding="utf-8")
    (tmp_path / "weighed.yaml").write_text(text + "molar_mass: {value: 1 kDa, trust: unv-L}\n", encoding="utf-8")
    with pytest.raises(ModelError, match="is a genotype and no molecule, so it has no molar mass"):
        load_agent(tmp_path / "weighed.yaml")


def test_a_molecule_without_a_mass_is_refused(tmp_path: Path) -> None:
    text = (AGENTS / "ruxolitinib.yaml").read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if not line.startswith(("molar_mass", "affinity"))]
    (tmp_path / "drug.yaml").write_text("\n".join(kept) + "\n", encoding="utf-8")
    with pytest.raises(ModelError, match="is a small molecule without molar_mass and affinity"):
        load_agent(tmp_path / "drug.yaml")


def test_ruxolitinib_lowers_pstat3_in_a_dish() -> None:
    network = IL11.mechanism("culture+receptor+jak_stat").network
    peaks = []
    for given in (0.0, 0.166, 1.66):  # nmol in 1 mL: 0, 166 and 1660 nM
        doses = [Dose("added_il11", 10 / 19e3), Dose("added_ruxolitinib", given)]
        run = integrate(network, np.arange(0, 2, 0.05), doses=doses, save=["pSTAT3_fraction"], members=1)
        peaks.append(run.values.max())
    assert peaks[0] > 1.2 * peaks[1] > 1.2 * peaks[2]


def test_peg_il11_lasts_as_long_as_in_monkeys_or_as_much_longer_as_plain_il11_does_in_people() -> None:
    network = IL11.mechanism("oprelvekin_pk").network
    given = IL11.agents["PEG-IL11"].given_in(network)
    law = given.uncertain["oprelvekin_ke"]
    times = np.arange(0, 801, 10.0)
    for level, expected in ((0.95, 67.0), (0.05, 67 * 6.9 / 3)):
        values = {**given.parameters, "oprelvekin_ke": law.quantile(np.array([level])), "oprelvekin_renal_share": 0.0}
        run = integrate(
            network, times, doses=[Dose("oprelvekin_depot", 1.0)], parameters=values, save=["oprelvekin_central"],
            members=1,
        )  # fmt: skip
        late = run.values[0, [60, 80], 0]
        assert 200 * np.log(2) / np.log(late[0] / late[1]) == pytest.approx(expected, rel=0.03)


@pytest.mark.parametrize("name", sorted(IL11.agents))
def test_each_agent_enters_its_module(name: str) -> None:
    agent = IL11.agents[name]
    given = agent.given_in(IL11.module(agent.module).network)
    assert given.routes and set(given.routes.values()) <= set(IL11.module(agent.module).network.species)
