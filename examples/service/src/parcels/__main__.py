"""Run the service: python -m parcels [PORT]."""

import sys
from wsgiref.simple_server import make_server

from parcels.app import application


def main() -> None:
    """Serve on loopback until interrupted."""
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8000
    with make_server("127.0.0.1", port, application) as server:
        server.serve_forever()


if __name__ == "__main__":
    main()
