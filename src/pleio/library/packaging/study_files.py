"""What a packed study consists of: the study, its model, the claims it rests on, its data, figures and lock."""

from __future__ import annotations

import csv
import io
import json
import platform
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from ...artifacts import Archive, Envelope, write_citations
from ...base.errors import Problem, StudyError
from ...base.yaml import dump, load
from ..content import Figure, Study, from_json
from ..publish import files_digest
from ..results.citing import citations_of
from ..results.plain_network import plain_network

if TYPE_CHECKING:
    from ...studies.result import Result
    from ..opened import Library
    from ..question import StudyInLibrary

#: Packages whose version may change a result.
COMPUTING = ("pleio", "numpy", "scipy", "llvmlite", "python-libsbml", "antimony", "xarray")


@dataclass(frozen=True)
class Published:
    """A published study, with the result that it was published from."""

    envelope: Envelope
    content: Study
    asked: StudyInLibrary
    result: Result


@dataclass(frozen=True)
class Part:
    """One file of a package: what it is, and whether the study used it or made it."""

    path: str
    content: bytes
    media_type: str
    title: str
    role: str  # workflow, input, output, about


def published_study_of(
    library: Library, archive: Archive, name: str, progress: Callable[[int, int], None] | None = None
) -> Published:
    """Find a published study and take its result from what was kept, or compute it again.

    Args:
        progress: called with how much of the result is there, and of how much.

    Raises:
        StudyError: the artifact is no study's result, or the library has changed since it was published.
    """
    from ...store import cache_folder
    from ...studies.study import read_study
    from ..question import StudyInLibrary

    envelope = archive.load(name)
    if envelope.type != "result":
        help = "name a study, such as oprelvekin-platelets; 'pleio artifact list --type result' lists them"
        raise StudyError(f"artifact '{name}'", Problem("", f"is a {envelope.type}, not the result of a study", help))
    content = from_json(Study, envelope.content)
    asked = StudyInLibrary(library, content.name, read_study(content.definition, name=f"{content.name}.yaml"))
    result = asked.run(content.worlds, folder=cache_folder("studies"), progress=progress)
    if result.digest != content.digest:
        what = f"gives {result.digest[:12]} today and gave {content.digest[:12]} when it was published"
        raise StudyError(f"study '{content.name}'", Problem("", what, "the library has changed: run 'pleio up' first"))
    return Published(envelope, content, asked, result)


def parts(archive: Archive, found: Published) -> Iterator[Part]:
    """Yield the files of a package, in a fixed order."""
    name, arms = found.content.name, list(found.asked.study.arms)
    yield Part("study.yaml", stated(found).encode(), "application/yaml", "The study", "workflow")
    yield Part("model.xml", _sbml(found.asked, arms[-1]), "application/sbml+xml", "Its typical world as SBML", "input")
    yield Part(
        "claims.json", _claims(found.asked), "application/json", "The claims that its mechanism rests on", "input"
    )
    yield Part("lock.json", _json(lock(found)), "application/json", "Versions and digests", "input")
    yield Part(
        "data/endpoints.csv", _endpoints(found.result).encode(), "text/csv", "Endpoints of all subjects", "output"
    )
    yield Part("data/bands.csv", _bands(found.result).encode(), "text/csv", "Courses over time", "output")
    for id in found.content.figures:
        figure = from_json(Figure, archive.load(id).content)
        stem = f"figures/{figure.name.removeprefix(f'{name}-')}"
        yield Part(f"{stem}.svg", figure.wide.encode(), "image/svg+xml", figure.title, "output")
        yield Part(
            f"{stem}.vl.json", _json(figure.spec), "application/json", f"{figure.title}: its specification", "output"
        )
    sources = write_citations(citations_of(archive, found.envelope.id), "bibtex")
    yield Part("sources.bib", sources.encode(), "application/x-bibtex", "What it rests on, to cite", "about")


def stated(found: Published) -> str:
    """Give the study as a file that, run as it is, gives the same result."""
    value = load(found.content.definition, name=found.content.name).value
    worlds = value.get("worlds") or {}
    if worlds.get("count", found.asked.stated.worlds.count) == found.content.worlds:
        return found.content.definition
    return dump({**value, "worlds": {**worlds, "count": found.content.worlds}})


def lock(found: Published) -> dict[str, Any]:
    """Say what made the result, so that it can be made again."""
    library = found.asked.library
    return {
        "study": found.content.name,
        "library": library.name,
        "library_digest": files_digest(library),
        "artifact": found.envelope.id,
        "result_digest": found.result.digest,
        "worlds_digest": found.result.worlds.digest,
        "network_digest": found.asked.mechanism.network.digest,
        "seed": found.result.worlds.seed,
        "made_by": str(found.envelope.made_by),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "packages": {name: version(name) for name in COMPUTING},
    }


def _sbml(asked: StudyInLibrary, arm: str) -> bytes:
    from ...formats.sbml.write import write_sbml

    return write_sbml(plain_network(asked, arm)).encode()


def _claims(asked: StudyInLibrary) -> bytes:
    used = sorted({id for ids in asked.assembled.claims.values() for id in ids})
    return _json([asked.library.claims[id].model_dump(mode="json", exclude_defaults=True) for id in used])


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _endpoints(result: Result) -> str:
    """One row for each arm, world, subject and endpoint; a failed trajectory has no value."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(("arm", "world", "weight", "subject", "endpoint", "value", "unit"))
    names = list(result.study.endpoints)
    for i, arm in enumerate(result.arms):
        for j, world in enumerate(result.worlds.numbers):
            for k in range(result.values.shape[2]):
                for m, name in enumerate(names):
                    value = float(result.values[i, j, k, m])
                    said = repr(value) if value == value else ""
                    weight = repr(float(result.worlds.weights[j]))
                    table.writerow((arm, int(world), weight, k, name, said, result.units[m]))
    return text.getvalue()


def _bands(result: Result) -> str:
    """Quantiles over worlds of the median subject, and the median over worlds of quantiles over subjects."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    bands = result.bands()
    table.writerow(("arm", "quantity", "unit", f"time_{result.time_unit}", "among", "quantile", "value"))
    for among in ("worlds", "subjects"):
        values = bands[among].values
        for i, arm in enumerate(result.arms):
            for j, name in enumerate(result.study.observed):
                for q, level in enumerate(bands["quantile"].values):
                    for t, time in enumerate(result.times):
                        row = (arm, name, result.observed_units[j], f"{time:.10g}", among, f"{level:g}")
                        table.writerow((*row, f"{values[i, j, q, t]:.8g}"))
    return text.getvalue()
