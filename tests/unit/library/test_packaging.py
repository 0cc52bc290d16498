"""A packed study: read by independent libraries, checked, altered on purpose, run again."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import pleio
from pleio import library
from pleio.artifacts import Archive, seal
from pleio.base.errors import StoreError, StudyError
from pleio.library.content import to_json
from pleio.library.packaging import check_crate, published_study_of, rerun, study_archive, write_crate
from pleio.library.packaging.crate import METADATA, PROFILES
from pleio.library.packaging.study_files import Published
from pleio.library.publishing.studies import published_study
from pleio.library.results.plain_network import _typical_subject, typical_world
from pleio.simulation import integrate
from pleio.store import open_store

NAME, WORLDS = "oprelvekin-platelets", 8


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive with one published study of few worlds."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLEIO_HOME", str(home))
        il11 = library.open("il11")
        asked = il11.study(NAME)
        definition = (il11.folder / "studies" / f"{NAME}.yaml").read_text(encoding="utf-8")
        content = published_study(asked, asked.run(WORLDS), None, "", definition)
        archive = Archive(open_store(home))
        archive.save(seal("result", content.title, to_json(content)), name=NAME)
        archive.save(seal("document", "a text", {"text": "x"}), name="text")
        yield archive


@pytest.fixture(scope="module")
def found(archive: Archive) -> Published:
    return published_study_of(library.open("il11"), archive, NAME)


@pytest.fixture
def crate(archive: Archive, found: Published, tmp_path: Path) -> Path:
    return write_crate(archive, found, tmp_path / "crate")


def test_an_independent_reader_finds_the_run_and_every_file(crate: Path) -> None:
    from rocrate.rocrate import ROCrate

    read = ROCrate(str(crate))
    assert read.mainEntity.id == "study.yaml"
    assert {profile.id for profile in read.root_dataset["conformsTo"]} == set(PROFILES)
    run = read.get("#run")
    assert run["instrument"].id == "study.yaml"
    assert {part.id for part in run["result"]} >= {"data/endpoints.csv", "data/bands.csv"}
    graph = json.loads((crate / METADATA).read_text())["@graph"]
    ids = [entity["@id"] for entity in graph]
    assert len(ids) == len(set(ids))
    pointed = set(re.findall(r'\{\s*"@id":\s*"([^"]+)"\s*\}', (crate / METADATA).read_text()))
    assert {id for id in pointed if not id.startswith("http")} <= set(ids)


def test_the_same_study_gives_the_same_bytes(archive: Archive, found: Published, crate: Path, tmp_path: Path) -> None:
    again = write_crate(archive, found, tmp_path / "again")
    for path in sorted(crate.rglob("*")):
        if path.is_file():
            assert path.read_bytes() == (again / path.relative_to(crate)).read_bytes()


def test_it_runs_again_from_the_folder_with_the_same_digest(crate: Path, found: Published) -> None:
    assert check_crate(crate).whole
    assert rerun(crate).whole
    result = library.open("il11").study(str(crate / "study.yaml")).run(cache=False)
    assert result.digest == found.content.digest == json.loads((crate / "lock.json").read_text())["result_digest"]


def test_whatever_is_altered_is_found(crate: Path) -> None:
    with (crate / "data" / "endpoints.csv").open("a") as file:
        file.write("placebo,0,1,0,platelet_rise,9,1\n")
    (crate / "claims.json").unlink()
    (crate / "more.txt").write_text("x")
    assert {problem.where for problem in check_crate(crate).problems} == {
        "data/endpoints.csv", "claims.json", "more.txt"
    }  # fmt: skip
    locked = json.loads((crate / "lock.json").read_text())
    (crate / "lock.json").write_text(json.dumps({**locked, "result_digest": "0" * 64}))
    assert [problem.where for problem in rerun(crate).problems] == ["result"]


@pytest.mark.parametrize(
    "metadata",
    ["", "[]", "{", '{"@graph": 3}', '{"@graph": [3]}', "[" * 100_000],
)
def test_what_is_no_crate_is_refused(tmp_path: Path, metadata: str) -> None:
    (tmp_path / METADATA).write_text(metadata)
    with pytest.raises(StoreError):
        check_crate(tmp_path)


def test_a_name_that_leads_out_is_not_followed(tmp_path: Path) -> None:
    graph = [{"@id": "../secret", "@type": "File"}, {"@id": "/etc/passwd", "@type": ["File"]}]
    (tmp_path / METADATA).write_text(json.dumps({"@graph": graph}))
    assert ["leads out" in problem.what for problem in check_crate(tmp_path).problems] == [True, True]


def test_what_cannot_be_packed_says_why(archive: Archive, found: Published, crate: Path, tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="is a document"):
        published_study_of(library.open("il11"), archive, "text")
    with pytest.raises(StoreError, match="exists already"):
        write_crate(archive, found, crate)
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be written"):
        write_crate(archive, found, tmp_path / "file" / "crate")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_an_archive_other_simulators_can_run(found: Published, tmp_path: Path) -> None:
    import libsedml

    data = study_archive(found.asked)
    assert data == study_archive(found.asked)
    archive = zipfile.ZipFile(io.BytesIO(data))
    document = libsedml.readSedMLFromString(archive.read("simulation.sedml").decode())
    assert document.getNumErrors(libsedml.LIBSEDML_SEV_ERROR) == 0
    assert document.getNumTasks() == document.getNumOutputs() == len(found.asked.study.arms)
    manifest = archive.read("manifest.xml").decode()
    assert all(f'location="./{name}"' in manifest for name in archive.namelist() if name != "manifest.xml")
    for i in range(document.getNumDataGenerators()):
        variable = document.getDataGenerator(i).getVariable(0)
        target = re.search(r"@id='(\w+)'", variable.getTarget() or "")
        task = document.getTask(variable.getTaskReference())
        source = document.getModel(task.getModelReference()).getSource()
        assert target is None or f'id="{target[1]}"' in archive.read(source).decode()


def test_the_archive_holds_the_typical_world_of_each_arm(found: Published, tmp_path: Path) -> None:
    """Read back and simulated, a model of the archive follows the study's own trajectory of that world."""
    from pleio.studies.run import run

    asked, path = found.asked, tmp_path / "study.omex"
    path.write_bytes(study_archive(asked))
    subject = _typical_subject(asked.study)
    result = run(subject, asked.mechanism, typical_world(asked), agents=asked.agents)
    for arm, model in (("placebo", "placebo.xml"), ("50 µg/kg", "arm_50_g_kg.xml")):
        names = asked.study.observed
        course = integrate(pleio.load(path, model=model), result.times, members=4, save=names)
        assert course.status[0] == ""
        for i in range(len(names)):
            expected = result.spread[result.arms.index(arm), 0, i, 2]
            assert course.values[0, :, i] == pytest.approx(expected, rel=2e-6)
