"""Health check of the web container: asks /health as the proxy would, with a host name that is allowed."""

import http.client
import os
import sys

verbinding = http.client.HTTPConnection("127.0.0.1", 8000, timeout=4)
verbinding.request("GET", "/health", headers={"Host": os.environ["ALLOWED_HOSTS"].split(",")[0]})
sys.exit(verbinding.getresponse().status != 200)
