package dev.tidemark.cli.batch;

import dev.tidemark.cli.client.SyncError;
import dev.tidemark.cli.client.Table;
import dev.tidemark.cli.terminal.Words;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How an error reads in one line. */
final class Errors {

  private Errors() {}

  /** Which attempt comes, and when; nothing of a table that is done. */
  static String retry(Table table) {
    if (table.isClosed()) {
      return "";
    }
    String when = table.nextRetryAt() == null ? "" : " at " + Words.clock(table.nextRetryAt());
    return " (retry " + table.retryCount() + when + ")";
  }

  /** Code and message. */
  static String text(SyncError error) {
    return Stream.of(error.code(), error.message())
        .filter(Objects::nonNull)
        .collect(Collectors.joining(": "))
        .replaceAll("\\s*\\R\\s*", " ");
  }
}
