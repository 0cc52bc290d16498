"""The audit of a document that a reader brings: marked, said, and kept only where that was asked."""

from __future__ import annotations

import pytest
from lxml import html
from starlette.testclient import TestClient

from pleio.artifacts import Archive

from .conftest import form_token

DOCUMENT = """\
# Interleukin-11

IL11 (gene ID 3609) is a cytokine. IL11 increases ERK phosphorylation in fibroblasts.

<script>alert(1)</script> Text of <b>another</b> kind.
"""


def brought(client: TestClient, **fields: str) -> str:
    token = form_token(client, "/audit")
    answer = client.post("/audit", data={"form_token": token, "text": DOCUMENT, **fields})
    assert answer.status_code == 200, answer.text
    return answer.text


def test_findings_and_claims_are_marked_and_lead_to_their_places(client: TestClient) -> None:
    page = html.document_fromstring(brought(client))
    (marked,) = page.xpath("//div[@class='document']")
    assert "".join(marked.itertext()).strip() == DOCUMENT.strip(), "the text is shown as it is"
    wrong = [mark for mark in marked.iter("mark") if "error" in (mark.get("class") or "")]
    assert [mark.text_content() for mark in wrong] == ["3609"]
    assert any("said" in (mark.get("class") or "") for mark in marked.iter("mark"))
    for link in page.xpath("//ol[@class='findings']//a | //ul[@class='said-list']//a"):
        assert page.get_element_by_id(link.get("href")[1:], None) is not None
    assert "3589" in page.xpath("//ol[@class='findings']")[0].text_content()
    claims = [link.text_content() for link in page.xpath("//ul[@class='said-list']//a")]
    assert "IL11 increases the phosphorylation of ERK in fibroblasts." in claims
    assert not marked.xpath(".//script | .//b")


def test_nothing_is_kept_unless_asked(own_client: TestClient, own_archive: Archive) -> None:
    before = [entry.id for entry in own_archive.entries()]
    brought(own_client)
    own_client.post("/api/v1/audit", json={"text": DOCUMENT})
    own_client.post("/api/v1/read", json={"text": DOCUMENT})
    assert [entry.id for entry in own_archive.entries()] == before
    token = form_token(own_client, "/audit")
    kept = own_client.post("/audit", data={"form_token": token, "text": DOCUMENT, "keep": "1"})
    assert kept.status_code == 303
    page = own_client.get(kept.headers["location"])
    assert page.status_code == 200 and "3609" in page.text
    assert len(own_archive.entries()) == len(before) + 2, "the document and its audit"
    assert kept.headers["location"].rpartition("/")[2] in own_client.get("/audit").text


def test_a_file_is_audited_under_its_name_only(client: TestClient) -> None:
    token = form_token(client, "/audit")
    files = {"file": ("../../etc/<b>page.md", DOCUMENT.encode(), "text/markdown")}
    answer = client.post("/audit", data={"form_token": token, "text": ""}, files=files)
    assert answer.status_code == 200
    assert "<h1>&lt;b&gt;page.md</h1>" in answer.text
    assert "etc/" not in answer.text


@pytest.mark.parametrize(
    ("data", "status", "said"),
    [
        (b"", 422, "Nothing was pasted"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 50, 400, "is binary"),
        (b"\xff\xfe\x00bad", 400, "UTF-8"),
        (b"%PDF-1.4 nothing", 400, "PDF"),
        (b"x" * 1_100_000, 400, "1 MB"),
        (b'<!DOCTYPE html><!ENTITY a "b"><html>', 400, "entities"),
    ],
)
def test_what_cannot_be_read_is_said(client: TestClient, data: bytes, status: int, said: str) -> None:
    token = form_token(client, "/audit")
    answer = client.post("/audit", data={"form_token": token, "text": ""}, files={"file": ("f", data, "text/plain")})
    assert answer.status_code == status
    assert said in answer.text and 'role="alert"' in answer.text


def test_the_interface_reads_and_proposes_under_an_account(own_client: TestClient) -> None:
    from .conftest import sign_in

    text = "IL11 increases ERK phosphorylation in fibroblasts."
    refused = own_client.post("/api/v1/read", json={"text": text, "propose": True})
    assert refused.status_code == 401
    sign_in(own_client)
    answer = own_client.post("/api/v1/read", json={"text": text, "propose": True}).json()
    assert answer["proposed"]["claims"] == 1
    waiting = own_client.get("/review.json").json()
    assert waiting["total"] == 1 and "ERK" in waiting["proposals"][0]["sentence"]
