"""No text acts that someone sends: as a document, its name, a form's field, a scenario, a header.

What each answer holds is compared with what the same request with harmless words gives: no element that acts is added,
no attribute that does, no address of another kind.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from kill_claims import made as proposals
from web_payloads import EVERY

from .conftest import PASSWORD, form_token, sign_in, site_of
from .test_payloads import ACTING, check_addresses, shape

SHORT = [payload for payload in EVERY if len(payload) <= 100]


def acting(text: str) -> Counter[str]:
    """Count the elements that act, and those with a handler."""
    found: Counter[str] = Counter()
    for (tag, names), count in shape(text).items():
        if tag in ACTING or "-" in tag or any(name.startswith("on") for name in names):
            found[tag] += count
    return found


def check(answer: str, harmless: str, payload: str) -> None:
    assert acting(answer) <= acting(harmless), payload
    check_addresses(answer)
    if "<" in payload and ">" in payload and "&" not in payload and "\0" not in payload:
        assert payload not in answer, payload


def audited(client: TestClient, body: str, name: str, kind: str) -> str:
    form = {"form_token": form_token(client, "/audit")}
    answer = client.post("/audit", data=form, files={"file": (name, body.encode("utf-8", "replace"), kind)})
    assert answer.status_code in (200, 400, 422), answer.text[:300]
    assert answer.headers["content-type"].startswith("text/html")
    return answer.text


KINDS = {"text/markdown": "md", "text/html": "html", "image/svg+xml": "svg", "text/plain": "txt"}


@pytest.mark.parametrize("kind", KINDS)
def test_an_uploaded_document_is_shown_as_text_whatever_it_says_it_is(client: TestClient, kind: str) -> None:
    suffix = KINDS[kind]
    before = "# IL-11\n\nIL-11 increases collagen (PMID: 1).\n\n"
    usual = acting(audited(client, before + "word", f"word.{suffix}", kind)) | acting(client.get("/audit").text)
    some = EVERY[list(KINDS).index(kind) :: 4]
    for first in range(0, len(some), 20):
        together = "\n\n".join(some[first : first + 20])
        body = f"<svg xmlns='http://www.w3.org/2000/svg'>{together}</svg>" if suffix == "svg" else before + together
        page = audited(client, body, f"x.{suffix}", kind)
        assert acting(page) <= usual, together[:200]
        check_addresses(page)


def test_the_name_of_a_file_is_a_name(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The desk is left out: what a name does happens before and after it."""
    found = {"digest": "0" * 64, "text": "IL-11", "findings": [], "statements": [], "claims": []}
    seen: list[str] = []

    def ask(verb: str, *, data: str, name: str, **_: object) -> dict[str, object]:
        seen.append(name)
        return {**found, "name": name}

    monkeypatch.setattr(site_of(client).desk, "ask", ask)
    usual = audited(client, "IL-11", "word.md", "text/markdown")
    for payload in EVERY[::2]:
        name = payload.replace('"', "'").replace("\r", " ").replace("\n", " ") or "x"
        check(audited(client, "IL-11", name, "text/plain"), usual, name)
    assert all("/" not in name and name.isprintable() and len(name) <= 120 for name in seen)


@pytest.mark.parametrize("field", ["name", "next"])
def test_what_is_typed_to_sign_in_comes_back_as_text(own_client: TestClient, field: str) -> None:
    site_of(own_client).accounts.add("Ada Curator", PASSWORD)
    token = form_token(own_client, "/signin")

    def sent(text: str) -> str:
        site_of(own_client).attempts.__init__()  # type: ignore[misc]
        form = {"form_token": token, "name": "x", "next": "", "password": PASSWORD, field: text}
        return own_client.post("/signin", data=form).text

    usual = sent("word")
    for payload in SHORT[:: 24 if field == "name" else 30]:  # each costs a password's hash
        check(sent(payload), usual, payload)


def test_what_a_reviewer_types_comes_back_as_text(own_client: TestClient) -> None:
    site_of(own_client).kept().lay("proposed", "proposal", proposals("proposed"), digest="proposed")
    sign_in(own_client)
    waiting = [each["digest"] for each in own_client.get("/review.json").json()["proposals"]]
    path = f"/review/{waiting[0]}"
    token = form_token(own_client, path)

    def edited(text: str, decision: str = "edit") -> str:
        form = {"form_token": token, "decision": decision, "why": text}
        form |= {"field-relation-0": text, "field-finding-1": text}
        return own_client.post(path, data=form).text

    usual = edited("word")
    for payload in EVERY[1::4]:
        check(edited(payload), usual, payload)
    usual = own_client.get("/review").text
    for digest, payload in zip(waiting[1:31], EVERY[2::6], strict=False):
        form = {"form_token": token, "decision": "reject", "why": payload}
        assert own_client.post(f"/review/{digest}", data=form).status_code == 303
    page = own_client.get("/review").text
    assert acting(page) - acting(usual) <= Counter({"form": 30, "button": 30, "input": 90})
    check_addresses(page)


