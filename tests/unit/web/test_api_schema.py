"""The interface does what its own description says, whatever it is sent: no 5xx, nothing undescribed."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from pleio.artifacts import Archive
from pleio.store import open_store
from pleio.web import create_app
from published_sample import publish_sample

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 3  # of each operation in each mode; `bench/` has the long run


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["as described", "otherwise"])
def test_no_answer_is_a_fault_or_undescribed(tmp_path_factory: pytest.TempPathFactory, mode: GenerationMode) -> None:
    archive = Archive(open_store(tmp_path_factory.mktemp("home")))
    publish_sample(archive)
    app = create_app(archive, hosts=["localhost", "testserver"])
    described = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)
    wrong, operations = [], 0
    for found in described.get_all_operations():
        operation = found.ok()
        operations += 1

        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def asked(case: Case) -> None:
            case.call_and_validate(checks=CHECKS)

        try:
            asked()
        except (Exception, BaseExceptionGroup) as fault:
            if type(fault).__name__ != "Unsatisfiable":  # what has no parameters cannot be asked otherwise
                wrong.append(f"{operation.label}: {fault}")
    assert operations >= 35
    assert not wrong, "\n\n".join(wrong)
