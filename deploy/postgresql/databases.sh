#!/bin/sh
# Runs once, when the server's folder is new: a user and database for each that lives here.
set -eu

# create USER PASSWORD DATABASE…
create() {
  user=$1
  psql -v ON_ERROR_STOP=1 -v user="$user" -v password="$2" \
    --username postgres --dbname postgres <<'SQL'
CREATE ROLE :"user" LOGIN PASSWORD :'password';
SQL
  shift 2
  for database in "$@"; do
    createdb --username postgres --owner "$user" "$database"
  done
}

: "${CONTROL_PASSWORD:?set it in .env}" "${TEMPORAL_DATABASE_PASSWORD:?set it in .env}"

create tidemark "$CONTROL_PASSWORD" tidemark
create temporal "$TEMPORAL_DATABASE_PASSWORD" temporal temporal_visibility
