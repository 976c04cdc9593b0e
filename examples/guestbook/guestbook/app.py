"""The service as a WSGI application."""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

from redis.exceptions import ConnectionError as DatabaseDown

from guestbook.entries import TooLong, connect, newest, write

database = connect()


def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answers one request."""
    status, body = answer(environ)
    start_response(status, [("Content-Type", "text/plain; charset=utf-8")])
    return [body.encode()]


def answer(environ: WSGIEnvironment) -> tuple[str, str]:
    """Status and body for a request."""
    try:
        if environ["REQUEST_METHOD"] == "POST":
            length = int(environ.get("CONTENT_LENGTH") or 0)
            text = environ["wsgi.input"].read(length).decode()
            return "201 Created", write(database, text) + "\n"
        return "200 OK", "".join(f"{entry}\n" for entry in newest(database))
    except TooLong as error:
        return "422 Unprocessable Content", f"{error}\n"
    except DatabaseDown:
        return "503 Service Unavailable", "the database does not answer\n"
