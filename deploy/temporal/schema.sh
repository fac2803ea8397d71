#!/bin/sh
# Brings the schema of Temporal's two databases up to date; safe to run again.
set -eu

schemas=/etc/temporal/schema/postgresql/v12

bring_up_to_date() {
  database=$1
  folder=$2
  tool="temporal-sql-tool --plugin postgres12 --ep postgresql -p 5432 -u temporal --db $database"
  # Only a database without any schema refuses the update; it needs the table of versions first.
  $tool update-schema -d "$schemas/$folder/versioned" || {
    $tool setup-schema -v 0.0
    $tool update-schema -d "$schemas/$folder/versioned"
  }
}

bring_up_to_date temporal temporal
bring_up_to_date temporal_visibility visibility
