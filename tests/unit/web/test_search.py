"""Search over everything: by kind, with the words marked, whatever is typed."""

from __future__ import annotations

import pytest
from lxml import html
from starlette.testclient import TestClient

from pleio.artifacts import Archive
from published_sample import CLAIM, CONTEST, publish_sample


def found(client: TestClient, words: str, kind: str = "") -> list[tuple[str, str]]:
    hits = client.get("/search.json", params={"q": words, "kind": kind}).json()["hits"]
    return [(hit["kind"], hit["address"]) for hit in hits]


def test_every_kind_is_found(client: TestClient) -> None:
    assert ("page", "/artifact/il11#blood") in found(client, "receptor normal counts")
    assert ("contest", f"/contest/{CONTEST}") in found(client, "platelet abundance")
    assert ("entity", "/entity/cl:0000233") in found(client, "cl:0000233")
    assert ("study", "/study/sample-study") in found(client, "how far rise")
    assert ("reference", f"/claim/{CLAIM}") in found(client, "Gordon phase trial")
    assert ("audit", "/audit/sample-audit") in found(client, "ILF3")
    assert ("help", "/audit") in found(client, "upload document")
    assert any(kind == "claim" for kind, _ in found(client, "IL-11 ERK"))
    assert any(kind == "module" for kind, _ in found(client, "STAT3", "module"))


def test_every_address_that_is_found_is_answered(client: TestClient) -> None:
    for words in ("platelet", "il11", "collagen"):
        for _, address in found(client, words):
            if address.startswith("/"):
                assert client.get(address.partition("#")[0]).status_code in (200, 303), address


def test_words_are_marked_and_nothing_else_is_markup(own_client: TestClient, own_archive: Archive) -> None:
    publish_sample(
        own_archive, text="## Odd <script>alert(1)</script> words\n\nPlatelets ‹b› & <img src=x onerror=alert(1)>.\n"
    )
    page = html.document_fromstring(own_client.get("/search?q=odd+words").text)
    marks = [mark.text_content() for mark in page.xpath("//ul[@class='found']//mark")]
    assert {"Odd", "words"} <= set(marks)
    assert not page.xpath("//ul[@class='found']//*[self::script or self::img or self::b]")


@pytest.mark.parametrize(
    "words",
    [
        "'",
        '"',
        '""',
        "*",
        "AND",
        "NOT NEAR(",
        "a:b",
        "(((",
        "-",
        "^x",
        "\x00",
        "é" * 150,
        "; DROP TABLE claim",
        "😀",
        "‹›",
    ],
)
def test_anything_may_be_typed(client: TestClient, words: str) -> None:
    for path in ("/search", "/search.json"):
        assert client.get(path, params={"q": words}).status_code == 200
    assert client.get("/api/v1/search", params={"q": words}).status_code in (200, 400)


def test_one_kind_is_paged(client: TestClient) -> None:
    whole = client.get("/api/v1/search?q=IL11&kind=claim&limit=200").json()
    assert whole["total"] > 40
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = client.get(f"/api/v1/search?q=IL11&kind=claim&limit=17&cursor={cursor}").json()
        seen += [hit["address"] for hit in page["items"]]
        cursor = page["next"]
    assert seen == [hit["address"] for hit in whole["items"]]
    assert client.get("/search?q=IL11").text.count('href="/search?q=IL11&amp;kind=claim"') == 1


def test_what_is_published_later_is_found(own_client: TestClient, own_archive: Archive) -> None:
    assert found(own_client, "quokka") == []
    publish_sample(own_archive, text="## Marsupials\n\nA quokka is small.\n")
    assert ("page", "/artifact/il11#marsupials") in found(own_client, "quokka")
