"""What a module rests on: every part of it that names a claim."""

from __future__ import annotations

from pleio.assembly.module import Gate, Module, Prior, Switch
from pleio.base.quantities import parse_distribution
from pleio.mechanisms.network import Network


def _prior(*claims: str) -> Prior:
    return Prior(parse_distribution("1"), "1", claims=claims)


def test_a_module_names_every_claim_that_a_part_of_it_rests_on() -> None:
    module = Module(
        "receptor",
        "Receptor",
        Network("receptor"),
        priors={"made": _prior("of-a-number"), "lost": _prior()},
        switches=(Switch("s", "of-a-switch", "sufficiency", "bind", "x", _prior("of-a-gain"), _prior("of-a-half")),),
        gates=(Gate("there", "of-a-gate"),),
        in_cell={"made": {"hepatocyte": _prior("of-a-cell")}},
        in_species={"made": {"mouse": _prior("of-a-mouse", "of-a-number")}},
        reaction_claims={"bind": ("of-a-reaction",)},
    )
    assert list(module.rests_on()) == [
        ("switch 's'", "of-a-switch"),
        ("switch 's'", "of-a-gain"),
        ("switch 's'", "of-a-half"),
        ("reaction 'bind'", "of-a-reaction"),
        ("gate 'there'", "of-a-gate"),
        ("parameter 'made'", "of-a-number"),
        ("parameter 'made' in hepatocyte", "of-a-cell"),
        ("parameter 'made' in mouse", "of-a-mouse"),
        ("parameter 'made' in mouse", "of-a-number"),
    ]
    assert module.claims == {claim for _, claim in module.rests_on()}
