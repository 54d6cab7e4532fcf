#!/bin/sh
# Runs once, on an empty database server: the owner migrates, the plain role `app` does the rest.
# The same roles as ips_subsidie/lokaal/diensten.py makes. \getenv keeps the passwords out of the process list.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres <<'SQL'
\getenv eigenaar EIGENAAR_WACHTWOORD
\getenv app APP_WACHTWOORD
create role eigenaar login createdb password :'eigenaar';
create role app login password :'app';
alter role app set statement_timeout = '15s';
alter role app set lock_timeout = '5s';
alter role app set idle_in_transaction_session_timeout = '30s';
create database ips owner eigenaar;
revoke connect on database ips from public;
grant connect on database ips to app;
SQL
