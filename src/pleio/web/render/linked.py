"""What a page says of itself to machines: JSON-LD in the terms of schema.org, by the Bioschemas profile where one fits.

Addresses are relative to the page, as JSON-LD has them, so that they are right under whatever name the page is served.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

CONTEXT = {"@vocab": "https://schema.org/", "dct": "http://purl.org/dc/terms/"}
_PROFILE = "https://bioschemas.org/profiles/"
_TYPES = {  # namespace → type, and the Bioschemas profile that it conforms to
    "hgnc": ("Gene", "Gene/1.0-RELEASE"),
    "ncbigene": ("Gene", "Gene/1.0-RELEASE"),
    "mgi": ("Gene", "Gene/1.0-RELEASE"),
    "uniprot": ("Protein", "Protein/0.11-RELEASE"),
    "fplx": ("BioChemEntity", ""),
    "chebi": ("MolecularEntity", "MolecularEntity/0.5-RELEASE"),
    "drugbank": ("Drug", ""),
    "mondo": ("MedicalCondition", ""),
    "hp": ("MedicalSignOrSymptom", ""),
    "uberon": ("AnatomicalStructure", ""),
    "ncbitaxon": ("Taxon", "Taxon/1.0-RELEASE"),
}
Linked = Mapping[str, Any]


def script(linked: Linked) -> Markup:
    """Write JSON-LD for a data block: no character of it can end the block or begin another element."""
    text = json.dumps({"@context": CONTEXT, **linked}, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)


def about_page(title: str) -> Linked:
    """Say of any page what it is called and which site it is part of."""
    return {"@type": "WebPage", "name": title or "pleio", "isPartOf": {"@type": "WebSite", "name": "pleio", "url": "/"}}


def about_entity(curie: str, name: str, others: Sequence[str], address: str, kind: str) -> Linked:
    """Say what an entity is, by its namespace."""
    type, profile = _TYPES.get(curie.partition(":")[0], ("DefinedTerm", ""))
    found: dict[str, Any] = {"@id": "#entity", "@type": type, "name": name, "identifier": curie, "description": kind}
    if profile:
        found["dct:conformsTo"] = {"@id": _PROFILE + profile, "@type": "CreativeWork"}
    if address:
        found["sameAs"] = address
    alternate = [one for one in others if one != name]
    if alternate:
        found["alternateName"] = alternate
    return {**about_page(name), "@type": "WebPage", "mainEntity": found}


def about_work(kind: str, title: str, **more: Any) -> Linked:
    """Say of an artifact what it is; what is empty is left out."""
    said = {name: value for name, value in more.items() if value not in ("", None, [], ())}
    return {"@type": kind, "@id": "#artifact", "name": title, **said, "isPartOf": about_page("")["isPartOf"]}
