# Copies c_invoice by pgloader; the table is there already, and empty.
set -eu
command -v pgloader >/dev/null || { echo "no pgloader on the PATH"; exit 1; }
if [ "${1:-}" = --version ]; then
  # At times it does not end.
  timeout 30 pgloader --version | head -n 1
  exit
fi
# It knows none of the collations that MariaDB 11 has as its default.
parameters=
if [ "$FROM_TYPE" = mariadb ]; then
  parameters="  SET MySQL PARAMETERS character_set_collations = '\"utf8mb4=utf8mb4_general_ci\"', collation_connection = 'utf8mb4_general_ci'"
fi
load=$(mktemp)
trap 'rm -f "$load"' EXIT
cat > "$load" <<LOAD
LOAD DATABASE
  FROM mysql://$FROM_USER:$FROM_PASSWORD@$FROM_HOST:$FROM_PORT/$FROM_DATABASE
  INTO postgresql://$TO_USER:$TO_PASSWORD@$TO_HOST:$TO_PORT/$TO_DATABASE
  WITH data only, workers = 2, concurrency = 1
$parameters
  SET timezone TO 'UTC'
  INCLUDING ONLY TABLE NAMES MATCHING 'c_invoice'
  ALTER SCHEMA '$FROM_DATABASE' RENAME TO 'public';
LOAD
out=$(timeout 1200 pgloader "$load" 2>&1 || true)
# It succeeds with rows left behind, too. Why stands in the midst of what it prints.
why=$(printf '%s\n' "$out" | grep -a -m 1 -E 'ERROR|FATAL|KABOOM' | cut -c 1-180 || true)
if [ -n "$why" ]; then
  printf '%s\n' "$why"
  exit 1
fi
