"""A scenario as a Jupyter notebook: the study in one cell, and what to do with it in the others."""

from __future__ import annotations

from typing import Any

from ...base.digests import digest


def notebook(library: str, study: str) -> dict[str, Any]:
    """Write a notebook (nbformat 4.5) that runs a study.

    Args:
        study: its YAML.
    """
    quoted = study.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    cells = [
        ("markdown", "# A scenario from the playground\n\nA small study: few worlds, one subject in each."),
        ("code", f'from pathlib import Path\n\nfrom pleio import library\n\nSTUDY = """\\\n{quoted}"""'),
        (
            "code",
            f'Path("by-hand.yaml").write_text(STUDY, encoding="utf-8")\n'
            f'study = library.open("{library}").study("by-hand.yaml")\nresult = study.run()',
        ),
        ("code", "import pandas\n\npandas.DataFrame(result.summary())"),
        ("code", "result.bands()  # quantiles over worlds: arm, observed quantity, quantile, time"),
    ]
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        "cells": [_cell(kind, text) for kind, text in cells],
    }


def _cell(kind: str, text: str) -> dict[str, Any]:
    cell: dict[str, Any] = {
        "cell_type": kind,
        "id": digest(text)[:8],
        "metadata": {},
        "source": text.splitlines(keepends=True),
    }
    return cell if kind == "markdown" else {**cell, "execution_count": None, "outputs": []}
