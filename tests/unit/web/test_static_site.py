"""The static site: whole, by itself, the same every time, and nothing outside of its folder touched."""

# ruff: noqa: E501 -- tables of cases read better in one line each

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urldefrag

import pytest
from lxml import html

from payload_sample import publish
from pleio.artifacts import Archive
from pleio.base.errors import InputError
from pleio.store import open_store
from pleio.web.static_site import export_site, file_is_ours, file_of
from published_sample import CLAIM, publish_sample
from web_payloads import EVERY


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_every_link_leads_to_a_file_and_none_needs_a_server(archive: Archive, tmp_path: Path) -> None:
    publish_sample(archive)
    count = export_site(archive, tmp_path / "site")
    site = files(tmp_path / "site")
    assert count == len(site)
    assert {"index.html", "artifact/il11.html", f"claim/{CLAIM}.html", "entity/hgnc_3a5966.html", "study/sample-study.html", "audit/sample-audit.html", "atlas.html", "claims.html", "artifact/il11.json", "static/pleio.css", "static/cards.js", "artifact/il11/cite.bib"} <= set(site)  # fmt: skip
    for name, body in site.items():
        if not name.endswith(".html"):
            continue
        page = html.document_fromstring(body)
        assert not page.findall(".//form"), name
        for element, _, address, _ in page.iterlinks():
            if element.get("rel") == "external" or address.startswith(("http", "#", "mailto:")):
                continue
            target, _ = urldefrag(address)
            assert (tmp_path / "site" / name).parent.joinpath(target).resolve().is_file(), (name, address)
        assert b"Content-Security-Policy" in body
    drawn = html.fromstring(site["artifact/il11.html"])
    assert drawn.findall(".//svg[@class='pathway']//rect") and drawn.findall(".//figure//path")


def test_the_same_store_gives_the_same_bytes(archive: Archive, tmp_path: Path) -> None:
    publish_sample(archive)
    export_site(archive, tmp_path / "one")
    export_site(Archive(archive.store), tmp_path / "two")
    assert files(tmp_path / "one") == files(tmp_path / "two")
    export_site(archive, tmp_path / "one")
    assert files(tmp_path / "one") == files(tmp_path / "two"), "over an earlier one"


def test_what_is_gone_is_removed_and_what_is_not_ours_is_refused(archive: Archive, tmp_path: Path) -> None:
    publish_sample(archive)
    folder = tmp_path / "site"
    export_site(archive, folder)
    (folder / "claim" / "old.html").write_text("old")
    listed = json.loads((folder / "site.json").read_text())
    listed["files"] |= {"claim/old.html": "", "../outside": "", "/etc/passwd": ""}
    (folder / "site.json").write_text(json.dumps(listed))
    (tmp_path / "outside").write_text("stays")
    export_site(archive, folder)
    assert not (folder / "claim" / "old.html").exists()
    assert (tmp_path / "outside").read_text() == "stays"
    other = tmp_path / "other"
    other.mkdir()
    (other / "thesis.txt").write_text("mine")
    with pytest.raises(InputError, match="holds something else"):
        export_site(archive, other)
    assert files(other) == {"thesis.txt": b"mine"}


def test_no_name_leads_out_of_the_folder() -> None:
    for text in (*EVERY, "..", "../..", ".", "a/../b", "con", "a\x00b"):
        from urllib.parse import quote

        name = file_of(f"/claim/{quote(text, safe='', errors='surrogatepass')}")
        assert file_is_ours(name) and name.startswith("claim/") and ".." not in name.split("/")
    assert len({file_of(f"/claim/{name}") for name in ("a:b", "a_b", "a_3ab", "a.b")}) == 4


def test_a_hostile_store_makes_a_site_that_does_nothing(tmp_path: Path) -> None:
    archive = Archive(open_store(tmp_path / "home"))
    publish(archive, EVERY[:24])
    export_site(archive, tmp_path / "site")
    for name, body in files(tmp_path / "site").items():
        if name.endswith(".html"):
            page = html.document_fromstring(body)
            scripts = [e for e in page.iter("script") if e.get("type") != "application/ld+json"]
            assert all(not (e.text or "") and "static/" in e.get("src", "") for e in scripts), name
            assert not [n for e in page.iter() if isinstance(e.tag, str) for n in e.attrib if n.startswith("on")]
