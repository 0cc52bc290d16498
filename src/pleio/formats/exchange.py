"""Files of claims, in any format that is read or written: one table of formats, by name and by ending."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..base import yaml
from ..base.errors import ClaimError, InputError, Problem, nearest
from ..claims.claim import Claim
from ..claims.tables.lines import Check, checked, no_check, read_lines
from ..store import write_file
from .bel.write import write_bel
from .cx2.read import read_cx2
from .cx2.write import write_cx2
from .indra.read import read_indra
from .indra.write import write_indra
from .kgx.read import read_kgx
from .kgx.write import write_kgx
from .nanopub.read import read_nanopubs
from .nanopub.write import write_nanopubs
from .rdf.write import write_ntriples, write_turtle
from .rows import COLUMNS, check_header, claims_of, rows_of
from .separated import read_separated, write_separated
from .sif.read import read_sif
from .sif.write import write_sif
from .signed.read import read_omnipath, read_signor

READABLE = ("yaml", "csv", "tsv", "jsonl", "kgx", "indra", "sif", "nanopub", "signor", "omnipath", "cx2")
WRITABLE = ("yaml", "csv", "tsv", "jsonl", "kgx", "indra", "sif", "turtle", "ntriples", "nanopub", "bel", "cx2")
_ENDINGS = {
    ".yaml": "yaml", ".yml": "yaml", ".csv": "csv", ".tsv": "tsv", ".jsonl": "jsonl", ".json": "indra", ".sif": "sif",
    ".ttl": "turtle", ".nt": "ntriples", ".trig": "nanopub", ".bel": "bel", ".cx2": "cx2",
}  # fmt: skip


@dataclass(frozen=True)
class Written:
    """What was written: the files, and the ids of the claims that the format cannot say."""

    files: tuple[Path, ...]
    left: tuple[str, ...] = ()


def read_claims_file(path: Path, format: str = "", check: Check = no_check) -> Iterable[Claim]:
    """Read claims from a file as they are asked for.

    Args:
        format: one of `READABLE`; by the file's name where empty (`.json` is INDRA, `…edges.tsv` is KGX).
        check: finds further problems in the JSON of a claim, told with those of its form.

    Raises:
        ClaimError: the format is unknown, the file cannot be read, or rows of it are wrong; all of them at once.
    """
    format = format or format_of(path)
    if format not in READABLE:
        raise ClaimError(str(path), Problem("", f"'{format}' is not read", nearest(format, READABLE)))
    if not path.is_file():
        raise ClaimError(str(path), Problem("", "does not exist", "check the path"))
    if format == "yaml":
        return _read_yaml(path, check)
    if format in ("csv", "tsv"):
        rows = read_separated(path, "," if format == "csv" else "\t", check_header)
        return checked(path, claims_of(rows, check), lambda claim: claim)
    if format == "kgx":
        nodes = path.with_name(path.name.replace("edges", "nodes"))
        return read_kgx(path, nodes if nodes != path and nodes.is_file() else None, check)
    readers: dict[str, Callable[[Path, Check], Iterable[Claim]]] = {
        "jsonl": read_lines,
        "indra": read_indra,
        "sif": read_sif,
        "nanopub": read_nanopubs,
        "signor": read_signor,
        "omnipath": read_omnipath,
        "cx2": read_cx2,
    }
    return readers[format](path, check)


def write_claims_file(path: Path, claims: Iterable[Claim], format: str = "", *, head: str = "") -> Written:
    """Write claims to a file, whole or not at all; KGX is two files, named `…nodes` and `…edges`.

    Args:
        format: one of `WRITABLE`; by the file's name where empty.
        head: comment lines before YAML.

    Raises:
        ClaimError: the format is unknown.
        StoreError: the file cannot be written.
    """
    format = format or format_of(path)
    if format not in WRITABLE:
        raise ClaimError(str(path), Problem("", f"'{format}' is not written", nearest(format, WRITABLE)))
    if format == "kgx":
        return _write_kgx(path, claims)
    left: tuple[str, ...] = ()
    if format in ("indra", "bel"):
        data, left = {"indra": write_indra, "bel": write_bel}[format](claims)
    elif format == "yaml":
        rows = [claim.to_json() for claim in claims]
        data = (head + (yaml.dump(rows) if rows else "[]\n")).encode()
    elif format == "jsonl":
        from ..base.digests import canonical

        data = b"".join(canonical(claim.to_json()) + b"\n" for claim in claims)
    elif format in ("csv", "tsv"):
        separator = "," if format == "csv" else "\t"
        data = write_separated(COLUMNS, [dict(row) for claim in claims for row in rows_of(claim)], separator)
    else:
        data = _WRITERS[format](claims)
    write_file(path, data)
    return Written((path,), left)


_WRITERS: dict[str, Callable[[Iterable[Claim]], bytes]] = {
    "sif": write_sif,
    "turtle": write_turtle,
    "ntriples": write_ntriples,
    "nanopub": write_nanopubs,
    "cx2": write_cx2,
}


def format_of(path: Path) -> str:
    """Name a file's format by its name.

    Raises:
        ClaimError: its ending is not known.
    """
    if "edges" in path.name and path.suffix in (".tsv", ".jsonl"):
        return "kgx"
    if path.suffix not in _ENDINGS:
        help = f"end it in {', '.join(_ENDINGS)}, or give the format"
        raise ClaimError(str(path), Problem("", f"'{path.suffix}' is not known", help))
    return _ENDINGS[path.suffix]


def _read_yaml(path: Path, check: Check) -> Iterator[Claim]:
    loaded = yaml.load(path, name=path.name, error=ClaimError)
    if not isinstance(loaded.value, list):
        raise ClaimError(str(path), Problem("", "should hold a list of claims", "begin each with '- '"))
    made = []
    problems: list[Problem] = []
    for i, value in enumerate(loaded.value):
        claim = None
        try:
            claim = yaml.validate(loaded, Claim, value={} if value is None else value, at=(i,), error=ClaimError)
            made.append(claim)
        except InputError as fault:
            problems += fault.problems
        for found in check(value, claim) if isinstance(value, dict) else ():
            place = (int(part) if part.isdigit() else part for part in found.where.split("."))
            problems.append(Problem(loaded.where((i, *place)), found.what, found.help))
    if problems:
        raise ClaimError(str(path), problems)
    return iter(made)


def _write_kgx(path: Path, claims: Iterable[Claim]) -> Written:
    nodes, edges = write_kgx(claims, lines=path.suffix == ".jsonl")
    stem = path.name if "edges" in path.name else f"{path.stem}-edges{path.suffix or '.tsv'}"
    files = path.with_name(stem.replace("edges", "nodes")), path.with_name(stem)
    for file, data in zip(files, (nodes, edges), strict=True):
        write_file(file, data)
    return Written(files)
