"""A second reader, off by default: asks an OpenAI-compatible endpoint and keeps only what the document says word for
word.

Whatever the endpoint answers, a statement is kept only if its quotation is an exact substring of the document and its
words are those of the format; nothing else of the answer is used.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from ..base.errors import InputError, Problem
from .documents.page import Page
from .documents.structure import BULLET, CAPTION, PARAGRAPH
from .statement import ASPECTS, MODALITIES, RELATIONS, STATUSES, Statement
from .things import grounded

LARGEST_ANSWER = 2_000_000  # bytes
_INSTRUCTION = (
    "Extract the biomedical claims that the text makes. Answer with a JSON array only. Each item has: quote (an exact "
    "substring of the text), subject, relation (one of {relations}), object, aspect (one of {aspects} or null), status "
    "(one of {statuses}), modality (one of {modalities}). Do not add anything that the text does not say."
).format(
    relations=", ".join(RELATIONS),
    aspects=", ".join(ASPECTS),
    statuses=", ".join(STATUSES),
    modalities=", ".join(MODALITIES),
)


@dataclass(frozen=True)
class Endpoint:
    """A reader that asks a chat-completions endpoint, a passage at a time.

    Attributes:
        url: the base address, such as `http://127.0.0.1:8000/v1`; http(s) only.
        model: the name of the model to ask.
        key: sent as a bearer token, if not empty.
        timeout: seconds to wait for one answer.
    """

    url: str
    model: str
    key: str = ""
    timeout: float = 60.0
    name: str = "endpoint"

    def read(self, page: Page) -> list[Statement]:
        """Give the statements whose quotation stands in the passage that was asked about.

        Raises:
            InputError: the endpoint cannot be reached, or does not answer as a chat-completions endpoint does.
        """
        out: list[Statement] = []
        for passage in page.outline.passages:
            if passage.kind in (PARAGRAPH, BULLET, CAPTION) and len(passage.text) > 20:
                text = page.text[passage.start : passage.end]
                for item in _items(self._ask(text)):
                    statement = _statement(page, passage.start, text, item, self.name)
                    if statement is not None:
                        out.append(statement)
        return out

    def _ask(self, text: str) -> str:
        from urllib.request import Request, urlopen

        if not self.url.startswith(("http://", "https://")):
            raise InputError(self.url, Problem("", "is not an http address", "give the base address of the endpoint"))
        body = {
            "model": self.model,
            "temperature": 0,
            "messages": [{"role": "system", "content": _INSTRUCTION}, {"role": "user", "content": text}],
        }
        headers = {"Content-Type": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        address = f"{self.url.rstrip('/')}/chat/completions"
        request = Request(address, json.dumps(body).encode(), headers)
        try:
            with urlopen(request, timeout=self.timeout) as answer:
                data = json.loads(answer.read(LARGEST_ANSWER))
            return str(data["choices"][0]["message"]["content"])
        except OSError as fault:
            raise InputError(self.url, Problem("", f"cannot be reached: {fault}", "check the address")) from None
        except (ValueError, KeyError, IndexError, TypeError):
            raise InputError(self.url, "does not answer as a chat-completions endpoint does") from None


def _items(answer: str) -> list[dict[str, Any]]:
    start, end = answer.find("["), answer.rfind("]")
    try:
        found = json.loads(answer[start : end + 1]) if 0 <= start < end else []
    except ValueError:
        return []
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _statement(page: Page, offset: int, text: str, item: dict[str, Any], rule: str) -> Statement | None:
    quote, subject, object_ = (item.get(key) for key in ("quote", "subject", "object"))
    if not all(isinstance(value, str) and value.strip() for value in (quote, subject, object_)):
        return None
    at = text.find(str(quote))
    relation, aspect = item.get("relation"), item.get("aspect")
    status, modality = item.get("status", "asserted"), item.get("modality", "asserted")
    fits = relation in RELATIONS and status in STATUSES and modality in MODALITIES and aspect in (None, *ASPECTS)
    if at < 0 or not fits:
        return None
    start = offset + at
    named = {m.text.lower(): m.curie for m in page.gazetteer.find(f"{subject} | {object_}")}
    return Statement(
        page.document.name,
        start,
        start + len(str(quote)),
        str(quote),
        str(subject),
        named.get(str(subject).lower()) or grounded(str(subject)).curie,
        str(relation),
        str(object_),
        named.get(str(object_).lower()) or grounded(str(object_)).curie,
        aspect,
        str(status),
        str(modality),
        rule=rule,
    )
