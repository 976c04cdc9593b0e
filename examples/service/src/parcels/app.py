"""The service: a WSGI application of the standard library's kind."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from parcels.rates import Zone, quote

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answer GET /quote?grams=…&zone=… and GET /health."""
    status, body = _answer(environ["PATH_INFO"], environ.get("QUERY_STRING", ""))
    start_response(status, [("Content-Type", "application/json")])
    return [json.dumps(body).encode()]


def _answer(path: str, query: str) -> tuple[str, dict[str, object]]:
    if path == "/health":
        return "200 OK", {"status": "ok"}
    if path != "/quote":
        return "404 Not Found", {"error": f"there is no {path}"}
    values = parse_qs(query)
    try:
        grams = int(values["grams"][0])
        zone = Zone(values["zone"][0])
        return "200 OK", {"cents": quote(grams, zone)}
    except KeyError as missing:
        return "400 Bad Request", {"error": f"{missing.args[0]} is missing"}
    except ValueError as wrong:
        return "400 Bad Request", {"error": str(wrong)}
