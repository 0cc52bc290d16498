"""`/api`: the interface described on a page that needs no script, made from the OpenAPI document itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from ..errors import wants_json
from ..templates import render

BASE = "/api/v1"


@dataclass(frozen=True)
class Parameter:
    """A parameter of an operation: its name, where it stands, what it may be, what it means."""

    name: str
    place: str
    kind: str
    default: str
    meaning: str


@dataclass(frozen=True)
class Operation:
    """One operation: how it is asked for, what it does, what it takes, an example for a shell."""

    id: str
    method: str
    path: str
    summary: str
    parameters: tuple[Parameter, ...]
    example: str
    try_it: str


@dataclass(frozen=True)
class Described:
    """The interface: operations by tag, and how everything in it behaves."""

    groups: tuple[tuple[str, tuple[Operation, ...]], ...]
    count: int
    version: str


def routes() -> list[BaseRoute]:
    """The addresses of the description."""
    return [Route("/api.json", as_json), Route("/api", page)]


def as_json(request: Request) -> Response:
    """Lead to the OpenAPI document."""
    return RedirectResponse(f"{BASE}/openapi.json", 302)


def page(request: Request) -> Response:
    """Show every operation."""
    if wants_json(request) and request.url.path != "/api":
        return as_json(request)
    return render("api.html", d=described(request.app.state.api), title="Interface for programs")


@lru_cache(maxsize=1)
def described(api: FastAPI) -> Described:
    """Put the page together from the OpenAPI document."""
    document = api.openapi()
    groups: dict[str, list[Operation]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            made = _operation(path, method, operation, document)
            groups.setdefault(operation["tags"][0], []).append(made)
    count = sum(map(len, groups.values()))
    return Described(tuple((name, tuple(each)) for name, each in groups.items()), count, document["openapi"])


def _operation(path: str, method: str, operation: Mapping[str, Any], document: Mapping[str, Any]) -> Operation:
    parameters = [
        _parameter(each["name"], each["in"], each, each["schema"]) for each in operation.get("parameters", ())
    ]
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    example = f"curl http://127.0.0.1:8011{BASE}{path}" if method == "get" else ""
    if body:
        shape = _resolved(body, document)
        needed = shape.get("required", [])
        for name, schema in shape.get("properties", {}).items():
            parameters.append(_parameter(name, "body", {"required": name in needed, **schema}, schema))
        example = f"curl -X POST http://127.0.0.1:8011{BASE}{path} -H 'content-type: application/json' -d @request.json"
    plain = (
        operation["tags"][0] != "reviews"
        and method == "get"
        and "{" not in path
        and not any(each.default == "required" for each in parameters)
    )
    summary = " ".join(operation.get("description", operation.get("summary", "")).split())
    try_it = BASE + path if plain else ""
    return Operation(operation["operationId"], method.upper(), path, summary, tuple(parameters), example, try_it)


def _parameter(name: str, place: str, given: Mapping[str, Any], schema: Mapping[str, Any]) -> Parameter:
    default = schema.get("default")
    shown = "required" if given.get("required") else "" if default in (None, "") else json.dumps(default)
    return Parameter(name, place, _kind(schema), shown, given.get("description", schema.get("description", "")))


def _kind(schema: Mapping[str, Any]) -> str:
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"] if value != "")
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_kind(each) for each in schema["anyOf"] if each.get("type") != "null"))
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    low = schema.get("minimum", schema.get("exclusiveMinimum"))
    high = schema.get("maximum", schema.get("exclusiveMaximum"))
    span = "" if low is None or high is None else f", {low:g} to {high:g}"
    kind = {"array": "list", "object": "object"}.get(str(schema.get("type", "")), str(schema.get("type", "")))
    return f"{kind}{span}"


def _resolved(schema: Mapping[str, Any], document: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in schema:
        return schema
    found: Mapping[str, Any] = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return found
