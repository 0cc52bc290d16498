"""What was fitted to several sources, when one of them says nothing: `left_out.yaml`, written by the scripts that fit.

A row that is forecast without its source is then forecast by the other sources, not from what was known before any.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from ...base.errors import ModelError, Problem
from ...base.quantities import Distribution
from ...base.yaml import load
from ..modules.form import Source, Values
from .one_use import known_of
from .regimens import key, read_regimens

if TYPE_CHECKING:
    from ..opened import Library

FILE = "left_out.yaml"
_FORM = TypeAdapter(dict[Source, dict[str, Values]])
_HEAD = """\
# What was fitted to several sources, when one of them says nothing: source → number → distribution.
#
# Rows of that source are forecast with it. Written by scripts/calibrate_skeleton.py, scripts/fit_chemotherapy.py and
# scripts/fit_adverse_events.py (--write); a number that a source alone was fitted to goes back to before_fit.yaml and
# is not here. `… after ice` is that of a regimen by name (regimens.yaml), for the sources that it was fitted to.
"""


def read_left_out(library: Library) -> Mapping[str, Mapping[str, Distribution]]:
    """Read source → parameter → what the other sources say of it.

    The share of a regimen by name is written `chemotherapy_share after ice`.

    Raises:
        ModelError: the file is malformed, or names a parameter that no module has.
    """
    loaded = load(library.folder / FILE, name=FILE, error=ModelError)
    try:
        found = _FORM.validate_python(loaded.value)
    except ValidationError as fault:
        raise ModelError(
            FILE, [Problem(" ".join(map(str, one["loc"])), one["msg"]) for one in fault.errors()]
        ) from None
    known = {name for module in library.modules.values() for name, _ in known_of(module)}
    regimens = read_regimens(library.folder)
    known |= {key(regimens.parameter, name) for name in regimens.regimens}
    unknown = sorted({name for one in found.values() for name in one} - known)
    if unknown:
        raise ModelError(FILE, [Problem(name, "is a parameter of no module") for name in unknown])
    return found


def write_left_out(folder: Path, fitted: Mapping[str, Mapping[str, str]]) -> None:
    """Put fits without one source into the file; numbers that other fits wrote stay.

    Args:
        fitted: source → parameter → distribution as text.
    """
    path = folder / FILE
    held: Mapping[str, Mapping[str, object]] = load(path, name=FILE, error=ModelError).value if path.exists() else {}
    names = {name for one in fitted.values() for name in one}
    kept = {source: {k: str(v) for k, v in one.items() if k not in names} for source, one in held.items()}
    merged = {source: {**kept.get(source, {}), **fitted.get(source, {})} for source in sorted({*kept, *fitted})}
    lines = [_HEAD]
    for source, numbers in merged.items():
        if numbers:
            lines += [f'"{source}":\n', *(f'  {name}: "{text}"\n' for name, text in sorted(numbers.items())), "\n"]
    path.write_text("".join(lines).rstrip("\n") + "\n", encoding="utf-8")
