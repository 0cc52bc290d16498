"""The interface does what its own description says, whatever it is sent: no 5xx, nothing undescribed."""

from __future__ import annotations

import pytest

from asked_interface import MODES, ask_everything
from pleio.artifacts import Archive
from pleio.store import open_store
from pleio.web import create_app
from published_sample import publish_sample

EXAMPLES = 3  # of each operation in each mode; `bench/interface.py` asks as often as one wishes


@pytest.mark.parametrize("mode", MODES)
def test_no_answer_is_a_fault_or_undescribed(tmp_path_factory: pytest.TempPathFactory, mode: str) -> None:
    archive = Archive(open_store(tmp_path_factory.mktemp("home")))
    publish_sample(archive)
    app = create_app(archive, hosts=["localhost", "testserver"])
    operations, wrong = ask_everything(app, mode, EXAMPLES)
    assert operations >= 35
    assert not wrong, "\n\n".join(wrong)
