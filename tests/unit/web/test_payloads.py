"""No text acts: whatever reaches a page by a document, claim, name or address makes no element and no attribute.

A page with an attempt is compared with the same page with harmless words: both must have the same elements with the
same attributes.  Text of a page may be Markdown; there only harmless elements and addresses may come of it.
"""

# ruff: noqa: E501 -- tables of cases read better in one line each

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from urllib.parse import quote

import pytest
from lxml import etree, html
from starlette.testclient import TestClient

from payload_sample import publish
from pleio.artifacts import Archive
from pleio.store import open_store
from pleio.web import create_app
from pleio.web.render.figure import bring_in
from pleio.web.render.linked import about_page, script
from web_payloads import EVERY, PAYLOADS

ACTING = ("script", "style", "iframe", "object", "embed", "base", "meta", "link", "form", "math", "applet", "frame")
SAFE = re.compile(r"(?:https?:|mailto:|/|#|\?|\./)|(?![a-z][a-z0-9+.-]*:)[\w.~-]", re.IGNORECASE)
HARMLESS = "nothing but words here"


def made(tmp: Path, texts: tuple[str, ...]) -> TestClient:
    archive = Archive(open_store(tmp))
    publish(archive, texts)
    return TestClient(create_app(archive), base_url="http://127.0.0.1", follow_redirects=False)


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    return made(tmp_path_factory.mktemp("attacked"), EVERY)


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    return made(tmp_path_factory.mktemp("harmless"), (HARMLESS,) * len(EVERY))


def shape(text: str) -> Counter[tuple[str, tuple[str, ...]]]:
    """Count a page's elements with the names of their attributes."""
    page = html.document_fromstring(text)
    return Counter((str(e.tag), tuple(sorted(map(str, e.attrib)))) for e in page.iter() if isinstance(e.tag, str))


def check_addresses(text: str) -> None:
    for element in html.document_fromstring(text).iter():
        if not isinstance(element.tag, str):
            continue
        for name, value in element.attrib.items():
            assert not str(name).startswith("on") and name not in ("style", "srcdoc", "formaction", "background"), (name, value)  # fmt: skip
            if name in ("href", "src", "action", "data", "xlink:href", "poster"):
                assert SAFE.match(str(value)) or not value, (element.tag, value)


def test_there_are_enough_of_every_family() -> None:
    assert len(set(EVERY)) >= 150
    assert all(len(group) >= 15 for group in PAYLOADS.values())


@pytest.mark.parametrize("number", range(0, len(EVERY), 12))
def test_the_pages_of_claims_contests_and_entities_stay_as_they_are(
    attacked: TestClient, harmless: TestClient, number: int
) -> None:
    for n in range(number, min(number + 12, len(EVERY))):
        for path in (f"/claim/p{n}", *([f"/contest/c{n}", f"/entity/x:{n}"] if n % 3 == 0 else [])):
            page, same = attacked.get(path), harmless.get(path)
            assert page.status_code == 200
            # links to sources exist only where the source has an address that may be followed
            one, other = shape(page.text), shape(same.text)
            for links in (("a", ("href", "rel")),):
                one.pop(links, 0), other.pop(links, 0)
            assert one == other, f"{path}: {EVERY[n]!r}: {(one - other) | (other - one)}"
            check_addresses(page.text)


@pytest.mark.parametrize("path", ["/", "/artifact/claims", "/artifact/figure", "/atlas?about=x:middle", "/embed/atlas?about=x:middle", "/claims?contested=1", "/embed/artifact/figure", "/embed/pathway/page"])  # fmt: skip
def test_pages_of_many_texts_stay_as_they_are(attacked: TestClient, harmless: TestClient, path: str) -> None:
    page = attacked.get(path)
    assert page.status_code == 200
    assert set(shape(page.text)) <= set(shape(harmless.get(path).text)) | PLAIN, path
    check_addresses(page.text)
    for payload in EVERY:
        if "<" in payload and ">" in payload and path != "/":
            assert payload not in page.text


PLAIN = {(tag, ()) for tag in ("em", "strong", "code", "p", "pre", "ul", "ol", "li", "h3", "h4", "hr", "br", "blockquote", "table", "thead", "tbody", "tr", "th", "td")} | {("a", ("href",)), ("a", ("href", "title")), ("h2", ("class",)), ("ol", ("start",))}  # fmt: skip


@pytest.mark.parametrize("path", ["/artifact/page", "/embed/artifact/page", "/study/study", "/embed/study/study", "/audit/audit", "/artifact/page/history", "/"])  # fmt: skip
def test_a_document_makes_no_element_that_acts(attacked: TestClient, harmless: TestClient, path: str) -> None:
    page = attacked.get(path)
    assert page.status_code == 200, page.text[:300]
    usual = Counter(tag for tag, _ in shape(harmless.get(path).text).elements())
    acting = Counter(tag for tag, _ in shape(page.text).elements() if tag in ACTING or "-" in tag)
    assert acting == Counter({tag: count for tag, count in usual.items() if tag in ACTING}), path
    check_addresses(page.text)


