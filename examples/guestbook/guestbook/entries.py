"""The entries, in a Redis database."""

import os
from datetime import UTC, datetime
from typing import cast

from redis import Redis

KEY = "entries"
LONGEST = 280


class TooLong(ValueError):
    """An entry with more than `LONGEST` characters."""


def connect() -> Redis:
    """Connects when the first command is sent, so that the service starts before its database does."""
    url = os.environ.get("DATABASE_URL", "redis://127.0.0.1:6379")
    return Redis.from_url(url, decode_responses=True)


def write(database: Redis, text: str, *, now: datetime | None = None) -> str:
    """Writes an entry and returns it as it will be read."""
    text = " ".join(text.split())
    if len(text) > LONGEST:
        raise TooLong(f"{len(text)} characters are more than {LONGEST}")
    entry = f"{(now or datetime.now(UTC)).date().isoformat()} {text}"
    database.lpush(KEY, entry)
    return entry


def newest(database: Redis, count: int = 10) -> list[str]:
    """The newest entries, newest first."""
    return cast(list[str], database.lrange(KEY, 0, count - 1))
