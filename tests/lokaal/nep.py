"""The local starter with real services and stand-in programs, so that a test of it takes a second."""

import os
import sys

from ips_subsidie.lokaal.__main__ import main
from ips_subsidie.lokaal.recept import Programma, Recept, Stap

_PYTHON = sys.executable
_WEB = """
import http.server, sys
class Antwoord(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/health" else 404); self.end_headers()
    def log_message(self, *args): pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Antwoord).serve_forever()
"""
_BLIJF = "import time; time.sleep(600)"
# What each step finds: who it is to the database, and the clock; one line a step, in the state folder.
_NOTEER = """
import os, psycopg, sys
url = os.environ["DATABASE_EIGENAAR_URL" if os.environ.get("IPS_ALS_EIGENAAR") else "DATABASE_URL"]
wie = psycopg.connect(url).execute("select current_user").fetchone()[0]
klok = os.environ["IPS_KLOK_VERSCHUIVING"]
open(os.environ["IPS_STAAT"] + "/stappen", "a").write(f"{sys.argv[1]} {wie} {klok}\\n")
"""

traag = (Stap("Traag", (_PYTHON, "-c", _BLIJF)),) if os.environ.get("NEP_TRAAG") else ()
sys.exit(
    main(
        Recept(
            voorbereiding=(Stap("Bijwerken", (_PYTHON, "-c", _NOTEER, "migrate"), als_eigenaar=True), *traag),
            vulling=(Stap("Vullen", (_PYTHON, "-c", _NOTEER, "demo")),),
            programmas=(
                Programma("web", (_PYTHON, "-c", _WEB, "{poort}")),
                Programma("worker", (_PYTHON, "-c", _BLIJF)),
            ),
            welkom="klaar op {adres}",
        )
    )
)
