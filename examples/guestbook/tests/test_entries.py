from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from redis import Redis

from guestbook.entries import KEY, LONGEST, TooLong, connect, newest, write


@pytest.fixture
def database() -> Iterator[Redis]:
    """The real database, with an empty book."""
    connection = connect()
    connection.delete(KEY)
    yield connection
    connection.close()


def test_what_was_written_last_is_read_first(database: Redis) -> None:
    write(database, "first", now=datetime(2026, 1, 2, tzinfo=UTC))
    write(database, "  second\n line ", now=datetime(2026, 1, 3, tzinfo=UTC))
    assert newest(database) == ["2026-01-03 second line", "2026-01-02 first"]


def test_no_more_than_asked_for_is_read(database: Redis) -> None:
    for number in range(12):
        write(database, str(number))
    assert len(newest(database)) == 10
    assert len(newest(database, 3)) == 3


def test_a_long_entry_is_refused(database: Redis) -> None:
    with pytest.raises(TooLong, match="281 characters"):
        write(database, "x" * (LONGEST + 1))
    assert newest(database) == []
