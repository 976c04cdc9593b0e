"""Uploads one file to a package index, in one request that is never repeated; writes what came of it as JSON.

Twine reads the metadata. Its own upload is not used: it repeats after a 5xx, when the file may have been taken already.
"""

import json
import os
import sys

import requests
from twine.package import PackageFile


def words_for(error, why):
    if "CERTIFICATE_VERIFY_FAILED" in why:
        return "its certificate is not trusted in the container: put its authority's into /usr/local/share/ca-certificates"
    return type(error).__name__


def upload(url, path):
    fields = []
    for name, value in PackageFile.from_filename(path, None).metadata_dictionary().items():
        values = value if isinstance(value, (list, tuple)) else [value]
        fields += [(name, str(each)) for each in values if each not in (None, "")]
    fields += [(":action", "file_upload"), ("protocol_version", "1")]
    with open(path, "rb") as file:
        content = {"content": (os.path.basename(path), file, "application/octet-stream")}
        try:
            response = requests.post(
                url,
                data=fields,
                files=content,
                auth=("__token__", os.environ.get("QUILLON_INDEX_TOKEN", "")),
                allow_redirects=False,
                timeout=(30, 600),
            )
        except requests.exceptions.RequestException as error:
            why = str(error)
            unsent = any(word in why for word in ("NewConnectionError", "NameResolutionError", "ConnectTimeout", "SSLError"))
            return {"kind": "silent", "unsent": unsent, "why": words_for(error, why)}
    headers = {name: response.headers[name] for name in ("retry-after", "date") if name in response.headers}
    return {"kind": "answered", "status": response.status_code, "headers": headers, "body": response.text[:4000]}


def main(url, path, result):
    with open(result, "w", encoding="utf-8") as file:
        json.dump(upload(url, path), file)


main(*sys.argv[1:])
