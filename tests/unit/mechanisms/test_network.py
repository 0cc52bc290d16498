"""Networks: frozen, compared and hashed by content, and readable when printed."""

from __future__ import annotations

import pickle

from pleio.formats.load import load
from pleio.mechanisms import Compartment, Network, Parameter, Participant, Reaction, Species, parse_formula

MODEL = Network(
    "decay",
    compartments={"C": Compartment(2.0, "L")},
    species={"S": Species("C", 1.0, "nmol", label="a substance")},
    parameters={"k": Parameter(0.1, "1/h", source="doi:10.1000/1", trust="abs")},
    reactions={"loss": Reaction((Participant("S"),), rate=parse_formula("k * S * C"))},
    time_unit="h",
)


def test_content_is_identity() -> None:
    again = pickle.loads(pickle.dumps(MODEL))  # noqa: S301 - our own bytes
    assert again == MODEL
    assert hash(again) == hash(MODEL)
    assert again.digest == MODEL.digest
    assert MODEL.replace(name="other") != MODEL
    assert MODEL.replace(parameters={"k": Parameter(0.1, "1/h")}) != MODEL


def test_order_counts() -> None:
    two = MODEL.replace(parameters={"k": Parameter(1.0), "l": Parameter(2.0)})
    assert two != two.replace(parameters=dict(reversed(two.parameters.items())))


def test_tables_are_copied() -> None:
    parameters = {"k": Parameter(1.0)}
    model = Network(parameters=parameters)
    parameters["l"] = Parameter(2.0)
    assert list(model.parameters) == ["k"]


def test_values_that_are_not_finite_have_a_digest() -> None:
    infinite, none = Network(parameters={"k": Parameter(float("inf"))}), Network(parameters={"k": Parameter(None)})
    assert infinite.digest != none.digest


def test_printed() -> None:
    assert str(MODEL) == (
        "model decay (h)\n\ncompartments (1)\n  C  2 L\n\nspecies (1)\n  S  1 nmol  a substance\n\n"
        "parameters (1)\n  k  0.1 1/h\n\nreactions (1)\n  loss  S ->  k * S * C"
    )


def test_what_formulas_and_events_do_is_printed() -> None:
    network = load("k = 1; b = 2*k; tot := b + k; R: => S; k; S = 0; at 2 after time > 3: S = S + 1, k = 0")
    text = str(network)
    for line in ("tot  assigned", "b    set at the start", "time > 3  S = S + 1, k = 0 after 2"):
        assert line in text, text
    assert repr(network) == "<Network __main: species 1, reactions 1, parameters 3>"
