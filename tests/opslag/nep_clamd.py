"""A clamd of our own, as a process: `python -m tests.opslag.nep_clamd SOCKET STAND`.

It reads INSTREAM as the real one does. The file STAND says how it behaves: goed, fout, hangt, rommel or weg.
"""

from __future__ import annotations

import socketserver
import struct
import sys
import time
from pathlib import Path

# The test file of all virus scanners, in two parts so that none takes this one for it.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + rb"ANTIVIRUS-TEST-FILE!$H+H*"


class Antwoord(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        if self.rfile.readline().strip() != b"nINSTREAM":
            self.wfile.write(b"UNKNOWN COMMAND\n")
            return
        inhoud = b""
        while grootte := struct.unpack("!L", self.rfile.read(4))[0]:
            inhoud += self.rfile.read(grootte)
        stand = Path(sys.argv[2]).read_text()
        if stand == "hangt":
            time.sleep(60)
        antwoorden = {
            "fout": "stream: Can't allocate memory ERROR",
            "rommel": "hallo",
            "weg": "",
        }
        gewoon = "stream: Eicar-Test-Signature FOUND" if EICAR in inhoud else "stream: OK"
        self.wfile.write(f"{antwoorden.get(stand, gewoon)}\n".encode())


class Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


if __name__ == "__main__":
    with Server(sys.argv[1], Antwoord) as server:
        server.serve_forever(poll_interval=0.05)
