"""SBML and Antimony: what is read means what it should, and what is written is read again as the same."""

from __future__ import annotations

import zipfile
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pleio.base.errors import ModelError, PleioError
from pleio.formats.antimony.write import write_antimony
from pleio.formats.load import load
from pleio.formats.sbml.units import define, spell
from pleio.formats.sbml.write import write_sbml
from pleio.mechanisms import Compartment, Event, Network, Observable, Parameter, parse_formula, print_formula
from pleio.mechanisms.equations import Refused
from pleio.simulation import integrate

TEXT = """
function half(x, K) x / (x + K) end
model pk
  unit nM = 1e-9 mole / litre; unit per_hour = 1 / (3600 second)
  compartment V = 3
  species A in V, $D in V, P in V
  A = 0; D = 4; P = 1; ka = 0.3; ka has per_hour; Km = 2; Km has nM; twice := 2 * A
  absorb: $D -> 2 A; ka * D * V
  lose: A -> ; V * half(A, Km)
  P' = -P * A
  reset: at 1 after time >= 2, priority = 3: A = 1, ka = 0.1
end
"""


def test_antimony_is_read() -> None:
    model = load(TEXT)
    assert model.name == "pk"
    assert model.species["D"].boundary
    assert model.species["A"].concentration
    assert model.reactions["absorb"].products[0].stoichiometry == 2
    assert print_formula(model.reactions["lose"].rate) == "V * half(A, Km)"  # type: ignore[arg-type]
    assert print_formula(model.rates["P"]) == "-P * A"
    assert (model.parameters["ka"].unit, model.parameters["Km"].unit) == ("1/h", "nmol/L")
    event = model.events["reset"]
    assert print_formula(event.trigger) == "time >= 2"  # type: ignore[arg-type]
    assert print_formula(event.delay) == "1"  # type: ignore[arg-type]


@pytest.mark.parametrize("write", [write_sbml, write_antimony])
def test_written_and_read_again_it_runs_the_same(write) -> None:  # type: ignore[no-untyped-def]
    model = load(TEXT)
    again = load(write(model))
    times = np.linspace(0, 6, 7)
    one, two = (integrate(m, times, save=["A", "[A]", "P", "twice"]) for m in (model, again))
    assert one.status == two.status == ("",)
    np.testing.assert_allclose(one.values, two.values, rtol=1e-12)
    assert again.parameters["ka"].unit == "1/h"


def test_sbml_keeps_every_field() -> None:
    model = load(TEXT)
    assert load(write_sbml(model)) == model.replace(label="pk")


def test_observables_are_written_as_assignments_and_baselines_refused() -> None:
    model = load(TEXT).replace(observables={"ratio": Observable(parse_formula("A / P"))})
    assert print_formula(load(write_sbml(model)).assignments["ratio"]) == "A / P"
    with pytest.raises(ModelError) as caught:
        write_sbml(Network("m", observables={"x": Observable(parse_formula("A / baseline(A)"))}))
    what = "uses 'baseline', which SBML does not have; replace it by a parameter"
    assert str(caught.value) == f"model 'm': observables.x: {what}"


def test_where_a_value_comes_from_is_written() -> None:
    text = write_sbml(Network("m", parameters={"k": Parameter(1.0, source="doi:10.1000/1", trust="abs")}))
    assert "source: doi:10.1000/1; trust: abs" in text


SMALL = "compartment c; species A in c, B in c; c = 1; A = 4; B = 1; k = 2; J: A -> B; k*A\n"


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        (
            lambda m: {"reactions": {"J": replace(m.reactions["J"], fast=True)}},
            "reaction 'J': is fast (at equilibrium at every moment), which Antimony cannot say; write SBML (.xml)",
        ),
        (
            lambda m: {"compartments": {"c": Compartment(None, dimensions=0.0)}},
            "compartment 'c': has 0 dimensions, which Antimony cannot say: its species are concentrations; give it 3",
        ),
        (
            lambda m: {"events": {"E": Event(None, {"k": parse_formula("1")})}},
            "event 'E': has no trigger, which Antimony cannot say",
        ),
        (
            lambda m: {"initial": {"k": parse_formula("9 - piecewise(floor(9 / 2), 9 / 2 >= 0, ceiling(9 / 2))")}},
            "parameter 'k': does not come back the same through Antimony; write SBML (.xml) instead",
        ),
    ],
)
def test_what_antimony_cannot_say_is_refused_by_name(changed, message: str) -> None:  # type: ignore[no-untyped-def]
    model = load(SMALL)
    with pytest.raises(ModelError) as caught:
        write_antimony(model.replace(**changed(model)))
    assert message in str(caught.value)


