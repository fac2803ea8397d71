#!/bin/sh
# Makes the namespace and the search attributes that Tidemark writes; safe to run again.
set -eu

namespace=default

temporal operator namespace describe --namespace "$namespace" >/dev/null 2>&1 ||
  temporal operator namespace create --namespace "$namespace" --retention 30d

existing=$(temporal operator search-attribute list --namespace "$namespace")
for attribute in TidemarkStatus:Keyword TidemarkKind:Keyword TidemarkBatch:Keyword \
  TidemarkConnection:KeywordList; do
  name=${attribute%:*}
  case $existing in
    *"$name "*) ;;
    *) temporal operator search-attribute create --namespace "$namespace" \
      --name "$name" --type "${attribute#*:}" ;;
  esac
done
