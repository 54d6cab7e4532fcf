#!/usr/bin/env python
"""Django's command line; the local settings are the default, production names its own."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ips_subsidie.settings.lokaal")
    execute_from_command_line(sys.argv)
