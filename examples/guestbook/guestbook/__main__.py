"""Serves the guest book: `python -m guestbook [PORT]`."""

import sys
from wsgiref.simple_server import make_server

from guestbook.app import app

if __name__ == "__main__":
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8000
    with make_server("", port, app) as server:
        server.serve_forever()
