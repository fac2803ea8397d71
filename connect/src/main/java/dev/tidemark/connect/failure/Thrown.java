package dev.tidemark.connect.failure;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Passes on what ended work that somebody else waited for, such as that of another thread. */
public final class Thrown {

  private Thrown() {}

  /** An error of a database, to be thrown; what is unchecked is thrown here. */
  public static SQLException sql(@Nullable Throwable error) {
    if (error instanceof RuntimeException runtime) {
      throw runtime;
    }
    if (error instanceof Error serious) {
      throw serious;
    }
    if (error instanceof SQLException sql) {
      return sql;
    }
    throw new IllegalStateException(error);
  }
}
