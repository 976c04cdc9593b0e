import json
from wsgiref.util import setup_testing_defaults

import pytest

from parcels.app import application


def get(path: str, query: str = "") -> tuple[str, dict[str, object]]:
    environ: dict[str, object] = {"PATH_INFO": path, "QUERY_STRING": query}
    setup_testing_defaults(environ)
    said: list[str] = []
    body = b"".join(application(environ, lambda status, headers, exc_info=None: said.append(status)))
    return said[0], json.loads(body)


def test_a_quote_is_answered_in_cents() -> None:
    assert get("/quote", "grams=1200&zone=eu") == ("200 OK", {"cents": 1390})


def test_health_is_answered() -> None:
    assert get("/health") == ("200 OK", {"status": "ok"})


@pytest.mark.parametrize(
    ("path", "query", "status", "word"),
    [
        ("/quote", "grams=1200", "400 Bad Request", "zone"),
        ("/quote", "grams=many&zone=eu", "400 Bad Request", "many"),
        ("/quote", "grams=1200&zone=moon", "400 Bad Request", "moon"),
        ("/elsewhere", "", "404 Not Found", "/elsewhere"),
    ],
)
def test_what_is_wrong_is_named(path: str, query: str, status: str, word: str) -> None:
    said, body = get(path, query)
    assert said == status
    assert word in str(body["error"])
