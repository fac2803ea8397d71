package dev.tidemark.connect.table;

/**
 * What a merge did.
 *
 * @param inserted rows that were new
 * @param updated rows that differed
 */
public record MergeCounts(long inserted, long updated) {}
