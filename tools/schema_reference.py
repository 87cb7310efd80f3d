"""The reference page of the JSON forms, and the JSON Schemas themselves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from markdown_pages import page, table
from vorzimmer.answer import RequestAnswer
from vorzimmer.request_fields import RequestFields


def schema_page() -> str:
    """Return the page of the JSON forms."""
    parts = [
        "# JSON forms",
        (
            "`vorzimmer screen SOURCE --json` reads requests and prints answers, one"
            " JSON object a line each. The JSON Schemas:"
            " [request](schema/request.schema.json),"
            " [answer](schema/answer.schema.json)."
            " How to use them: [Screen JSON](../howto/screen-json.md)."
        ),
        "## Request",
        (
            "Everything but `id` may be missing or `null`, and is then *not known*."
            " Fields that are not listed here are passed over, and told."
        ),
        *_objects(request_schema()),
        "## Answer",
        *_objects(answer_schema()),
    ]
    return page(parts)


def request_schema() -> dict[str, Any]:
    """Return the JSON Schema of a request."""
    return _schema(RequestFields, "A contact request, as Vorzimmer reads it")


def answer_schema() -> dict[str, Any]:
    """Return the JSON Schema of an answer."""
    return _schema(RequestAnswer, "What Vorzimmer answers to a contact request")


def _schema(form: type, title: str) -> dict[str, Any]:
    made = msgspec.json.schema(form)
    name = made["$ref"].rpartition("/")[2]
    definitions = made["$defs"]
    main = definitions.pop(name)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **main,
        "title": title,
        "$defs": definitions,
    }


def _objects(schema: dict[str, Any]) -> Iterable[str]:
    yield _fields(schema)
    for name, each in schema["$defs"].items():
        if "properties" in each:
            yield f"### {name}"
            yield each["description"]
            yield _fields(each)
        else:
            yield f"### {name}"
            yield f"One of {_type(each)}."


def _fields(schema: dict[str, Any]) -> str:
    rows = [
        (f"`{name}`", _type(each), each.get("description", ""))
        for name, each in schema["properties"].items()
    ]
    return table(("field", "type", "means"), rows)


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if "anyOf" in schema:
        return " or ".join(_type(each) for each in schema["anyOf"])
    if "enum" in schema:
        return ", ".join(f'`"{each}"`' for each in schema["enum"])
    if "additionalProperties" in schema:
        return f"object of {_type(schema['additionalProperties'])}"
    items = schema.get("items") or (schema.get("prefixItems") or [None])[0]
    if items:
        return f"list of {_type(items)}"
    return str(schema.get("type", "anything"))
