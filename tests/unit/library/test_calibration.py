"""What the module tables hold is what the calibration script finds."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from pleio.library import open as open_library
from pleio.library.validation.one_use import known_of
from pleio.library.validation.validation import read_all

SCRIPT = Path(__file__).parents[3] / "scripts" / "calibrate_skeleton.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("calibrate_skeleton", SCRIPT)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["calibrate_skeleton"] = module  # its dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["kinetics", "volume", "platelets", "brain_fluid"])
def test_the_tables_hold_the_fit(script: ModuleType, name: str) -> None:
    group = getattr(script, name)()
    found = script.fit(group)
    priors = (
        open_library("il11").mechanism("oprelvekin_pk+receptor+platelets+volume_and_acute_phase+cns_exposure").priors
    )
    for parameter, median in zip(group.parameters, found.medians, strict=True):
        if parameter not in group.along:
            assert priors[parameter].value == pytest.approx(median, rel=0.02)
            assert priors[parameter].fitted_to


def test_what_is_kept_for_checking_cannot_be_fitted_to(script: ModuleType) -> None:
    group = script.kinetics()
    held = script.Target("platelet rise", 1.08, 0.2, "platelets-rise-50")
    with pytest.raises(SystemExit, match="kept for checking, or unknown: platelets-rise-50"):
        script.fit(replace(group, targets=(*group.targets, held)))


def test_no_fitted_number_has_a_source_that_is_kept_for_checking() -> None:
    library = open_library("il11")
    kept = {row.source for row in read_all(library) if row.use == "check"}
    for module in library.modules.values():
        for name, prior in known_of(module):
            assert not (prior.fitted_to and prior.source in kept), name


def test_the_table_of_oprelvekin_was_written_from_the_modules_as_they_are() -> None:
    page = SCRIPT.parent / "build_oprelvekin.py"
    found = subprocess.run([sys.executable, str(page), "--check"], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr + "run scripts/build_oprelvekin.py"
