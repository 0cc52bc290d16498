"""oEmbed and the address that others know: only our own, only compared, never asked for."""

# ruff: noqa: E501 -- tables of cases read better in one line each

from __future__ import annotations

import socket
from urllib.parse import quote

import pytest
from lxml import html
from starlette.testclient import TestClient

from pleio.artifacts import Archive
from pleio.base.errors import InputError
from pleio.web import create_app
from pleio.web.origin import host_of, public_origin
from published_sample import publish_sample

HERE = "http://127.0.0.1"


@pytest.mark.parametrize(
    ("path", "framed"),
    [
        ("/artifact/il11", "/embed/artifact/il11"),
        ("/embed/artifact/il11", "/embed/artifact/il11"),
        ("/artifact/sample-figure", "/embed/artifact/sample-figure"),
        ("/study/sample-study", "/embed/study/sample-study"),
        ("/artifact/sample-study", "/embed/study/sample-study"),
        ("/pathway/il11", "/embed/pathway/il11"),
        ("/atlas?about=hgnc:5966", "/embed/atlas?about=hgnc:5966"),
        ("/playground?start=oprelvekin-platelets", "/embed/playground?start=oprelvekin-platelets"),
    ],
)
def test_what_can_be_framed_gets_its_frame(client: TestClient, path: str, framed: str) -> None:
    response = client.get(f"/oembed?url={quote(HERE + path)}&maxwidth=500&format=json")
    value = response.json()
    frame = html.fragment_fromstring(value["html"])
    assert frame.tag == "iframe" and frame.get("src") == HERE + framed
    assert (value["version"], value["type"], value["width"], value["height"]) == ("1.0", "rich", 500, 640)
    if "playground" not in framed:
        shown = client.get(framed)
        assert shown.status_code == 200
        assert "frame-ancestors *" in shown.headers["content-security-policy"]
        assert "<form" not in shown.text and "set-cookie" not in shown.headers


ELSEWHERE = [
    "http://evil.example/artifact/il11", "http://127.0.0.1.evil.example/artifact/il11", "http://127.0.0.1@evil.example/artifact/il11",
    "http://evil.example@127.0.0.1/artifact/il11", "http://127.0.0.1:81/artifact/il11", "http://localhost/artifact/il11", "https://127.0.0.1/artifact/il11",
    "http://[::1]/artifact/il11", "http://0x7f000001/artifact/il11", "http://2130706433/artifact/il11", "http://127.1/artifact/il11", "http://0/artifact/il11",
    "http://169.254.169.254/latest/meta-data/", "http://metadata.google.internal/", "file:///etc/passwd", "gopher://127.0.0.1/artifact/il11",
    "ftp://127.0.0.1/artifact/il11", "javascript:alert(1)//127.0.0.1/artifact/il11", "data:text/html,x", "//127.0.0.1/artifact/il11", "/artifact/il11",
    "http:127.0.0.1/artifact/il11", "http:///artifact/il11", "http://127.0.0.1:99999/artifact/il11", "http://127.0.0.1:x/artifact/il11",
    "http://127.0.0.1\\@evil.example/artifact/il11", "http://127.0.0.1\t.evil.example/", "http://127.0.0.1 /artifact/il11", "http://127。0。0。1/artifact/il11",
    "http://127.0.0.1%2eevil.example/artifact/il11", "http://127.0.0.1#@evil.example/", "http://[::ffff:127.0.0.1]/artifact/il11", "",
    "http://127.0.0.1/" + "x" * 5000,
]  # fmt: skip


@pytest.mark.parametrize("address", ELSEWHERE)
def test_no_other_address_is_answered_and_none_is_asked_for(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something was asked for")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    response = client.get("/oembed", params={"url": address}, headers={"accept": "application/json"})
    assert response.status_code == 404
    assert response.json()["error"]["where"] in ("url", "")


@pytest.mark.parametrize(
    ("query", "status"),
    [("url=http://127.0.0.1/claims", 404), ("url=http://127.0.0.1/artifact/none", 404), ("url=http://127.0.0.1/pathway/sample-study", 404),
     ("url=http://127.0.0.1/artifact/..%252fx", 404), ("url=http://127.0.0.1/artifact/il11&format=xml", 501), ("url=http://127.0.0.1/artifact/il11&maxwidth=-1", 400)],
)  # fmt: skip
def test_what_cannot_be_framed_is_said(client: TestClient, query: str, status: int) -> None:
    assert client.get(f"/oembed?{query}", headers={"accept": "application/json"}).status_code == status


def test_pages_say_where_their_frame_is_found(client: TestClient) -> None:
    for path in ("/artifact/il11", "/study/sample-study", "/atlas"):
        page = html.document_fromstring(client.get(path).text)
        (link,) = page.findall(".//link[@type='application/json+oembed']")
        assert client.get(link.get("href")).status_code == 200, path


def test_citations_and_snippets_give_the_address_that_others_know(archive: Archive) -> None:
    publish_sample(archive)
    app = create_app(archive, public="https://pleio.example.org")
    client = TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)
    page = client.get("/artifact/il11").text
    assert "https://pleio.example.org/embed/artifact/il11" in page and "of this machine only" not in page
    assert "https://pleio.example.org/artifact/il11" in client.get("/artifact/il11/cite.bib").text
    assert client.get("/", headers={"host": "pleio.example.org"}).status_code == 200
    frame = client.get("/oembed?url=https://pleio.example.org/artifact/il11").json()["html"]
    assert 'src="https://pleio.example.org/embed/artifact/il11"' in frame


def test_without_one_a_page_says_that_its_address_is_local(client: TestClient) -> None:
    assert "of this machine only" in client.get("/artifact/il11").text


@pytest.mark.parametrize("text", ["pleio.example.org", "https://a/b", "ftp://a", "https://a?b", "https://u@a", "javascript:x", "https://a b"])  # fmt: skip
def test_an_address_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="not an address of a site"):
        public_origin(text)


def test_the_name_of_an_address() -> None:
    assert [host_of(x) for x in ("https://a.b", "http://a.b:80", "http://[::1]:80", "http://[::1]")] == ["a.b", "a.b", "[::1]", "[::1]"]  # fmt: skip
