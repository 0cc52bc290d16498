"""Loading a model from a file or a text, whatever format it is in."""

from __future__ import annotations

import os
import re
from pathlib import Path

from ..base.collector import collector_paused
from ..base.errors import ModelError, Problem
from ..base.expected import kind_of
from ..mechanisms.check import check
from ..mechanisms.network import Network
from .antimony.read import read_antimony
from .omex.read import read_archive
from .sbml.read import read_sbml, read_sbml_file
from .screening import read_text

ARCHIVES = (".omex", ".zip")
PROBLEMS = (".yaml", ".yml")


@collector_paused()
def load(source: str | os.PathLike[str], *, model: str | None = None) -> Network:
    """Load a network from a path or a text: SBML (`.xml`, `.sbml`), Antimony (`.ant`, `.txt`), OMEX or PEtab (`.yaml`).

    Of a PEtab problem it is the model at the nominal values; `formats.petab` has its conditions and measurements.

    Args:
        source: a path, or the text of a model itself.
        model: which model of an archive, where it holds several; `archive.omex#model.xml` names it too.

    Raises:
        ModelError: there is no such file, it is not a model, or the model is not well formed.
        Refused: it uses a construct that is not run.
    """
    path = _path(source)
    if path is not None:
        path, inside = _inside(path)
    if path is None:
        text = str(source)
        if "\0" in text:
            raise ModelError("model", "is binary, not text")
        network = read_sbml(text) if text.lstrip("\ufeff \t\r\n").startswith("<") else read_antimony(text)
    elif path.suffix.lower() in ARCHIVES:
        name, text = read_archive(path, model or inside)
        named = f"{path}: {name}"
        network = read_sbml(text, name=named) if text.lstrip().startswith("<") else read_antimony(text, name=named)
    elif path.suffix.lower() in PROBLEMS:
        from .petab.read import read_petab

        network = read_petab(path).network
    else:
        text = read_text(path)
        if not text.strip():
            raise ModelError(str(path), "is empty")
        is_xml = text.lstrip().startswith("<")
        network = read_sbml_file(path) if is_xml else read_antimony(text, name=str(path))
    check(network, units=False)
    return network


def _path(source: str | os.PathLike[str]) -> Path | None:
    """Tell a path from a text: a text has a line break, or a sign that no file name here has."""
    help = "decode it first" if isinstance(source, bytes | bytearray) else ""
    if not isinstance(source, str | os.PathLike):
        raise ModelError("model", Problem("", f"is {kind_of(source)}, not a path or the text of a model", help))
    if not isinstance(source, str):
        return Path(source)
    if not source.strip():
        raise ModelError("model", "is empty")
    if len(source) < 1024 and "\n" not in source and not re.search(r"[<>=;]|->", source):
        return Path(source)
    return None


def _inside(path: Path) -> tuple[Path, str | None]:
    """Part `archive.omex#model.xml` into the archive and the model in it."""
    name, sign, model = str(path).partition("#")
    if sign and name.lower().endswith(ARCHIVES) and not path.exists():
        return Path(name), model
    return path, None
