"""A source of advisories that answers as OSV does, or doesn't."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


def _antwoord(soort: str, vragen: list[dict[str, Any]]) -> tuple[int, bytes]:
    uitslagen: list[dict[str, Any]] = [{} for _ in vragen]
    if soort == "fout":
        return 503, b"{}"
    if soort == "geen json":
        return 200, b"<html>"
    if soort == "omleiding":
        return 302, b""
    if soort == "leeg":
        return 200, b"{}"
    if soort == "half":
        uitslagen = uitslagen[:-1]
    if soort == "kwetsbaar":
        uitslagen = [
            {"vulns": [{"id": "GHSA-proef"}]} if vraag["package"]["name"] == "django" else {}
            for vraag in vragen
        ]
    return 200, json.dumps({"results": uitslagen}).encode()


@contextmanager
def luister(soort: str) -> Iterator[str]:
    """The address of such a source on this machine, for as long as the block lasts."""

    class Bron(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            vragen = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
            status, inhoud = _antwoord(soort, vragen)
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "http://127.0.0.1:9/")
            self.send_header("Content-Length", str(len(inhoud)))
            self.end_headers()
            self.wfile.write(inhoud)

        def log_message(self, format: str, *args: Any) -> None:
            """Silent: the test says what it saw."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Bron)
    draad = threading.Thread(target=server.serve_forever, daemon=True)
    draad.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1/querybatch"
    finally:
        server.shutdown()
        server.server_close()
