"""What the module tables hold is what the calibration script finds."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from pleio.library import open as open_library

SCRIPT = Path(__file__).parents[3] / "scripts" / "calibrate_skeleton.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    import sys

    spec = importlib.util.spec_from_file_location("calibrate_skeleton", SCRIPT)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["calibrate_skeleton"] = module  # its dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["kinetics", "volume"])
def test_the_tables_hold_the_fit(script: ModuleType, name: str) -> None:
    group = getattr(script, name)()
    start = {"kinetics": (0.2, 0.7, 0.1), "volume": (0.2, 1.5)}[name]
    found = script.fit(group, start)
    priors = open_library("il11").mechanism("oprelvekin_pk+volume_and_acute_phase").priors
    for parameter, median in zip(group.parameters, found.medians, strict=True):
        assert priors[parameter].value == pytest.approx(median, rel=0.02)
        assert priors[parameter].fitted_to
