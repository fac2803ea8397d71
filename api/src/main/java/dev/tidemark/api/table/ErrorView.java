package dev.tidemark.api.table;

import dev.tidemark.workflows.table.ErrorDetail;

/**
 * What went wrong.
 *
 * @param code stable code in capitals
 * @param message what was being done to what, and what went wrong
 * @param remedy what to do about it
 */
public record ErrorView(String code, String message, String remedy) {

  /** The same words. */
  public static ErrorView of(ErrorDetail error) {
    return new ErrorView(error.code(), error.message(), error.remedy());
  }
}
