"""Everything on one machine with one command: PostgreSQL, Valkey, migrate, demo data, web, worker and beat.

`python -m ips_subsidie.lokaal` runs it, `python -m ips_subsidie.lokaal.met_diensten COMMAND` runs one command
with services of its own. Nothing here is used in production.
"""
