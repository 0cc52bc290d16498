"""Time courses as SED-ML Level 1 Version 4: one model, simulation, task and report for each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as xml

NAMESPACE = "http://sed-ml.org/sed-ml/level1/version4"
MATHML = "http://www.w3.org/1998/Math/MathML"
SBML = "http://www.sbml.org/sbml/level3/version2/core"
STIFF = "KISAO:0000019"  # CVODE: whoever runs the file may take another method and says so


@dataclass(frozen=True)
class TimeCourse:
    """One simulation of one model.

    Attributes:
        id: an SId, such as placebo.
        model: the model's file, as the SED-ML file finds it.
        end: in the model's unit of time, from 0.
        steps: between reported times.
        species, parameters: what is reported; ids of the model.
    """

    id: str
    title: str
    model: str
    end: float
    steps: int
    species: Sequence[str] = ()
    parameters: Sequence[str] = ()


def write_sedml(courses: Sequence[TimeCourse]) -> str:
    """Write time courses as one SED-ML document.

    Raises:
        ValueError: two have one id, or an id is no SId.
    """
    ids = [course.id for course in courses]
    if len(set(ids)) != len(ids) or not all(re.fullmatch(r"[A-Za-z_]\w*", id, flags=re.ASCII) for id in ids):
        raise ValueError(f"ids {ids} are not distinct SIds")
    root = xml.Element("sedML", {"xmlns": NAMESPACE, "level": "1", "version": "4"})
    lists = {
        name: xml.SubElement(root, f"listOf{name}")
        for name in ("Models", "Simulations", "Tasks", "DataGenerators", "Outputs")
    }
    for course in courses:
        _write(course, lists)
    xml.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + xml.tostring(root, encoding="unicode") + "\n"


def _write(course: TimeCourse, lists: dict[str, xml.Element]) -> None:
    id = course.id
    language = "urn:sedml:language:sbml.level-3.version-2"
    xml.SubElement(
        lists["Models"], "model", id=f"model_{id}", name=course.title, language=language, source=course.model
    )
    simulation = xml.SubElement(
        lists["Simulations"],
        "uniformTimeCourse",
        id=f"simulation_{id}",
        initialTime="0",
        outputStartTime="0",
        outputEndTime=f"{course.end:.17g}",
        numberOfSteps=str(course.steps),
    )
    xml.SubElement(simulation, "algorithm", kisaoID=STIFF)
    xml.SubElement(
        lists["Tasks"], "task", id=f"task_{id}", modelReference=f"model_{id}", simulationReference=f"simulation_{id}"
    )
    report = xml.SubElement(lists["Outputs"], "report", id=f"report_{id}", name=course.title)
    sets = xml.SubElement(report, "listOfDataSets")
    variables = [("time", {"symbol": "urn:sedml:symbol:time"})]
    variables += [(key, {"target": _target("species", key)}) for key in course.species]
    variables += [(key, {"target": _target("parameter", key)}) for key in course.parameters]
    for key, attributes in variables:
        of = f"{id}_{key}"
        generator = xml.SubElement(lists["DataGenerators"], "dataGenerator", id=f"data_{of}", name=key)
        listed = xml.SubElement(generator, "listOfVariables")
        # the prefix in the target is declared where it is used
        xml.SubElement(
            listed, "variable", {"xmlns:sbml": SBML, "id": f"value_{of}", "taskReference": f"task_{id}", **attributes}
        )
        math = xml.SubElement(generator, "math", {"xmlns": MATHML})
        xml.SubElement(math, "ci").text = f"value_{of}"
        xml.SubElement(sets, "dataSet", id=f"set_{of}", label=key, dataReference=f"data_{of}")


def _target(kind: str, key: str) -> str:
    lists = {"species": "listOfSpecies", "parameter": "listOfParameters"}
    return f"/sbml:sbml/sbml:model/sbml:{lists[kind]}/sbml:{kind}[@id='{key}']"