def test_the_label_of_a_token_is_text(own_client: TestClient) -> None:
    sign_in(own_client)
    token = form_token(own_client, "/account")
    for payload in SHORT[::5]:
        answer = own_client.post("/account/tokens", data={"form_token": token, "label": payload})
        assert answer.status_code == 200
        check_addresses(answer.text)
    page = own_client.get("/account").text
    assert not set(acting(page)) - {"form", "script", "link", "meta", "button"}


SCENARIO = ["start={}", "agent={}", "route={}", "unit={}&dose=1", "dose={}", "watch={}", "module={}", "species={}",
            "band={}", "set.{}=1", "suppose.{}=increases", "suppose.rhIL11-in-mouse={}", "{}=1", "add={}"]  # fmt: skip


@pytest.mark.parametrize("address", SCENARIO)
def test_a_scenario_in_an_address_is_text(client: TestClient, address: str) -> None:
    usual = client.get(f"/playground?{address.format('word')}", headers={"accept": "text/html"}).text
    common = acting(usual) | acting(client.get("/nothing", headers={"accept": "text/html"}).text)
    step = 40 if address.startswith(("route", "watch", "suppose")) else 7  # those are looked up in a mechanism
    for payload in EVERY[SCENARIO.index(address) % step :: step]:
        query = address.format(quote(payload, safe="", errors="surrogatepass"))
        answer = client.get(f"/playground?{query}", headers={"accept": "text/html"})
        assert answer.status_code in (200, 302, 400, 404), (query, answer.status_code)
        if answer.status_code == 302:  # a parameter that is added leads to the address that holds it
            assert answer.headers["location"].startswith("/playground?")
            continue
        assert set(acting(answer.text)) <= set(common), payload
        check_addresses(answer.text)
        if "<" in payload and ">" in payload:
            assert payload not in answer.text


def test_a_study_that_someone_writes_is_text(own_client: TestClient) -> None:
    some = [payload for payload in EVERY if "\n" not in payload and payload.isprintable()][::20]
    token = form_token(own_client, "/jobs")
    study = "title: {}\nmechanism: [oprelvekin_pk]\ncohort: {{size: 2}}\narms: {{{}: none}}\nworlds: {{count: 8}}\n"
    study += "horizon: 2 d\nendpoints:\n  {}: {{of: oprelvekin_central, take: final}}\n"

    def sent(text: str) -> str:
        quoted = "'" + text.replace("'", "''") + "'"
        form = {"form_token": token, "definition": study.format(quoted, quoted, quoted), "study": "", "worlds": "",
                "seed": "", "belief": ""}  # fmt: skip
        answer = own_client.post("/jobs", data=form)
        assert answer.status_code in (303, 400, 422), answer.text[:200]
        return own_client.get(answer.headers["location"]).text if answer.status_code == 303 else answer.text

    usual = sent("word")
    for payload in some:
        page = sent(payload)
        assert acting(page) <= acting(usual) | acting(own_client.get("/jobs").text), payload
        check_addresses(page)


HEADERS = ["user-agent", "referer", "accept", "accept-language", "cookie", "x-forwarded-host", "if-none-match",
           "last-event-id", "x-pleio-asker", "authorization"]  # fmt: skip


@pytest.mark.parametrize("name", [*HEADERS, "host", "origin"])
def test_a_header_is_text(client: TestClient, name: str) -> None:
    sendable = [p for p in EVERY if re.fullmatch(r"[\x20-\x7e]+", p) and p.strip() == p]
    usual = client.get("/nothing", headers={"accept": "text/html"}).text
    turn = [*HEADERS, "host", "origin"].index(name) % 4
    ask: Callable[..., object] = client.post if name == "origin" else client.get
    for payload in sendable[turn::4]:
        value = f"pleio_form={payload}" if name == "cookie" else payload
        answer = ask("/nothing", headers={"accept": "text/html", name: value})
        assert answer.status_code in (401, 403, 404, 405, 421), (name, payload)  # type: ignore[attr-defined]
        text = answer.text  # type: ignore[attr-defined]
        if "html" in answer.headers["content-type"]:  # type: ignore[attr-defined]
            assert acting(text) <= acting(usual)
            check_addresses(text)
        else:
            assert answer.headers["x-content-type-options"] == "nosniff"  # type: ignore[attr-defined]


def packed(files: dict[str, bytes]) -> bytes:
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return found.getvalue()


@pytest.mark.parametrize("name", ["crate.zip", "model.omex", "page.docx", "page.pdf", "page.md"])
def test_an_archive_is_not_unpacked(client: TestClient, tmp_path: object, name: str) -> None:
    """No page takes packages: what slips out of its folder, or grows when unpacked, is a document nobody can read."""
    slip = packed({"../../slipped": b"x", "/tmp/slipped-pleio": b"x", "ro-crate-metadata.json": b"{}"})
    bomb = packed({f"{n}.xml": bytes(20_000_000) for n in range(3)})
    for data in (slip, bomb):
        form = {"form_token": form_token(client, "/audit")}
        answer = client.post("/audit", data=form, files={"file": (name, data, "application/zip")})
        assert answer.status_code in (200, 400, 422)
        assert len(answer.text) < 1_000_000
    from pathlib import Path

    assert not Path("/tmp/slipped-pleio").exists()
