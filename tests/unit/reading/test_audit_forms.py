"""Each kind of defect in many surface forms: found where it is wrong, silent where the same words are right."""

from __future__ import annotations

import pytest

from audit_defects import family
from audit_forms import FORMS, Form
from pleio.reading import Document, Finding, audit


def _audited(form: Form, text: str) -> list[Finding]:
    return audit(Document("page", text, form.media))


def _found(form: Form) -> bool:
    """Say whether a finding of the kind lies at the defect: a thing left out before it, a thing twice at either."""
    text, spans = form.wrong
    where = [(a - 60 * (form.kind == "empty_section"), b) for a, b in spans]
    if form.kind == "duplicated_infobox":
        where = [(0, len(text))]
    return any(
        family(f.kind) == family(form.kind) and any(f.start < b and a < f.end for a, b in where)
        for f in _audited(form, text)
    )


def problems(form: Form) -> list[str]:
    """Say what is missed in the wrong page and what is alarmed about in the right one."""
    alarms = [
        f"{f.kind}: {f.quote[:50]!r} {f.message[:80]}" for f in _audited(form, form.right) if f.severity != "info"
    ]
    return ([] if _found(form) else ["missed"]) + alarms


@pytest.mark.parametrize("kind", sorted({form.kind for form in FORMS}))
def test_each_form_of_a_defect_is_found_and_the_right_one_is_silent(kind: str) -> None:
    found = [(form.text[-160:], each) for form in FORMS if form.kind == kind for each in problems(form)]
    assert found == []
