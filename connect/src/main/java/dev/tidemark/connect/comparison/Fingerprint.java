package dev.tidemark.connect.comparison;

import java.util.List;

/**
 * A row as it travels: its key and the fingerprint of all of its columns.
 *
 * @param key canonical text of the key columns
 */
record Fingerprint(List<String> key, long fingerprint) {}
