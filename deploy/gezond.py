"""Health check of the web container: asks /gezond, or the address given (/gereed, after a deploy)."""

import http.client
import sys

verbinding = http.client.HTTPConnection("127.0.0.1", 8000, timeout=4 if len(sys.argv) == 1 else 12)
verbinding.request("GET", sys.argv[1] if len(sys.argv) > 1 else "/gezond")
antwoord = verbinding.getresponse()
print(antwoord.read().decode(errors="replace"))  # noqa: T201 - what `docker inspect` shows of a container that isn't well
sys.exit(antwoord.status != 200)