def test_a_name_that_is_a_word_of_antimony_is_told() -> None:
    model = load(
        write_sbml(load(SMALL)).replace('"c"', '"compartment"').replace("<ci> c </ci>", "<ci> compartment </ci>")
    )
    text = write_antimony(model)
    assert text.startswith("// 'compartment' is a word of Antimony and is 'compartment_' here\n")
    assert load(text).species["A"].compartment == "compartment_"


@pytest.mark.shared
@pytest.mark.parametrize("case", ["00987", "01051", "01397", "01559", "01565", "00257", "00097", "00365", "00139"])
def test_cases_of_the_suite_come_back_or_are_refused(case: str, shared: Path) -> None:
    path = shared / "conformance" / "sbml-semantic" / case / "model.xml"
    if not path.is_file():
        pytest.skip("the semantic suite is not here")
    with pytest.raises(ModelError, match="Antimony") if case != "00139" else nullcontext():
        write_antimony(load(path))


def own(key: str) -> str:
    """A model whose reaction has a parameter of its own that is called as a species is."""
    model = load(f"{SMALL} species D in c; D = 1")
    law = replace(model.reactions["J"], modifiers=("D",), local={key: Parameter(3.0)}, rate=parse_formula(f"{key} * k"))
    return write_sbml(model.replace(reactions={"J": law}))


def test_a_parameter_of_a_law_may_be_called_as_a_species_is() -> None:
    law = load(own("D")).reactions["J"]
    assert (law.modifiers, law.local["D"].value) == ((), 3.0)
    law = load(own("A")).reactions["J"]
    assert (law.modifiers, [*law.local], print_formula(law.rate)) == (("D",), ["A_1"], "A_1 * k")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ([["mole", 1, -9, 1], ["litre", -1, 0, 1], ["second", -1, 0, 60]], "nmol/L/min"),
        ([["item", 1, 0, 1]], "item"),
        ([["dimensionless", 1, 0, 1]], "1"),
        ([["gram", 1, -6, 1], ["kilogram", -1, 0, 1]], "ug/kg"),
        ([["metre", 0.5, 0, 1]], ""),
    ],
)
def test_units_are_spelt(parts: list[list[object]], text: str) -> None:
    assert spell(parts) == text


@pytest.mark.parametrize("text", ["nmol/L/h", "1/min", "10^9/L", "mL/min/kg", "%", "ug/kg/d", "L^2/mol"])
def test_units_written_are_units_read(text: str) -> None:
    import re

    from pleio.base.units import parse

    rows = re.findall(r'kind="(\w+)" exponent="(-?\d+)" scale="(-?\d+)" multiplier="([\d.e+-]+)"', define(text))
    read = spell([[kind, float(exponent), int(scale), float(factor)] for kind, exponent, scale, factor in rows])
    assert parse(read).same(parse(text)), (read, rows)


def test_an_unknown_package_is_refused_by_name() -> None:
    text = (
        '<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1" '
        'xmlns:qual="http://www.sbml.org/sbml/level3/version1/qual/version1" qual:required="true"><model/></sbml>'
    )
    with pytest.raises(Refused) as caught:
        load(text)
    assert caught.value.construct == "package 'qual'"


def test_a_neighbour_is_read_from_the_same_folder_only(tmp_path: Path) -> None:
    text = (
        '<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1" '
        'xmlns:comp="http://www.sbml.org/sbml/level3/version1/comp/version1" comp:required="true"><model id="m">'
        '<comp:listOfSubmodels><comp:submodel comp:id="A" comp:modelRef="X"/></comp:listOfSubmodels></model>'
        '<comp:listOfExternalModelDefinitions><comp:externalModelDefinition comp:id="X" comp:source="SOURCE"/>'
        "</comp:listOfExternalModelDefinitions></sbml>"
    )
    inner = (
        '<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1"><model id="inner">'
        '<listOfParameters><parameter id="k" value="7" constant="true"/></listOfParameters></model></sbml>'
    )
    path = tmp_path / "outer.xml"
    (tmp_path / "inner.xml").write_text(inner)
    path.write_text(text.replace("SOURCE", "inner.xml"))
    assert load(path).parameters["A__k"].value == 7
    with pytest.raises(Refused, match="a model definition in another file"):
        load(path.read_text())
    for source in ("../secret.xml", "/etc/passwd", "http://example.org/x.xml"):
        path.write_text(text.replace("SOURCE", source))
        with pytest.raises(ModelError, match="only files in the same folder are read"):
            load(path)


