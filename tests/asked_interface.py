"""Asking every operation of the interface what its description allows, and what it does not."""

from __future__ import annotations

from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
PATIENCE = 120.0  # seconds: the first question of its kind waits until a library is read and its claims are weighed
MODES = {"as described": GenerationMode.POSITIVE, "otherwise": GenerationMode.NEGATIVE}


def ask_everything(app: Any, mode: str, examples: int, *, always_the_same: bool = True) -> tuple[int, list[str]]:
    """Ask each operation so many times; give how many operations there are, and what was wrong.

    Args:
        mode: a key of `MODES`.
        always_the_same: whether another run asks the same.
    """
    described = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)
    wrong, operations = [], 0
    for found in described.get_all_operations():
        operation = found.ok()
        operations += 1

        @settings(
            max_examples=examples,
            deadline=None,
            derandomize=always_the_same,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=MODES[mode]))
        def asked(case: Case) -> None:
            case.call_and_validate(checks=CHECKS, timeout=PATIENCE)

        try:
            asked()
        except (Exception, BaseExceptionGroup) as fault:
            if type(fault).__name__ != "Unsatisfiable":  # what has no parameters cannot be asked otherwise
                wrong.append(f"{operation.label}: {_whole(fault)}")
    return operations, wrong


def _whole(fault: BaseException) -> str:
    """Write a fault with all that it is made of: what failed once and not again stands inside another."""
    inner = fault.exceptions if isinstance(fault, BaseExceptionGroup) else ()
    return "\n".join([str(fault), *map(_whole, inner)])
