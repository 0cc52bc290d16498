"""The pathway of a page over time: what its address asks for, how full its boxes are, and its file."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

PLACE = "/pathway/il11?study=oprelvekin-platelets"


def fills(text: str) -> dict[str, float]:
    """How full each box is drawn."""
    found = re.findall(r'class="level" data-place="([^"]+)"[^>]* fill-opacity="([\d.]+)"', text)
    return {place: float(opacity) for place, opacity in found}


def test_boxes_fill_and_empty_with_time(client: TestClient) -> None:
    drawn = [fills(client.get(f"{PLACE}&at={hours}").text) for hours in (0, 336, 1008)]
    assert all(set(each) == set(drawn[0]) for each in drawn)
    assert {"hgnc:11364", "cl:0000233", "pleio:il11-signalling-complex"} <= set(drawn[0])
    for place in ("hgnc:11364", "cl:0000233"):
        before, during, after = (each[place] for each in drawn)
        assert during > before + 0.2 and during > after + 0.2
    assert all(0 <= each <= 0.75 for one in drawn for each in one.values())


def test_arms_differ_and_placebo_stays_empty(client: TestClient) -> None:
    given, placebo = (fills(client.get(f"{PLACE}&at=336&arm={arm}").text) for arm in ("50 µg/kg", "placebo"))
    assert placebo["oprelvekin"] == 0 < given["oprelvekin"]
    assert placebo["cl:0000233"] < given["cl:0000233"]


def test_the_page_leads_to_times_arms_and_files_that_answer(client: TestClient) -> None:
    text = client.get(PLACE).text
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="(/pathway/il11[^"]*)"', text)]
    assert sum("at=0&" in f"{link}&" for link in links) and len(links) > 12
    for link in dict.fromkeys(links):
        answer = client.get(link)
        assert answer.status_code == 200, link
        assert "oprelvekin-platelets" in answer.text, urlsplit(link).path
    assert 'aria-label="ERK: not simulated"' not in text and "ERK: not simulated" in text
    assert "platelet count" in text


def test_the_values_are_those_that_are_drawn(client: TestClient) -> None:
    given = client.get("/pathway/il11.json?study=oprelvekin-platelets&at=336&arm=50 µg/kg").json()
    at = given["times"].index(given["at"])
    drawn = fills(client.get(f"{PLACE}&at=336&arm=50 µg/kg").text)
    for place, opacity in drawn.items():
        course = given["places"][place]
        share = (course["values"][at] - course["low"]) / (course["high"] - course["low"])
        assert opacity == pytest.approx(0.75 * share, abs=1e-3)


def test_the_file_says_what_it_shows(client: TestClient) -> None:
    answer = client.get("/pathway/il11.svg?study=oprelvekin-platelets&at=336&arm=50 µg/kg")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert "il11-pathway.svg" in answer.headers["content-disposition"]
    assert ElementTree.fromstring(answer.text).tag.endswith("svg")
    assert "arm 50 µg/kg, day 14, in megakaryocytes: the median of 64 worlds" in answer.text
    assert "--active" in answer.text and fills(answer.text)["cl:0000233"] > 0.5


def test_a_frame_shows_belief_or_a_time(client: TestClient) -> None:
    assert not fills(client.get("/embed/pathway/il11").text)
    framed = client.get("/embed/pathway/il11?study=oprelvekin-platelets&at=336")
    assert fills(framed.text) and "<form" not in framed.text and "<script src" in framed.text
    asked = "http://127.0.0.1/pathway/il11?study=oprelvekin-platelets%26at=336".replace("?", "%3F")
    assert "/embed/pathway/il11?study=oprelvekin-platelets" in client.get(f"/oembed?url={asked}").json()["html"]


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/pathway/none", 404, "is no page"),
        ("/pathway/il11?study=oprelvekin-platelet", 404, "oprelvekin-platelets"),
        (f"{PLACE}&arm=60", 400, "is no arm"),
        (f"{PLACE}&at=soon", 400, "A number of hours"),
        (f"{PLACE}&at=-1", 400, "is no time"),
        (f"{PLACE}&at=nan", 400, "is no time"),
        (f"{PLACE}&cell=neurone", 400, "has no cell type"),
    ],
)
def test_what_cannot_be_shown_is_said(client: TestClient, path: str, status: int, said: str) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert said in answer.text


def test_a_study_that_computes_no_place_of_the_page_says_so(client: TestClient) -> None:
    text = client.get("/pathway/il11?study=neuroprotection").text
    assert fills(text).keys() <= {"oprelvekin"}
