"""YAML files: every problem with its line; nothing hostile is composed."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from pleio.base import yaml
from pleio.base.errors import ClaimError, InputError


class Inner(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    amount: float
    unit: str = "1"


class Outer(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    title: str
    parts: list[Inner] = []


def test_all_problems_of_a_file_are_reported_at_once_with_their_lines() -> None:
    text = "title: x\nparts:\n  - amount: many\n  - amout: 2\n    unit: nM\nextra: 1\n"
    with pytest.raises(ClaimError) as error:
        yaml.validate(yaml.load(text, name="f.yaml"), Outer, error=ClaimError)
    shown = str(error.value)
    assert shown.startswith("f.yaml has 4 problems")
    assert "f.yaml:3 parts[0].amount: input should be a valid number" in shown
    assert "f.yaml:4 parts[1].amout: unknown key 'amout'; did you mean 'amount'?" in shown
    assert "f.yaml:4 parts[1]: 'amount' is missing" in shown
    assert "f.yaml:6 extra: unknown key 'extra'" in shown


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\na: 2\n", "f: f:2: key 'a' is given twice; keep one"),
        ("a: &x [1]\nb: *x\n", "f: line 2: uses an alias ('*'); write the value out"),
        ("a: [1", "f: line 2, column 1: is not YAML"),
        ("", "f: is empty; it should hold a mapping or a list"),
        ("[" * 200 + "]" * 200, "f: line 1: nests deeper than 64 levels"),
        ("a: !!python/object/apply:os.system ['true']\n", "f: line 1, column 4: is not YAML"),
    ],
)
def test_what_is_not_acceptable_yaml_is_said(text: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        yaml.load(text, name="f")
    assert str(error.value).startswith(message)


def test_a_billion_laughs_is_refused_before_it_is_composed() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]" for i in range(1, 40)]
    with pytest.raises(InputError, match="alias"):
        yaml.load("\n".join(lines))


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist; check the path"):
        yaml.load(tmp_path / "absent.yaml")
    broken = tmp_path / "latin.yaml"
    broken.write_bytes(b"a: \xe9\n")
    with pytest.raises(InputError, match="byte 3: is not UTF-8; save it as UTF-8"):
        yaml.load(broken)
    large = tmp_path / "large.yaml"
    with large.open("wb") as file:
        file.truncate(yaml.LARGEST_FILE + 1)
    with pytest.raises(InputError, match=f"is larger than the {yaml.LARGEST_FILE:,} bytes that are read"):
        yaml.load(large)
