package dev.tidemark.workflows.table;

import java.util.Objects;

/**
 * An error as people need it.
 *
 * @param code stable code in capitals, such as {@code TABLE_NOT_FOUND}
 * @param message what was being done, to which table or key, and what went wrong
 * @param remedy what to do about it
 */
public record ErrorDetail(String code, String message, String remedy) {

  public ErrorDetail {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(remedy, "remedy");
  }
}
