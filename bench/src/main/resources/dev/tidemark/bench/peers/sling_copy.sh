# Copies c_invoice by sling, which makes a table of its own: into ours it does not load.
set -eu
command -v sling >/dev/null || { echo "no sling on the PATH"; exit 1; }
if [ "${1:-}" = --version ]; then
  sling --version
  exit
fi
url() {
  case $1 in
    postgresql) echo "postgres://$2:$3@$4:$5/$6?sslmode=disable" ;;
    *) echo "$1://$2:$3@$4:$5/$6" ;;
  esac
}
schema() {
  if [ "$1" = postgresql ]; then echo public; else echo "$2"; fi
}
FROM_SIDE=$(url "$FROM_TYPE" "$FROM_USER" "$FROM_PASSWORD" "$FROM_HOST" "$FROM_PORT" "$FROM_DATABASE")
TO_SIDE=$(url "$TO_TYPE" "$TO_USER" "$TO_PASSWORD" "$TO_HOST" "$TO_PORT" "$TO_DATABASE")
export FROM_SIDE TO_SIDE
SLING_DISABLE_TELEMETRY=TRUE exec sling run --mode full-refresh \
  --src-conn FROM_SIDE --src-stream "$(schema "$FROM_TYPE" "$FROM_DATABASE").c_invoice" \
  --tgt-conn TO_SIDE --tgt-object "$(schema "$TO_TYPE" "$TO_DATABASE").c_invoice"
