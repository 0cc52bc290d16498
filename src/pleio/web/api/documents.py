"""Documents, read and audited; nothing of them is kept unless that is asked for."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request

from ..accounts.identity import reviewer
from ..errors import WebError
from ..site import site_of
from .shapes import Audit, Reading, Shape

router = APIRouter(tags=["documents"])
SECONDS = 150.0


class Document(Shape):
    """A document: its text, or its bytes as base64 (PDF, or text in any of the formats that `pleio read` takes)."""

    text: Annotated[str, Field(max_length=1_000_000)] = ""
    data: Annotated[str, Field(max_length=34_000_000, description="base64")] = ""
    name: Annotated[str, Field(max_length=200)] = "document"


class ToRead(Document):
    """A document to read; `propose` lays its claims as proposals for a review, and needs an account."""

    propose: bool = False


@router.post("/audit", response_model=Audit, operation_id="audit_document")
def audit(request: Request, document: Document) -> Any:
    """Audit a document: identifiers, aliases, arithmetic, citations, contradictions; nothing is kept."""
    found = site_of(request).desk.ask("audit", seconds=SECONDS, data=_data(document), name=_name(document))
    return {key: found[key] for key in ("name", "digest", "findings", "statements")}


@router.post("/read", response_model=Reading, operation_id="read_document")
def read(request: Request, document: ToRead) -> Any:
    """Read the claims of a document, each with the exact span that carries it."""
    site = site_of(request)
    propose = ""
    if document.propose:
        reviewer(request)
        propose = site.library
    return site.desk.ask("read", seconds=SECONDS, data=_data(document), name=_name(document), propose=propose)


def _data(document: Document) -> str:
    if bool(document.text) == bool(document.data):
        raise WebError(422, "body", "has neither `text` nor `data`, or both", "give one of them")
    if document.text:
        return base64.b64encode(document.text.encode("utf-8", "surrogatepass")).decode()
    try:
        base64.b64decode(document.data, validate=True)
    except (binascii.Error, ValueError):
        raise WebError(422, "body.data", "is not base64") from None
    return document.data


def _name(document: Document) -> str:
    return "".join(c if c.isprintable() else " " for c in document.name).strip() or "document"
