"""A study as an RO-Crate: a folder that says what each of its files is, how they were made and by what.

It follows RO-Crate 1.3 and the profile Workflow Run Crate 0.6: the study's file is the workflow, one run of it the
action that used the claims and made the data.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ...artifacts import Archive, of_artifact, write_citations
from ...artifacts.envelope import LICENCE
from ...base.digests import digest_bytes
from ...store import new_folder
from .study_files import Part, Published, lock, parts

METADATA = "ro-crate-metadata.json"
CRATE = "https://w3id.org/ro/crate/1.3"
CONTEXT = [f"{CRATE}/context", "https://w3id.org/ro/terms/workflow-run/context"]
PROFILES = {
    "https://w3id.org/ro/wfrun/process/0.6": ("Process Run Crate", "0.6"),
    "https://w3id.org/ro/wfrun/workflow/0.6": ("Workflow Run Crate", "0.6"),
    "https://w3id.org/workflowhub/workflow-ro-crate/1.1": ("Workflow RO-Crate", "1.1"),
}
LANGUAGE, PROGRAM, RUN = "#study-language", "#pleio", "#run"

Entity = dict[str, Any]


def write_crate(archive: Archive, found: Published, folder: Path) -> Path:
    """Write a published study as a folder, whole or not at all.

    Raises:
        StoreError: the folder exists, or cannot be written.
    """
    with new_folder(folder) as unfinished:
        for name, content in files(archive, found).items():
            path = unfinished / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    return folder


def files(archive: Archive, found: Published) -> dict[str, bytes]:
    """Give every file of the crate, the metadata among them: path → content."""
    contents = [*parts(archive, found)]
    contents.append(Part("README.md", _readme(found).encode(), "text/markdown", "How to read and rerun it", "about"))
    described = metadata(archive, found, contents)
    text = json.dumps(described, ensure_ascii=False, indent=1) + "\n"
    return {METADATA: text.encode(), **{part.path: part.content for part in contents}}


def metadata(archive: Archive, found: Published, contents: Sequence[Part]) -> Entity:
    """Describe the crate, its files, the run that made them, and the program."""
    envelope, asked = found.envelope, found.asked
    activity = archive.activity(envelope.id)
    started, ended = (activity.started, activity.ended) if activity else (envelope.created, envelope.created)
    own = of_artifact(envelope, name=found.content.name)
    roles: dict[str, list[Part]] = {}
    for part in contents:
        roles.setdefault(part.role, []).append(part)
    settings = [_setting(name, value) for name, value in _settings(found).items()]
    root: Entity = {
        "@id": "./",
        "@type": "Dataset",
        "name": envelope.title,
        "description": found.content.question or found.content.answer,
        "identifier": envelope.curie,
        "datePublished": envelope.created,
        "license": _at(f"https://spdx.org/licenses/{LICENCE}"),
        "author": _at("#authors"),
        "creditText": write_citations([own], "text").strip(),
        "conformsTo": [_at(profile) for profile in PROFILES],
        "hasPart": [_at(part.path) for part in contents],
        "mainEntity": _at("study.yaml"),
        "mentions": [_at(RUN)],
        "citation": [_at(address) for address in _cited(found)],
    }
    action: Entity = {
        "@id": RUN,
        "@type": "CreateAction",
        "name": f"Run of {asked.study.title}",
        "startTime": started,
        "endTime": ended,
        "agent": _at("#authors"),
        "instrument": _at("study.yaml"),
        "object": [*(_at(part.path) for part in roles.get("input", ())), *(_at(one["@id"]) for one in settings)],
        "result": [_at(part.path) for part in roles["output"]],
        "actionStatus": _at("http://schema.org/CompletedActionStatus"),
    }
    graph = [
        {"@id": METADATA, "@type": "CreativeWork", "about": _at("./"), "conformsTo": _at(CRATE)},
        root,
        *(_file(part) for part in contents),
        action,
        *settings,
        *_program(envelope.made_by.version),
        *(
            {"@id": id, "@type": "CreativeWork", "name": name, "version": number}
            for id, (name, number) in PROFILES.items()
        ),
        *({"@id": address, "@type": "CreativeWork", "name": curie} for address, curie in _cited(found).items()),
        {"@id": "#authors", "@type": "Organization", "name": "The pleio authors"},
        {"@id": f"https://spdx.org/licenses/{LICENCE}", "@type": "CreativeWork", "name": LICENCE},
    ]
    return {"@context": CONTEXT, "@graph": graph}


def _file(part: Part) -> Entity:
    described: Entity = {
        "@id": part.path,
        "@type": "File",
        "name": part.title,
        "encodingFormat": part.media_type,
        "contentSize": str(len(part.content)),
        "sha256": digest_bytes(part.content),
    }
    if part.role == "workflow":
        described["@type"] = ["File", "SoftwareSourceCode", "ComputationalWorkflow"]
        described |= {"programmingLanguage": _at(LANGUAGE), "author": _at("#authors")}
    return described


def _program(version: str) -> list[Entity]:
    return [
        {
            "@id": LANGUAGE,
            "@type": "ComputerLanguage",
            "name": "pleio study",
            "description": "A YAML file: modules, arms, cohort, worlds, endpoints and a decision",
            "version": version,
        },
        {"@id": PROGRAM, "@type": "SoftwareApplication", "name": "pleio", "softwareVersion": version},
    ]


def _settings(found: Published) -> dict[str, str]:
    worlds = found.result.worlds
    return {
        "worlds": str(len(worlds)),
        "seed": str(worlds.seed),
        "belief": worlds.band,
        "result_digest": lock(found)["result_digest"],
    }


def _setting(name: str, value: str) -> Entity:
    return {"@id": f"#{name}", "@type": "PropertyValue", "name": name, "value": value}


def _cited(found: Published) -> Mapping[str, str]:
    from ...base.curies import address

    return {address(curie): curie for curie in found.asked.sources if address(curie)}


def _at(id: str) -> Entity:
    return {"@id": id}


def _readme(found: Published) -> str:
    name, digest = found.content.name, found.result.digest
    return f"""# {found.envelope.title}

{found.content.question}

{found.content.answer}

Research, not for clinical decisions.

- `study.yaml` is the study, `claims.json` what its mechanism rests on, `model.xml` its typical world as SBML.
- `data/` holds every endpoint of every subject in every world and the courses over time, `figures/` their drawings.
- `lock.json` names the versions and digests; `sources.bib` what to cite.

Run it again, with pleio {found.envelope.made_by.version}, in this folder:

    pleio study run study.yaml --json

The `digest` that it prints is `{digest}` on machines with the same instruction set.
`pleio artifact verify . --rerun` checks every file of this folder and runs `{name}` again.
"""
