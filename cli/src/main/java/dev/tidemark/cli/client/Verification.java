package dev.tidemark.cli.client;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A verification as the API shows it, as far as this command reads it. */
public record Verification(
    String id, String batch, String target, String status, boolean equal, List<Table> tables) {

  /** One table of it; numbers are null until it was compared. */
  public record Table(
      String id,
      String target,
      String status,
      @Nullable Long sourceRows,
      @Nullable Long targetRows,
      @Nullable Long missing,
      @Nullable Long extra,
      @Nullable Long different,
      List<Key> keys,
      @Nullable SyncError error) {

    public Table {
      keys = List.copyOf(Objects.requireNonNullElse(keys, List.of()));
    }

    /** Keys that differ, in whatever way. */
    public long differing() {
      return orZero(missing) + orZero(extra) + orZero(different);
    }

    private static long orZero(@Nullable Long count) {
      return count == null ? 0 : count;
    }
  }

  /** A key that differs. */
  public record Key(List<String> key, String kind, List<String> columns) {

    public Key {
      key = List.copyOf(key);
      columns = List.copyOf(columns);
    }
  }

  public Verification {
    tables = List.copyOf(Objects.requireNonNullElse(tables, List.of()));
  }

  /** Whether it still goes on. */
  public boolean running() {
    return status.equals("running");
  }
}
