"""A module as a diagram: what drives it is drawn too, and what drives it through a switch is contested."""

from __future__ import annotations

from pleio.library import open as open_library
from pleio.library.diagrams.network import mechanism_pathway

LIBRARY = open_library("il11")


def effects(name: str) -> dict[tuple[str, str], str]:
    return {(edge.source, edge.target): edge.effect for edge in mechanism_pathway(LIBRARY.mechanism(name)).edges}


def test_what_a_module_is_driven_by_is_drawn() -> None:
    found = effects("jak_stat")
    assert found["hexamer", "pSTAT3"] == "activates"
    assert found["ruxolitinib", "pSTAT3"] == found["SOCS3", "pSTAT3"] == "inhibits"


def test_what_goes_through_a_switch_is_contested() -> None:
    found = effects("receptor+jak_stat+bone")
    assert found["DRUG_IL11RA_GP130_osteoblast", "osteoclasts"] == "contested"
    assert found["osteoclasts", "bone_mass"] == "inhibits"


def test_every_module_shows_how_il11_or_a_stimulus_comes_in() -> None:
    """A diagram of boxes without an arrow says nothing."""
    for name in LIBRARY.module_names:
        pathway = mechanism_pathway(LIBRARY.mechanism(name))
        contested = any(True for _ in LIBRARY.mechanism(name).switches)
        assert not contested or any(edge.effect == "contested" for edge in pathway.edges), name


def test_inputs_stand_left_of_what_they_drive() -> None:
    pathway = mechanism_pathway(LIBRARY.mechanism("receptor"))
    stages = {node.id: node.stage for node in pathway.nodes}
    assert stages["il11"] < stages["IL11_IL11RA"] < stages["IL11_IL11RA_GP130"]
