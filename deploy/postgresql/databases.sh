#!/bin/sh
# Runs once, when the server's folder is new: a user and database for each that lives here.
set -eu

create() {
  psql -v ON_ERROR_STOP=1 -v user="$1" -v password="$2" --username postgres --dbname postgres <<'SQL'
CREATE ROLE :"user" LOGIN PASSWORD :'password';
SQL
  shift 2
  for database in "$@"; do
    createdb --username postgres --owner "$owner" "$database"
  done
}

: "${CONTROL_PASSWORD:?set it in .env}" "${TEMPORAL_DATABASE_PASSWORD:?set it in .env}"

owner=tidemark
create "$owner" "$CONTROL_PASSWORD" tidemark
owner=temporal
create "$owner" "$TEMPORAL_DATABASE_PASSWORD" temporal temporal_visibility