QUERIES = ["/claims?q={}", "/claims?system={}", "/claims?entity={}", "/atlas?about={}", "/atlas?to={}", "/atlas?relation={}", "/atlas?context={}", "/atlas?least={}", "/atlas?tie={}", "/atlas?reach={}", "/atlas?page={}",
           "/search?kind={}", "/study/study?belief={}", "/oembed?url={}", "/oembed?url=http://127.0.0.1/artifact/page&format={}", "/oembed?url=http://127.0.0.1/atlas?{}"]  # fmt: skip
PATHS = ["/artifact/{}", "/embed/artifact/{}", "/claim/{}", "/contest/{}", "/entity/{}", "/study/{}", "/audit/{}", "/artifact/page/cite.{}", "/artifact/{}/history", "/embed/pathway/{}", "/pathway/{}", "/pathway/page?study={}", "/static/{}", "/{}", "/atlas/{}", "/job/{}", "/review/{}"]  # fmt: skip


@pytest.mark.parametrize("address", [*QUERIES, *PATHS])
def test_no_address_makes_an_element(harmless: TestClient, address: str) -> None:
    headers = {"accept": "text/html"}
    usual: dict[int, set[tuple[str, tuple[str, ...]]]] = {}
    for word in ("word", "p0", "x"):
        same = harmless.get(address.format(word), headers=headers)
        usual.setdefault(same.status_code, set()).update(shape(same.text) if "html" in same.headers.get("content-type", "") else ())  # fmt: skip
    common = {one for found in usual.values() for one in found} | FORM_PARTS | set(shape(harmless.get("/nothing").text))
    turn = [*QUERIES, *PATHS].index(
        address
    ) % 4  # each attempt through a quarter of the addresses, each address by a quarter of them
    for payload in EVERY[turn::4]:
        response = harmless.get(address.format(quote(payload, safe="", errors="surrogatepass")), headers=headers)
        assert response.status_code < 500 or response.status_code == 501, (address, payload)
        assert "set-cookie" not in response.headers or "form" in response.headers["set-cookie"]
        if "html" not in response.headers.get("content-type", ""):
            assert response.headers["x-content-type-options"] == "nosniff"
            continue
        extra = {one for one in set(shape(response.text)) - common if one[0] in ACTING or any(n.startswith("on") for n in one[1])}  # fmt: skip
        assert not extra, (address, payload, extra)
        check_addresses(response.text)
        if "<" in payload and ">" in payload and "&" not in payload:
            assert payload not in response.text, (address, payload)


FORM_PARTS = {("form", ("action", "class", "method", "role")), ("form", ("action", "aria-label", "class", "method")), ("form", ("action", "aria-label", "class", "method", "role"))}  # fmt: skip


@pytest.mark.parametrize("path", ["/artifact/page.json", "/artifact/figure/spec.json", "/artifact/figure/data.csv", "/artifact/page/cite.bib", "/artifact/page/cite.ris", "/artifact/page/cite.json", "/artifact/page/cite.txt", "/claims.json", "/entity/x:3.json", "/atlas.json?about=x:middle", "/atlas/graph.bin?about=x:middle", "/study/study.json", "/audit/audit.json"])  # fmt: skip
def test_what_is_no_page_is_never_taken_for_one(attacked: TestClient, path: str) -> None:
    response = attacked.get(path)
    assert response.status_code == 200
    assert "html" not in response.headers["content-type"] and "xml" not in response.headers["content-type"]
    assert response.headers["x-content-type-options"] == "nosniff"
    if path.endswith((".bib", ".ris")):
        assert "\r\nSet" not in response.text


def test_drawings_hold_text_and_shapes_alone(attacked: TestClient) -> None:
    drawing = etree.fromstring(attacked.get("/artifact/figure/figure.svg").content)
    assert {etree.QName(e).localname for e in drawing.iter()} <= {"svg", "g", "path", "text", "rect"}
    assert not [name for e in drawing.iter() for name in e.attrib if name.startswith("on") or "href" in name]
    for payload in EVERY:
        for svg in (f'<svg xmlns="http://www.w3.org/2000/svg">{payload}</svg>', payload, f'<svg xmlns="http://www.w3.org/2000/svg"><text {payload}>x</text></svg>'):  # fmt: skip
            made = str(bring_in(svg, "f", payload))
            if made:
                found = etree.fromstring(made)
                assert not [n for e in found.iter() for n in e.attrib if n.startswith("on") or "href" in n]
                assert not [e for e in found.iter() if etree.QName(e).localname in ("script", "foreignObject", "a", "use", "animate", "set", "style")]  # fmt: skip


@pytest.mark.parametrize("payload", EVERY)
def test_what_machines_are_told_cannot_end_its_block(payload: str) -> None:
    text = str(script(about_page(payload)))
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text)["name"] == payload
