"""An index that shows the public one's pages to whoever knows the password. Below /status/CODE/ every answer is that."""

import base64
import http.server
import os
import urllib.parse
import urllib.request

from pip._internal.models.index import PyPI

LOGIN = "Basic " + base64.b64encode(os.environ["LOGIN"].encode()).decode()
HTML = "application/vnd.pypi.simple.v1+html"


class Index(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path.startswith("/status/"):
            return self.send_error(int(self.path.split("/")[2]))
        if self.headers.get("Authorization") != LOGIN:
            self.send_response(401)
            self.send_header("WWW-Authenticate", "Basic realm=index")
            return self.end_headers()
        accept = self.headers.get("Accept") or HTML
        address = urllib.parse.urljoin(PyPI.simple_url, self.path)
        page = urllib.request.urlopen(urllib.request.Request(address, headers={"Accept": accept}))
        self.send_response(200)
        self.send_header("Content-Type", page.headers["Content-Type"])
        self.end_headers()
        self.wfile.write(page.read())


http.server.ThreadingHTTPServer(("", 8080), Index).serve_forever()
