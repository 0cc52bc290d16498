"""Untrusted model text is refused before any library sees it."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from pleio.base.errors import ModelError
from pleio.formats.load import load
from pleio.formats.screening import decode, screen_antimony, screen_xml

OPEN = '<sbml xmlns="http://www.sbml.org/sbml/level3/version2/core" level="3" version="2"><model>'
CLOSE = "</model></sbml>"


def refused(text: str) -> str:
    with pytest.raises(ModelError) as caught:
        load(text)
    return str(caught.value)


def test_a_document_type_is_refused() -> None:
    assert refused(f"<!DOCTYPE sbml>{OPEN}{CLOSE}") == (
        "SBML: line 1: declares a document type (DOCTYPE); remove it; entities are not read"
    )


def test_a_billion_laughs_are_not_laughed() -> None:
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 10))
    text = f'<!DOCTYPE sbml [<!ENTITY e0 "ha">{entities}]>{OPEN}<notes>&e9;</notes>{CLOSE}'
    assert "declares a document type (DOCTYPE)" in refused(text)


def test_deep_xml_is_refused() -> None:
    assert refused(OPEN + "<a>" * 400 + "</a>" * 400 + CLOSE) == "SBML: line 1: nests deeper than 256 elements"


def test_too_many_quantities_are_refused() -> None:
    text = OPEN + '<parameter id="p"/>' * 100_001 + CLOSE
    assert refused(text) == "SBML: line 1: has more than 100,000 quantities and reactions"


def test_broken_xml_says_where() -> None:
    assert refused("<sbml>\n<model></sbml>") == "SBML: line 2, column 10: is not well-formed XML: mismatched tag"


def test_large_text_is_refused() -> None:
    with pytest.raises(ModelError, match="is larger than 10,000,000 bytes"):
        screen_xml("<a>" + " " * 10_000_001 + "</a>", "x")


@pytest.mark.parametrize("text", ['import "other.ant"', "model m; end; import 'x'", "a = 1;\n  import x"])
def test_antimony_imports_nothing(text: str) -> None:
    with pytest.raises(ModelError, match="uses 'import'; put the imported models into this text"):
        screen_antimony(text, "x")


def test_a_comment_may_say_import() -> None:
    text = '// import this\n/* import\nimport */ a = 1; note = "import x"'
    assert screen_antimony(text, "x") == text


@pytest.mark.parametrize("formula", ["(" * 300 + "1" + ")" * 300, "-" * 300 + "1"])
def test_deep_antimony_is_refused(formula: str) -> None:
    with pytest.raises(ModelError, match="line 1: nests deeper than 256 levels"):
        screen_antimony(f"x = {formula}", "x")


def test_bytes_are_text_or_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="byte 3: is not UTF-8; save it as UTF-8"):
        decode(b"abc\xff", "x")
    with pytest.raises(ModelError, match="is binary, not text"):
        decode(b"abc\0", "x")
    assert decode("\ufeffµ".encode("utf-16"), "x").lstrip("\ufeff") == "µ"
    assert decode('<?xml version="1.0" encoding="ISO-8859-1"?><a>µ</a>'.encode("latin-1"), "x").endswith("<a>µ</a>")
    for name, content in [("empty.xml", b""), ("folder", None)]:
        path = tmp_path / name
        path.write_bytes(content) if content is not None else path.mkdir()
        with pytest.raises(ModelError):
            load(path)
    with pytest.raises(ModelError, match="does not exist; check the path"):
        load(tmp_path / "none.xml")


def test_letters_of_other_alphabets_are_named_where_they_stand() -> None:
    """libantimony's own words end in the middle of such a letter, or quote the formula without it."""
    text = 'model m\n  species Größe = 1; k = 1; // Größe\n  S is "Größe"\n  R: Größe => ; k \u2212 1\nend\n'
    with pytest.raises(ModelError) as caught:
        load(text)
    assert [str(each.where) for each in caught.value.problems] == ["line 2", "line 4"]
    assert "'ö' (LATIN SMALL LETTER O WITH DIAERESIS) cannot stand outside quotes" in str(caught.value)
    said = 'model m\n  species S = 1; k = 1; // Größe\n  R: S => ; k*S\n  S is "Größe"\nend\n'
    assert list(load(said).species) == ["S"]


def test_a_compressed_model_is_called_so(tmp_path: Path) -> None:
    path = tmp_path / "model.xml.gz"
    path.write_bytes(gzip.compress(b"<sbml/>"))
    with pytest.raises(ModelError, match="is compressed with gzip; unpack it first: gunzip"):
        load(path)
