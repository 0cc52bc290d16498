"""Citations, each format read back by a library that is not ours."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import bibtexparser
import pytest
import rispy
import yaml
from bibtexparser.bparser import BibTexParser
from hypothesis import given, settings
from hypothesis import strategies as st

from pleio.artifacts import Citation, Name, of_artifact, of_reference, of_sources, seal, write_citations
from pleio.base.errors import InputError

SCHAFER = of_reference(
    "pubmed:29160304",
    {
        "title": "IL-11 is a crucial determinant of cardiovascular fibrosis",
        "authors": ["Schäfer S", "Viswanathan S", "The IL-11 Group", "et al."],
        "year": 2017,
        "container": "Nature",
        "doi": "10.1038/nature24676",
    },
)
PAGE = of_artifact(seal("page", "Interleukin-11", {}, created="2026-11-21T20:00:00Z"), name="il11", version=3)


def read_bibtex(text: str) -> list[dict[str, str]]:
    entries: list[dict[str, str]] = bibtexparser.loads(text, BibTexParser(ignore_nonstandard_types=False)).entries
    return entries


def test_bibtex_is_read_back() -> None:
    paper, page = read_bibtex(write_citations([SCHAFER, PAGE], "bibtex"))
    assert paper["ENTRYTYPE"] == "article"
    assert paper["ID"] == "schafer2017"
    assert paper["author"] == "Schäfer, S and Viswanathan, S and {The IL-11 Group} and others"
    assert paper["title"] == "{IL-11 is a crucial determinant of cardiovascular fibrosis}"
    assert (paper["journal"], paper["year"]) == ("Nature", "2017")
    assert (paper["doi"], paper["pmid"]) == ("10.1038/nature24676", "29160304")
    assert page["ENTRYTYPE"] == "misc"
    assert page["version"] == "il11@3"
    assert page["date"] == "2026-11-21"


def test_ris_is_read_back() -> None:
    paper, page = rispy.loads(write_citations([SCHAFER, PAGE], "ris"))
    assert paper["type_of_reference"] == "JOUR"
    assert paper["authors"] == ["Schäfer, S", "Viswanathan, S", "The IL-11 Group"]
    assert paper["title"] == "IL-11 is a crucial determinant of cardiovascular fibrosis"
    assert (paper["secondary_title"], paper["year"], paper["doi"]) == ("Nature", "2017", "10.1038/nature24676")
    assert paper["notes"] == ["further authors are not listed"]
    assert page["type_of_reference"] == "DATA"
    assert page["notes"][0].startswith("page, sha256:")


def test_csl_json_has_the_standards_fields() -> None:
    paper, page = json.loads(write_citations([SCHAFER, PAGE], "csl"))
    assert paper["type"] == "article-journal"
    assert paper["author"][0] == {"family": "Schäfer", "given": "S"}
    assert paper["author"][2] == {"literal": "The IL-11 Group"}
    assert paper["issued"] == {"date-parts": [[2017]]}
    assert (paper["DOI"], paper["PMID"], paper["container-title"]) == ("10.1038/nature24676", "29160304", "Nature")
    assert page["issued"] == {"date-parts": [[2026, 11, 21]]}


def read_cff(text: str) -> dict[str, Any]:
    """Read a CITATION.cff, checked for what its schema (1.2.0) asks of the fields that are written."""
    work: dict[str, Any] = yaml.safe_load(text)
    assert work["cff-version"] == "1.2.0" and work["message"] and work["type"] == "dataset"
    for one in (work, *work.get("references", [])):
        assert one["title"] and one["authors"] and one["type"]
        for author in one["authors"]:
            assert set(author) in ({"name"}, {"family-names", "given-names"}) and all(author.values())
        assert re.fullmatch(r"10\.\d{4,9}(\.\d+)?/[A-Za-z0-9:/_;\-.()\[\]\\]+", one.get("doi", "10.1000/x"))
        assert re.fullmatch(r"(https|http|ftp|sftp)://\S+", one.get("url", "https://x"))
        assert all(set(each) == {"type", "value"} and each["value"] for each in one.get("identifiers", []))
        assert all(isinstance(one.get(name, ""), str) for name in ("journal", "volume", "start", "end", "notes"))
    listed = [json.dumps(one, sort_keys=True, default=str) for one in work.get("references", [])]
    assert len(listed) == len(set(listed))
    return work


def test_cff_cites_the_artifact_and_lists_the_papers() -> None:
    paged = replace(SCHAFER, pages="110–115", volume="552")
    work = read_cff(write_citations([PAGE, paged, paged], "cff"))
    assert (work["title"], work["version"], str(work["date-released"])) == ("Interleukin-11", "il11@3", "2026-11-21")
    assert work["identifiers"] == [{"type": "other", "value": PAGE.id}]
    (paper,) = work["references"]
    assert paper["authors"][:2] == [
        {"family-names": "Schäfer", "given-names": "S"},
        {"family-names": "Viswanathan", "given-names": "S"},
    ]
    assert paper["authors"][2] == {"name": "The IL-11 Group"}
    assert (paper["type"], paper["journal"], paper["doi"], paper["year"]) == (
        "article", "Nature", "10.1038/nature24676", 2017,
    )  # fmt: skip
    assert (paper["start"], paper["end"], paper["volume"]) == ("110", "115", "552")
    assert paper["notes"] == "further authors are not listed"
    alone = read_cff(write_citations([of_reference("doi:10.1002/(SICI)1<1::AID>3.0.CO;2-#", {})], "cff"))
    assert "doi" not in alone["references"][0]  # the format does not take it, so it stays with the identifiers
    assert "SICI" in alone["references"][0]["identifiers"][0]["value"]


def test_pages_are_first_and_last_in_ris() -> None:
    (paper,) = rispy.loads(write_citations([replace(SCHAFER, pages="110 – 115")], "ris"))
    assert (paper["start_page"], paper["end_page"]) == ("110", "115")


def test_text_is_one_line_a_citation() -> None:
    paper, page = write_citations([SCHAFER, PAGE], "text").split("\n")
    assert paper == (
        "Schäfer S, Viswanathan S, The IL-11 Group et al. (2017). "
        "IL-11 is a crucial determinant of cardiovascular fibrosis. Nature. doi:10.1038/nature24676."
    )
    assert page.startswith("The pleio authors (2026). Interleukin-11. il11@3. pleio ")
    assert page.endswith(".") and "pleio:artifact/" in page


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Co", "Cn"]), min_size=1, max_size=40)


@settings(max_examples=25, deadline=None)
@given(title=WORDS, family=WORDS, container=WORDS)
def test_no_text_breaks_out_of_its_field(title: str, family: str, container: str) -> None:
    """TeX commands, braces, line breaks that look like RIS tags: the entry stays one entry with its own fields."""
    hostile = Citation("x", "article", title, (Name(family, "A"),), year=2020, container=container, doi="10.1/x")
    after = Citation("y", "article", "after", year=2021, container="J")
    entries = read_bibtex(write_citations([hostile, after], "bibtex"))
    assert [entry["year"] for entry in entries] == ["2020", "2021"]
    assert entries[0]["doi"] == "10.1/x"
    records = rispy.loads(write_citations([hostile, after], "ris"))
    assert [(record["year"], record.get("doi")) for record in records] == [("2020", "10.1/x"), ("2021", None)]
    work = read_cff(write_citations([PAGE, hostile, after], "cff"))
    assert [reference["year"] for reference in work["references"]] == [2020, 2021]


def test_what_is_not_known_is_said() -> None:
    unsure = of_reference("pubmed:1", {"title": "T", "trust": "unv-M", "retracted": True})
    assert unsure.note == "retracted; details not checked against the source"
    assert of_reference("pubmed:1", {"title": "T", "trust": "abstract"}).note == ""


def test_texs_own_characters_are_escaped() -> None:
    tricky = Citation("x", "other", r"5% of {TGFβ} & $p$ #1 a_b \input{x} ~^", year=2020)
    (entry,) = read_bibtex(write_citations([tricky], "bibtex"))
    assert entry["title"] == (
        r"{5\% of \textbraceleft{}TGFβ\textbraceright{} \& \$p\$ \#1 a\_b "
        r"\textbackslash{}input\textbraceleft{}x\textbraceright{} \textasciitilde{}\textasciicircum{}}"
    )


def test_line_breaks_cannot_begin_a_ris_field() -> None:
    (record,) = rispy.loads(write_citations([Citation("x", "article", "A\nER  - \nTY  - JOUR", year=2020)], "ris"))
    assert record["title"] == "A ER - TY - JOUR"


def test_exactly_the_papers_behind_the_sources_are_cited_once_each() -> None:
    references = {"pubmed:1": {"title": "One"}, "pubmed:2": {"title": "Two"}, "pubmed:3": {"title": "Three"}}
    cited = of_sources(["pubmed:2", "pubmed:1", "pubmed:2", "doi:10.1000/x"], references)
    assert [citation.title for citation in cited] == ["Two", "One", "doi:10.1000/x"]
    assert cited[2].url == "https://doi.org/10.1000/x"


@pytest.mark.parametrize(
    ("authors", "names", "others"),
    [
        (["Ng B", "Dong J"], ["Ng B", "Dong J"], False),
        ("Ng B, Dong J, et al.", ["Ng B", "Dong J"], True),
        (["Ng, Benjamin"], ["Ng Benjamin"], False),
        ([{"family": "van den Berg", "given": "A."}], ["van den Berg A."], False),
        (["van den Berg AB"], ["van den Berg AB"], False),
        (["Wyeth Pharmaceuticals"], ["Wyeth Pharmaceuticals"], False),
        ([], [], False),
    ],
)
def test_authors_are_read_as_people_write_them(authors: object, names: list[str], others: bool) -> None:
    citation = of_reference("pubmed:1", {"title": "T", "authors": authors})
    assert ([str(name) for name in citation.authors], citation.others) == (names, others)


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(InputError, match="did you mean 'bibtex'"):
        write_citations([PAGE], "bibtx")
