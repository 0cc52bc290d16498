"""What a study of the library shows by default: steps that are not its subjects', and what was seen beside it."""

from __future__ import annotations

import numpy as np

from pleio.library import open as open_library

IL11 = open_library("il11")


def test_who_is_spared_a_transfusion_goes_in_no_steps_of_a_subject() -> None:
    asked = IL11.study("oprelvekin-chemotherapy")
    found = asked.run(24)
    spared = found.values[..., list(found.study.endpoints).index("transfusion_free")].mean(axis=2)[1:].ravel()
    steps = 4 * spared
    assert np.mean(np.abs(steps - np.round(steps)) < 0.04) < 0.6
