"""A guest book: `POST /` writes a line into it, `GET /` reads the newest."""
