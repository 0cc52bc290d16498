"""Artifacts: one id for one content, versions by name, lineage both ways, and what was altered is said."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pleio.artifacts import TYPES, Archive, compare, prov, recording, seal, verify
from pleio.artifacts.envelope import MadeBy
from pleio.artifacts.provenance import Activity
from pleio.base.errors import InputError, StoreError

FINITE = st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | FINITE | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@pytest.fixture
def archive(home: Path) -> Archive:
    return Archive()


@settings(deadline=None)
@given(content=JSON)
def test_the_id_is_of_type_inputs_and_content_and_nothing_else(content: Any) -> None:
    one = seal("result", "one", content, inputs=["a" * 64, "b" * 64], created="2026-01-01T00:00:00Z")
    two = seal("result", "two", content, inputs=["b" * 64, "a" * 64, "a" * 64], licence="CC0-1.0")
    assert one.id == two.id
    assert one.id != seal("figure", "one", content, inputs=one.inputs).id
    assert one.id != seal("result", "one", content, inputs=["a" * 64]).id
    assert one.id != seal("result", "one", [content], inputs=one.inputs).id


def test_the_id_of_a_known_artifact_does_not_move() -> None:
    """It is a promise: a page printed today can be checked in ten years."""
    known = seal("claim_set", "x", {"claims": ["α"], "belief": 0.5, "n": 3.0})
    assert known.id == "05c0de4bb7afa49ae7ddc15b3f2b1b57420d2ec5053447936689b4b11bb67295"


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(InputError) as caught:
        seal("pages", "P", {}, inputs=["x"])
    assert [str(problem) for problem in caught.value.problems] == [
        "type: unknown type 'pages'; did you mean 'page'?",
        "inputs: 'x' is not an artifact id",
    ]
    with pytest.raises(InputError, match="content: is not JSON"):
        seal("page", "P", {"x": math.nan})


@pytest.mark.parametrize("type", TYPES)
def test_every_type_is_kept_and_found_by_id_prefix_and_name(archive: Archive, type: str) -> None:
    sealed = seal(type, f"A {type}", {"text": "é", "x": [1.5, None, True]})
    entry = archive.save(sealed, name=f"some-{type}")
    assert (entry.name, entry.version) == (f"some-{type}", 1)
    for reference in (sealed.id, sealed.id[:8], sealed.curie, entry.name, f"{entry.name}@1"):
        assert archive.load(reference) == sealed


def test_versions_count_up_and_saving_the_same_again_adds_none(archive: Archive) -> None:
    first, second = (seal("page", "IL-11", {"text": text}) for text in ("one", "two"))
    assert [archive.save(e, name="il11").version for e in (first, first, second, second, first)] == [1, 1, 2, 2, 3]
    assert [version.id for version in archive.history("il11")] == [first.id, second.id, first.id]
    assert archive.load("il11@2") == second
    assert [entry.version for entry in archive.entries()] == [3]
    assert archive.entries("model") == []


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ("il12", "is no artifact that is kept here; did you mean 'il11'?"),
        ("il11@7", "is no artifact that is kept here"),
        ("0" * 64, "is no artifact that is kept here"),
        ("' OR 1=1 --", "is no artifact that is kept here"),
        ("%", "is no artifact that is kept here"),
    ],
)
def test_a_reference_to_nothing_is_said(archive: Archive, reference: str, message: str) -> None:
    archive.save(seal("page", "IL-11", {}), name="il11")
    with pytest.raises(StoreError) as caught:
        archive.load(reference)
    assert message in str(caught.value)


@pytest.mark.parametrize("name", ["IL 11", "../x", "a\n", "x" * 101, "é"])
def test_a_malformed_name_is_refused(archive: Archive, name: str) -> None:
    with pytest.raises(StoreError, match="is not a name"):
        archive.save(seal("page", "P", {}), name=name)


def chain(archive: Archive) -> list[str]:
    """Claims and a model, a study of both, a result of the study, a page of the result."""
    with recording("assemble") as work:
        claims = work.make("claim_set", "Claims", {"claims": []})
        model = work.make("model", "Model", {"reactions": []})
    archive.save(claims, name="claims", activity=work.finish())
    archive.save(model, name="model")
    with recording("run the study", seed=11, parameters={"worlds": 64}) as work:
        work.use("mechanism", model)
        work.use("claims", claims)
        work.use("observation", "pubmed:8639882")
        result = work.make("result", "Result", {"data": archive.attach(b"\x00" * 100, "application/x-npy")})
    archive.save(result, name="result", activity=work.finish())
    with recording("publish") as work:
        work.use("result", result)
        page = work.make("page", "Page", {"text": "the answer"})
    archive.save(page, name="page", activity=work.finish())
    return [claims.id, model.id, result.id, page.id]


def test_lineage_runs_both_ways(archive: Archive) -> None:
    claims, model, result, page = chain(archive)
    assert [entry.id for entry in archive.lineage("page").made_from] == [result, *sorted([claims, model])]
    assert [entry.id for entry in archive.lineage("claims").used_in] == [result, page]
    assert archive.lineage("page").used_in == archive.lineage("claims").made_from == ()


def test_provenance_says_what_was_used_with_which_version_and_seed(archive: Archive) -> None:
    _, model, result, _ = chain(archive)
    activity = archive.activity("result")
    assert activity is not None
    assert (activity.seed, activity.parameters, activity.what) == (11, {"worlds": 64}, "run the study")
    assert {used.role for used in activity.used} == {"mechanism", "claims", "observation"}
    document = prov(archive.load("result"), activity)
    work = next(iter(document["activity"]))
    assert document["activity"][work]["pleio:seed"] == 11
    used = {item["prov:entity"]: item["prov:role"] for item in document["used"].values()}
    assert used[f"pleio:artifact/{model}"] == "mechanism"
    assert set(used) <= set(document["entity"]), "PROV-JSON names every entity that it uses"
    assert document["wasGeneratedBy"]["_:g"] == {"prov:entity": f"pleio:artifact/{result}", "prov:activity": work}
    assert archive.activity("model") is None
    assert "wasGeneratedBy" not in prov(archive.load("model"), None)


def test_provenance_says_when_the_work_began_and_ended() -> None:
    agent = MadeBy("pleio", "0")
    activity = Activity("run", "2026-01-01T00:00:00Z", "2026-01-02T12:00:00Z", agent, seed=0)
    (work,) = prov(seal("result", "R", {}), activity)["activity"].values()
    assert (work["prov:startTime"], work["prov:endTime"]) == (activity.started, activity.ended)
    assert work["pleio:seed"] == 0, "a seed of 0 is a seed"
    assert Activity.from_json(json.loads(json.dumps(activity.as_json()))) == activity


def test_a_record_is_json_and_holds_all_that_the_id_is_of(archive: Archive) -> None:
    with recording("run") as work:
        first = archive.save(seal("model", "M", {"a": 1})).id
        made = archive.save(seal("result", "R", {"b": [1.5]}, inputs=[first]), activity=work.finish()).id
    record = json.loads(json.dumps(archive.record(archive.load(made))))
    assert seal(record["type"], "other", record["content"], inputs=record["inputs"]).id == record["id"] == made
    assert record["provenance"] == prov(archive.load(made), archive.activity(made))


def test_an_untouched_archive_is_whole(archive: Archive) -> None:
    chain(archive)
    assert (verify(archive).artifacts, verify(archive).blobs, verify(archive).problems) == (4, 5, ())
    assert verify(archive, "page").artifacts == 4
    assert verify(archive, "model").artifacts == 1


def alter_blob(archive: Archive, name: str) -> None:
    path = archive.store.blobs.path(name)
    path.chmod(0o644)
    path.write_bytes(path.read_bytes().replace(b"answer", b"ANSWER").replace(b"\x00", b"\x01"))


def test_an_altered_page_is_named_and_cannot_be_loaded(archive: Archive) -> None:
    *_, page = chain(archive)
    alter_blob(archive, page)
    (problem,) = verify(archive).problems
    assert problem.where == f"artifact {page[:12]} (page 'Page')"
    assert problem.what.startswith("was altered: its content has digest")
    with pytest.raises(StoreError, match="was altered"):
        archive.load("page")
    assert verify(archive, "result").whole, "what the page was made from is untouched"


def test_altered_data_beside_a_result_are_named(archive: Archive) -> None:
    *_, result, _ = chain(archive)
    alter_blob(archive, archive.load("result").content["data"]["blob"])
    (problem,) = verify(archive, "page").problems
    assert problem.where.startswith(f"artifact {result[:12]} (result 'Result'), blob")


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE artifact SET title = 'Better' WHERE type = 'page'", "its title, date, licence or provenance"),
        ("UPDATE artifact SET activity = replace(activity, '11', '12') WHERE type = 'result'", "or provenance was"),
        ("UPDATE artifact_input SET input = artifact WHERE artifact = 'PAGE'", "its inputs were altered"),
    ],
)
def test_an_altered_index_is_named(archive: Archive, statement: str, what: str) -> None:
    *_, page = chain(archive)
    with archive.store.write() as connection:
        assert connection.execute(statement.replace("PAGE", page)).rowcount == 1
    assert [what in problem.what for problem in verify(archive).problems] == [True]


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE artifact_version SET artifact = 'OTHER' WHERE name = 'p'", "its artifact or date was altered"),
        ("UPDATE artifact_version SET saved = '1999-01-01T00:00:00Z' WHERE name = 'p'", "its artifact or date was"),
        ("DELETE FROM artifact_version WHERE name = 'p'", "was taken out of the index"),
        ("DELETE FROM artifact WHERE id = 'PAGE'", "was taken out of the index"),
    ],
)
def test_an_altered_version_is_named(archive: Archive, statement: str, what: str) -> None:
    other, *_, page = chain(archive)
    archive.save(archive.load(page), name="p")
    assert verify(archive).whole and verify(archive, "p").whole
    with archive.store.write() as connection:
        connection.commit()
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("BEGIN IMMEDIATE")
        assert connection.execute(statement.replace("PAGE", page).replace("OTHER", other)).rowcount == 1
    assert any(what in problem.what for problem in verify(archive).problems)


def test_an_altered_blob_that_no_artifact_names_is_found(archive: Archive) -> None:
    chain(archive)
    loose = archive.store.blobs.put(b"an answer that nothing names yet")
    assert verify(archive).whole
    alter_blob(archive, loose)
    (problem,) = verify(archive).problems
    assert problem.where == f"blob {loose[:12]}"
    assert verify(archive, "page").whole


def test_a_deleted_blob_is_named(archive: Archive) -> None:
    *_, page = chain(archive)
    archive.store.blobs.path(page).unlink()
    (problem,) = verify(archive).problems
    assert problem.what == "is missing"


def test_content_may_not_name_a_blob_that_is_not_kept(archive: Archive) -> None:
    with pytest.raises(StoreError, match="names a blob that is not kept; attach it first"):
        archive.save(seal("result", "R", {"data": {"blob": "0" * 64}}))
    assert archive.entries() == []


def test_two_versions_are_compared_in_sentences() -> None:
    a, a_later, b, c = ({"id": i, "belief": x} for i, x in (("a", 0.5), ("a", 0.75), ("b", 0.9), ("c", 0.1)))
    before = {"text": "IL-11 is a cytokine.\nIt is good.\n", "claims": [a, b], "seed": 11, "n": [1, 2]}
    after = {"text": "IL-11 is a cytokine.\nIt is contested.\n", "claims": [c, a_later], "seed": 11, "n": [1, 2, 3]}
    assert [str(change) for change in compare(before, after)] == [
        "text:\n    IL-11 is a cytokine.\n  - It is good.\n  + It is contested.",
        "claims.a.belief: 0.5 → 0.75 (+50 %)",
        "claims.b: removed {id: 'b', belief: 0.9}",
        "claims.c: added {id: 'c', belief: 0.1}",
        "n[2]: added 3",
    ]


def test_true_and_one_differ() -> None:
    assert len(compare({"x": [1, 0.0]}, {"x": [True, 0]})) == 1


@given(value=JSON, other=JSON)
def test_what_differs_is_a_change_and_nothing_else_is(value: Any, other: Any) -> None:
    assert compare(value, json.loads(json.dumps(value))) == ()
    if seal("page", "", value).id != seal("page", "", other).id:
        assert compare(value, other)
