"""What is behind a figure: the drawing, its data as CSV, its specification as Vega-Lite."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from ...library.content import Figure
from ..errors import WebError
from ..reader import Reader
from ..render.figure import bring_in, standing_alone

FORMS = {"figure.svg": "image/svg+xml", "data.csv": "text/csv", "spec.json": "application/json"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run


def file(request: Request) -> Response:
    """`/artifact/{name}/figure.svg`, `data.csv` and `spec.json`."""
    reader: Reader = request.app.state.reader
    name, form = request.path_params["name"], request.url.path.rpartition("/")[2]
    envelope = reader.envelope(name)
    if envelope.type != "figure":
        raise WebError(404, name[:80], f"is a {envelope.type}, which has no {form}", "only a figure has one")
    figure = reader.content(Figure, name)
    if form == "spec.json":
        text = json.dumps(figure.spec, ensure_ascii=False, indent=1)
    elif form == "data.csv":
        text = table(figure.spec)
    else:
        text = standing_alone(bring_in(figure.wide, "f", figure.description))
    headers = {"Content-Disposition": f'inline; filename="{form}"'}
    return Response(text, media_type=f"{FORMS[form]}; charset=utf-8", headers=headers)


def table(spec: Mapping[str, Any]) -> str:
    """Write all rows of data that a specification carries as one table; a row has what its layer has of the columns.

    Text that a spreadsheet would take for a formula begins with an apostrophe.
    """
    rows = list(_rows(spec, spec.get("datasets", {})))
    columns = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(map(_cell, columns))
    writer.writerows([_cell(row.get(name, "")) for name in columns] for row in rows)
    return out.getvalue()


def _rows(part: Any, named: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if isinstance(part, Mapping):
        data = part.get("data")
        if isinstance(data, Mapping):
            values = data.get("values", named.get(str(data.get("name")), []))
            yield from (row if isinstance(row, Mapping) else {"value": row} for row in values)
        for key, inner in part.items():
            if key not in ("data", "datasets"):
                yield from _rows(inner, named)
    elif isinstance(part, list):
        for inner in part:
            yield from _rows(inner, named)


def _cell(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value
