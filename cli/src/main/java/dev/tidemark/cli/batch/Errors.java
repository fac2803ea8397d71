package dev.tidemark.cli.batch;

import dev.tidemark.cli.client.SyncError;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How an error reads in one line. */
final class Errors {

  private Errors() {}

  /** Code and message. */
  static String text(SyncError error) {
    return Stream.of(error.code(), error.message())
        .filter(Objects::nonNull)
        .collect(Collectors.joining(": "))
        .replaceAll("\\s*\\R\\s*", " ");
  }
}
