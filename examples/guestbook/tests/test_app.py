import io
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest
from redis import Redis

from guestbook import app as served
from guestbook.entries import KEY


def request(method: str, body: bytes = b"") -> tuple[str, str]:
    environ: dict[str, Any] = {}
    setup_testing_defaults(environ)
    environ.update(REQUEST_METHOD=method, CONTENT_LENGTH=str(len(body)))
    environ["wsgi.input"] = io.BytesIO(body)
    return served.answer(environ)


def test_an_entry_that_is_posted_is_served() -> None:
    served.database.delete(KEY)
    status, _ = request("POST", "Grüße".encode())
    assert status == "201 Created"
    assert request("GET")[1].endswith(" Grüße\n")


def test_a_long_entry_is_told_to_the_client() -> None:
    assert request("POST", b"x" * 281)[0] == "422 Unprocessable Content"


def test_a_database_that_is_down_is_not_our_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(served, "database", Redis(host="127.0.0.1", port=1))
    assert request("GET")[0] == "503 Service Unavailable"
