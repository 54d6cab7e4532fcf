#!/usr/bin/env python
"""Django's command line; the local settings are the default, production names its own."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ips_subsidie.settings.lokaal")
    # What is done by hand is done by the system, except the pages of `runserver`: there each request says who asks.
    if "runserver" not in sys.argv[1:2]:
        os.environ.setdefault("IPS_PARTIJ", "systeem")
    execute_from_command_line(sys.argv)