def test_submodels_that_multiply_are_refused_in_time() -> None:
    def submodels(of: str) -> str:
        parts = "".join(f'<comp:submodel comp:id="s{i}" comp:modelRef="{of}"/>' for i in range(10))
        return f"<comp:listOfSubmodels>{parts}</comp:listOfSubmodels>"

    definitions = "".join(
        f'<comp:modelDefinition id="m{i}">{submodels(f"m{i + 1}")}</comp:modelDefinition>' for i in range(12)
    )
    last = '<comp:modelDefinition id="m12"><listOfParameters><parameter id="k" constant="true"/></listOfParameters>'
    text = (
        '<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1" '
        'xmlns:comp="http://www.sbml.org/sbml/level3/version1/comp/version1" comp:required="true">'
        f'<model id="top">{submodels("m0")}</model><comp:listOfModelDefinitions>{definitions}{last}'
        "</comp:modelDefinition></comp:listOfModelDefinitions></sbml>"
    )
    from pleio.formats.isolation import Isolation

    isolation = Isolation()
    died = "reading it ended the process|quantities and reactions|MemoryError|bad_alloc"
    with pytest.raises(ModelError, match=died):
        isolation.ask("x", "sbml", text=text, seconds=4.0)
    isolation.close()


def test_an_archive_of_several_models_asks_which(tmp_path: Path) -> None:
    path = tmp_path / "two.omex"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("manifest.xml", "<omexManifest/>")
        archive.writestr("a.ant", "model a\n k = 1\nend")
        archive.writestr("b.ant", "model b\n k = 2\nend")
    with pytest.raises(ModelError) as caught:
        load(path)
    assert str(caught.value) == f"{path}: has several models; name one, as two.omex#a.ant; it has a.ant, b.ant"
    assert load(path, model="b.ant").name == load(f"{path}#b.ant").name == "b"
    with pytest.raises(ModelError, match=r"has no model 'c.ant'; did you mean"):
        load(f"{path}#c.ant")


def test_the_manifest_of_an_archive_says_which_files_are_models(tmp_path: Path) -> None:
    path = tmp_path / "told.omex"
    sbml = write_sbml(load("model told\n k = 1\nend"))
    spoken = '<content location="./{}" format="http://identifiers.org/combine.specifications/{}"/>'
    namespace = "http://identifiers.org/combine.specifications/omex-manifest"
    listed = [spoken.format("model", "sbml.level-3.version-2"), spoken.format("run.xml", "sed-ml")]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("manifest.xml", f'<omexManifest xmlns="{namespace}">{"".join(listed)}</omexManifest>')
        archive.writestr("model", sbml)  # without an ending
        archive.writestr("run.xml", "<sedML/>")
    assert load(path).name == "told"


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_archive_is_refused_or_read(tmp_path: Path, method: int) -> None:
    whole = tmp_path / "whole.omex"
    with zipfile.ZipFile(whole, "w", method) as archive:
        archive.writestr("manifest.xml", "<omexManifest/>")
        archive.writestr("a.ant", "model a\n" + "".join(f" k{i} = {i}.5\n" for i in range(200)) + "end")
    data, damaged = whole.read_bytes(), tmp_path / "damaged.omex"
    rng = np.random.default_rng(3)
    faults = []
    for _ in range(200):
        changed = bytearray(data)
        for at in rng.integers(len(data), size=rng.integers(1, 4)):
            changed[at] = rng.integers(256)
        damaged.write_bytes(changed[: rng.integers(len(data))] if rng.random() < 0.2 else changed)
        try:
            load(damaged)
        except PleioError as fault:
            faults.append(str(fault))
    assert len(faults) > 60
    names = bytearray(data)  # a name that says it is UTF-8 and is not
    at = data.rindex(b"PK\x01\x02")
    names[at + 9] |= 0x08
    names[at + 46] = 0xFF
    damaged.write_bytes(names)
    with pytest.raises(ModelError, match="is not an archive that can be read"):
        load(damaged)
    assert all(fault.startswith(str(damaged)) and not fault.endswith(": ") for fault in faults)


def test_what_libsbml_finds_wrong_is_said() -> None:
    text = (
        '<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1"><model id="m">'
        '<listOfParameters><parameter id="k" constant="true"/><parameter id="k" constant="true"/>'
        "</listOfParameters></model></sbml>"
    )
    with pytest.raises(ModelError, match="parameter"):
        load(text)
