"""The trail: each reaction and parameter leads back to its module, claims and source."""

from __future__ import annotations

from pleio.assembly import Module, compose, trail, unsupported, unused


def test_every_reaction_and_parameter_is_on_the_trail(cell: Module, tissue: Module) -> None:
    mechanism = compose([cell, tissue])
    steps = {step.name: step for step in trail(mechanism)}
    network = mechanism.network
    assert set(steps) == {*network.reactions, *network.parameters} - set(network.assignments)
    assert steps["bind_muscle"].claims == ("l-binds-r",)
    assert steps["bind_muscle"].module == "cell"
    assert steps["synthesis"].claims == ("l-raises-protein",)
    assert steps["synthesis"].switches == ("protein",)
    assert steps["ligand_muscle"].kind == "input"
    assert steps["gain_protein"].value == "range(0.5, 2)"
    assert steps["kon"].trust == "unv-L"


def test_what_no_claim_supports_and_what_supports_nothing(cell: Module, tissue: Module) -> None:
    mechanism = compose([cell, tissue])
    assert unsupported(mechanism) == ("loss",)
    assert unused([mechanism], ["l-binds-r", "something-else"]) == ("something-else",)
