"""Every address: what it answers, what headers it carries, where its links lead."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from lxml import html
from starlette.testclient import TestClient

from pleio.artifacts import Archive
from pleio.web import create_app
from pleio.web.routes import routes
from pleio.web.views.figures import FORMS as FORMS_OF_A_FIGURE
from published_sample import CLAIM, CONTEST, publish_sample

PAGES = [
    "/",
    "/artifact/il11",
    "/artifact/il11@1",
    "/embed/artifact/il11",
    "/artifact/il11/history",
    "/artifact/sample-figure",
    "/artifact/sample-claims",
    "/embed/artifact/sample-figure",
    "/claims",
    "/claims?q=platelet&contested=1",
    "/claims?q=nothing+like+it",
    f"/claim/{CLAIM}",
    "/claim/sample-empty",
    f"/contest/{CONTEST}",
    "/study/sample-study",
    "/study/sample-study?belief=sceptic",
    "/audit/sample-audit",
    "/claims?entity=hgnc:5966",
    "/entity/hgnc:5966",
    "/entity/cl:0000233",
    "/atlas",
    "/atlas?about=hgnc:5966&to=fplx:ERK",
    "/atlas?contested=1&reach=2&tie=hgnc:5966~cl:0000233",
    "/atlas?least=99&relation=decreases",
    "/embed/atlas",
    "/embed/pathway/il11",
    "/pathway/il11?study=oprelvekin-platelets",
    "/embed/study/sample-study",
    "/search",
    "/search?q=platelet",
    "/search?q=platelet&kind=claim",
    "/search?q=nothinglikeit",
    "/search?q=%22",
    "/api",
]
FORMS = ["/audit", "/jobs", "/jobs?study=oprelvekin-platelets", "/signin"]
LEADING = ["/review", "/review/0000", "/account", "/api.json"]  # to where one signs in, or to the description
TWINS = [
    "/artifact/il11.json",
    "/pathway/il11.json?study=oprelvekin-platelets",
    "/artifact/il11/history.json",
    "/claims.json",
    "/entity/hgnc:5966.json",
    "/atlas.json?to=cl:0000233",
    "/oembed?url=http://127.0.0.1/artifact/il11",
    f"/claim/{CLAIM}.json",
    f"/contest/{CONTEST}.json",
    "/study/sample-study.json",
    "/audit/sample-audit.json",
    "/search.json?q=platelet",
    "/audit.json",
    "/jobs.json",
    "/api/v1/openapi.json",
    "/healthz",
]
NOT_WITHOUT_AN_ACCOUNT = ["/review.json", "/review/0000.json"]
PIECES = ["/atlas/tie?tie=hgnc:5966~cl:0000233"]
PLAYGROUND = ["/playground.json", "/playground", "/playground/answer", "/embed/playground"]  # test_playground.py
NOT_WITHOUT_A_JOB = ["/job/none", "/job/none.json"]


def tree(text: str) -> html.HtmlElement:
    return html.document_fromstring(text)


def test_the_list_of_addresses_is_the_table_of_routes() -> None:
    """A route without a test here would have headers that nobody looked at."""
    tested = [*PLAYGROUND, *PIECES, *PAGES, *FORMS, *LEADING, *TWINS, *NOT_WITHOUT_AN_ACCOUNT, *NOT_WITHOUT_A_JOB]
    tested += ["/artifact/il11/cite.bib", "/static/pleio.css"]
    tested += [f"/artifact/sample-figure/{form}" for form in FORMS_OF_A_FIGURE]
    tested += ["/pathway/il11.svg"]  # test_activity.py
    tested += ["/atlas/graph.bin?reach=all"]  # test_atlas.py
    for route in routes():
        if getattr(route, "methods", None) == {"POST"}:
            continue  # tested where what is sent is
        matched = [path for path in tested if route.path_regex.match(path.partition("?")[0])]  # type: ignore[attr-defined]
        assert matched, f"no test asks for {route.path}"  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", [*PAGES, *FORMS])
def test_a_page_is_whole(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200, response.text[:500]
    page = tree(response.text)
    assert len(page.findall(".//h1")) == 1
    assert page.findtext(".//title")
    assert "not for clinical decisions" in response.text
    assert page.get("lang") == "en"
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids)), "an id is given twice"


@pytest.mark.parametrize(
    "path",
    [
        *(*PAGES, *FORMS, *LEADING, *TWINS, *NOT_WITHOUT_AN_ACCOUNT, *NOT_WITHOUT_A_JOB),
        *PIECES,
        *("/artifact/il11/cite.bib", "/static/pleio.css", "/nothing", "/claim/none.json", "/api/v1/nothing"),
    ],
)
def test_every_answer_carries_the_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == policy["form-action"] == "'self'"
    assert policy["base-uri"] == "'none'"
    assert "unsafe" not in headers["content-security-policy"]
    framable = path.startswith("/embed/")
    assert policy["frame-ancestors"] == ("*" if framable else "'none'")
    assert headers.get("x-frame-options") == (None if framable else "DENY")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "server" not in headers
    if path not in FORMS:
        assert "set-cookie" not in headers


@pytest.mark.parametrize("path", [*PAGES, *FORMS])
def test_a_page_has_no_inline_script_or_style_and_asks_no_other_host(client: TestClient, path: str) -> None:
    page = tree(client.get(path).text)
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        assert not [name for name in element.attrib if name.startswith("on")], element.attrib
        assert "style" not in element.attrib
        assert element.tag not in ("style", "iframe", "object", "embed", "base", "form") or element.tag == "form"
        if element.tag == "script" and element.get("type") == "application/ld+json":  # data, which nothing runs
            assert isinstance(json.loads(element.text or ""), dict)
        elif element.tag == "script":
            assert (element.get("src") or "").startswith("/static/")
            assert not element.text
        for name in ("src", "srcset", "data", "poster", "xlink:href"):
            assert (element.get(name) or "/").startswith("/")
        if element.tag in ("link", "use", "image"):
            assert (element.get("href") or "/").startswith(("/", "#", "http://127.0.0.1/"))


def test_an_embedded_page_has_no_forms_and_its_links_open_beside_the_frame(client: TestClient) -> None:
    page = tree(client.get("/embed/artifact/il11").text)
    assert not page.findall(".//form") and not page.findall(".//header[@class='site']")
    leading = [link for link in page.findall(".//a") if (link.get("href") or "").startswith("/")]
    assert leading
    assert all(link.get("target") == "_blank" for link in leading)


def test_every_link_leads_somewhere_and_every_anchor_exists(client: TestClient) -> None:
    """From the front page, through all that can be reached."""
    seen: dict[str, str] = {}
    queue = ["/"]
    wanted: set[tuple[str, str]] = set()
    while queue:
        path = queue.pop()
        if path in seen:
            continue
        response = client.get(path)
        assert response.status_code in (200, 302, 303), f"{path} answers {response.status_code}"
        if response.status_code in (302, 303):
            queue.append(response.headers["location"])
        is_page = "html" in response.headers.get("content-type", "")
        seen[path] = response.text if is_page else ""
        if not is_page or path.startswith("/playground"):  # which knows the library's contests, not the sample's
            continue
        for link in tree(response.text).iter("a", "link"):
            target = urljoin(f"http://127.0.0.1{path}", link.get("href") or "")
            if urlsplit(target).netloc != "127.0.0.1":
                assert (link.get("href") or "").startswith(("https://", "http://"))
                continue
            address, fragment = urldefrag(target)
            address = address.removeprefix("http://127.0.0.1") or "/"
            queue.append(address)
            if fragment:
                wanted.add((address, fragment))
    assert len(seen) > 20
    for path, fragment in wanted:
        assert tree(seen[path]).get_element_by_id(fragment, None) is not None, f"{path} has no #{fragment}"


def test_embed_of_a_page_is_an_address_of_its_own(client: TestClient) -> None:
    response = client.get("/artifact/il11?embed=1")
    assert (response.status_code, response.headers["location"]) == (302, "/embed/artifact/il11")


def test_results_and_audits_lead_to_their_own_pages(client: TestClient) -> None:
    assert client.get("/artifact/sample-study").headers["location"] == "/study/sample-study"
    assert client.get("/artifact/sample-audit").headers["location"] == "/audit/sample-audit"


@pytest.mark.parametrize("path", TWINS)
def test_a_twin_is_json(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert isinstance(json.loads(response.text), dict)


def test_the_twin_of_a_page_is_the_artifact_itself(own_client: TestClient, own_archive: Archive) -> None:
    value = own_client.get("/artifact/il11.json").json()
    envelope = own_archive.load("il11")
    assert value["id"] == envelope.id
    assert value["content"] == json.loads(json.dumps(envelope.content))
    assert value["provenance"]["activity"]


@pytest.mark.parametrize(
    ("path", "status", "what"),
    [
        ("/nothing", 404, "there is no such page"),
        ("/artifact/il12", 404, "is no artifact that is kept here"),
        ("/claim/none", 404, "is no claim that is published here"),
        ("/contest/none", 404, "is no contest that is published here"),
        ("/study/none", 404, "is no result that is published here"),
        ("/audit/none", 404, "is no audit that is published here"),
        ("/artifact/il11/cite.doc", 404, "is no citation format"),
        ("/artifact/" + "0" * 64, 404, "is no artifact that is kept here"),
        ("/artifact/..%2F..%2Fetc%2Fpasswd", 404, "there is no such page"),
        ("/static/..%2Fapp.py", 404, "there is no such page"),
        ("/static/../app.py", 404, "there is no such page"),
    ],
)
def test_an_error_has_one_shape(client: TestClient, path: str, status: int, what: str) -> None:
    response = client.get(path, headers={"accept": "application/json"})
    assert response.status_code == status
    error = response.json()["error"]
    assert set(error) == {"status", "where", "what", "help", "more"}
    assert (error["status"], error["what"]) == (status, what)
    page = client.get(path, headers={"accept": "text/html"})
    assert page.status_code == status
    assert what in page.text and "to the front page" in page.text


def test_contests_about_an_unknown_name_are_an_error_and_spellings_of_one_name_meet(client: TestClient) -> None:
    unknown = client.get("/api/v1/contests?about=platlet")
    assert unknown.status_code == 400
    assert unknown.json()["error"]["help"] == "did you mean 'platelet'?"
    ids = [
        [each["id"] for each in client.get(f"/api/v1/contests?about={name}").json()["items"]]
        for name in ("IL11", "IL-11", "hgnc:5966")
    ]
    assert ids[0] == ids[1]
    assert ids[2] and set(ids[2]) <= set(ids[0])


def test_an_unknown_address_of_the_interface_leads_to_its_description(client: TestClient) -> None:
    error = client.get("/api/v1/nothing").json()["error"]
    assert (error["status"], error["help"]) == (404, "/api/v1/openapi.json lists them")


def test_a_post_is_refused(client: TestClient) -> None:
    assert client.post("/artifact/il11").status_code == 405


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost:8011@evil.example",
        "localhost:80:evil",
        "[::1]evil.example",
        "evil.example:8011",
        "127.0.0.1.evil.example",
        "",
        "[::2]:8011",
        "localhost.evil",
    ],
)
def test_a_request_to_another_name_is_misdirected(client: TestClient, host: str) -> None:
    response = client.get("/", headers={"host": host})
    assert response.status_code == 421
    assert "content-security-policy" in response.headers


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:9999", "[::1]:8011", "LOCALHOST:1"])
def test_the_names_of_this_machine_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/healthz", headers={"host": host}).status_code == 200


def test_a_page_that_has_not_changed_is_not_sent_again(client: TestClient) -> None:
    tag = client.get("/artifact/il11").headers["etag"]
    assert client.get("/artifact/il11", headers={"if-none-match": tag}).status_code == 304
    assert client.get("/embed/artifact/il11").headers["etag"] != tag


def test_a_new_version_is_shown_with_what_changed(own_client: TestClient, own_archive: Archive) -> None:
    tag = own_client.get("/artifact/il11@1").headers["etag"]
    publish_sample(own_archive, text="## Blood\n\nQuite another text.\n")
    assert own_client.get("/artifact/il11@1", headers={"if-none-match": tag}).status_code == 200, "its history grew"
    page = own_client.get("/artifact/il11").text
    assert "version 2" in page and "Quite another text" in page
    history = own_client.get("/artifact/il11/history").text
    assert "+ Quite another text." in history
    assert "Given as a drug" in own_client.get("/artifact/il11@1").text


def test_an_altered_artifact_is_not_shown(archive: Archive) -> None:
    entry = publish_sample(archive)
    path = archive.store.blobs.path(entry.id)
    path.chmod(0o644)
    path.write_bytes(path.read_bytes().replace(b"platelets", b"PLATELETS"))
    client = TestClient(create_app(archive), base_url="http://127.0.0.1")
    response = client.get("/artifact/il11")
    assert response.status_code == 503
    assert "was altered" in response.text


def test_an_empty_house_says_what_would_fill_it(archive: Archive) -> None:
    client = TestClient(create_app(archive), base_url="http://127.0.0.1")
    assert "pleio up" in client.get("/").text
    assert "pleio up" in client.get("/claims").text
    assert client.get("/artifact/il11").status_code == 404


def test_citations_are_served_as_files(client: TestClient) -> None:
    import bibtexparser
    import rispy

    (entry,) = bibtexparser.loads(client.get("/artifact/il11/cite.bib").text).entries
    assert entry["version"] == "il11@1"
    (record,) = rispy.loads(client.get("/artifact/il11/cite.ris").text)
    assert record["urls"] == ["http://127.0.0.1/artifact/il11"]
    assert client.get("/artifact/il11/cite.json").json()[0]["title"] == "Interleukin-11 (sample)"


def test_a_fault_of_ours_says_nothing_of_the_inside(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    publish_sample(archive)
    client = TestClient(create_app(archive), base_url="http://127.0.0.1", raise_server_exceptions=False)

    def broken(*_: object) -> None:
        raise RuntimeError("secret path /root")

    monkeypatch.setattr("pleio.web.views.front.front_context", broken)
    response = client.get("/")
    assert response.status_code == 500
    assert "secret" not in response.text and "Traceback" not in response.text
    assert "content-security-policy" in response.headers


def test_what_is_sent_stays_small(client: TestClient) -> None:
    response = client.get("/artifact/il11", headers={"accept-encoding": "gzip"})
    assert response.headers["content-encoding"] == "gzip"


def test_nothing_static_names_another_host() -> None:
    folder = Path(__file__).parents[3] / "src" / "pleio" / "web"
    for file in [*(folder / "static").glob("*.*"), *(folder / "templates").iterdir()]:
        text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "://" not in text.replace('[href^="http"]', ""), file.name


def test_no_template_marks_anything_as_safe() -> None:
    folder = Path(__file__).parents[3] / "src" / "pleio" / "web" / "templates"
    for file in folder.iterdir():
        text = file.read_text(encoding="utf-8")
        assert "|safe" not in text and "| safe" not in text and "autoescape" not in text, file.name


def test_a_study_is_read_by_another_belief(client: TestClient) -> None:
    page = client.get("/study/sample-study?belief=sceptic").text
    assert "platelets rise by 60\u00a0% (sceptic)" in page and "they count as 700 equal ones" in page
    assert page.count("<tbody>") < client.get("/study/sample-study").text.count("<tbody>"), "its own endpoints"
    error = client.get("/study/sample-study?belief=<b>", headers={"accept": "application/json"}).json()["error"]
    assert (error["status"], error["where"]) == (400, "belief")


def test_the_data_and_the_specification_behind_a_figure_are_served(client: TestClient) -> None:
    import csv
    import io

    from lxml import etree

    rows = list(csv.reader(io.StringIO(client.get("/artifact/sample-figure/data.csv").text)))
    assert rows == [["value"], ["1"]]
    assert client.get("/artifact/sample-figure/spec.json").json()["mark"] == "line"
    drawing = etree.fromstring(client.get("/artifact/sample-figure/figure.svg").content)
    assert drawing.findall(".//{*}path")
    assert client.get("/artifact/il11/data.csv").status_code == 404


def test_a_cell_of_a_table_is_no_formula() -> None:
    from pleio.web.views.figures import table

    assert table({"data": {"values": [{"=A1": "=cmd|'/c calc'!A0"}]}}).splitlines() == ["'=A1", "'=cmd|'/c calc'!A0"]


def test_a_belief_says_beside_it_which_findings_it_leaves_out(client: TestClient) -> None:
    contest, claim = (client.get(path).text for path in (f"/contest/{CONTEST}", f"/claim/{CLAIM}"))
    assert "1 finding used as data: simulations are held against it, so the belief leaves it out" in contest
    assert "not counted: used as an observation" in contest
    assert claim.count("1 finding used as data</span>") == 1
    assert "used as data" not in client.get("/claim/sample-erk").text.split("Other claims")[0]


def test_the_front_page_tells_what_a_study_answers_once(client: TestClient) -> None:
    answer = tree(client.get("/study/sample-study").text).find_class("lede")[0].text_content()
    shown = [one.text_content() for one in tree(client.get("/").text).findall(".//li/p")]
    assert shown.count(answer) == 1
    assert not [text for text in shown if answer in text and text != answer]
