package dev.tidemark.cli.client;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A verification as the API shows it, as far as this command reads it.
 *
 * @param retries what it waits for
 * @param interruption why it was interrupted, or is being interrupted; null when it is not
 */
public record Verification(
    String id,
    String batch,
    String target,
    String status,
    boolean equal,
    List<Retry> retries,
    @Nullable String interruption,
    List<Table> tables) {

  /**
   * One table of it; numbers are null until it was compared.
   *
   * @param inLetters of the missing and different ones, those in open dead letters
   * @param decided further ones, that differ as somebody decided
   * @param keyless whether it has no key, so that rows were compared as a whole
   */
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
      @Nullable SyncError error,
      long inLetters,
      long decided,
      boolean keyless) {

    public Table {
      keys = List.copyOf(Objects.requireNonNullElse(keys, List.of()));
    }

    /** Keys that differ, in whatever way and by nobody's decision. */
    public long differing() {
      return orZero(missing) + orZero(extra) + orZero(different);
    }

    /** Whether something differs that a repair would mend. */
    public boolean mendable() {
      return !keyless && differing() > inLetters;
    }

    private static long orZero(@Nullable Long count) {
      return count == null ? 0 : count;
    }
  }

  /**
   * A key that differs.
   *
   * @param letter for whose sake it does; null where none says why
   */
  public record Key(List<String> key, String kind, List<String> columns, @Nullable Letter letter) {

    public Key {
      key = List.copyOf(key);
      columns = List.copyOf(columns);
    }
  }

  /**
   * A dead letter.
   *
   * @param state open, edited or discarded
   */
  public record Letter(String id, String state) {}

  public Verification {
    retries = List.copyOf(Objects.requireNonNullElse(retries, List.of()));
    tables = List.copyOf(Objects.requireNonNullElse(tables, List.of()));
  }

  /** Whether it still goes on. */
  public boolean running() {
    return status.equals("running");
  }

  /** How it stands, in a word; of one that runs also what was asked of it. */
  public String standing() {
    return running() && interruption != null ? "interrupting" : status;
  }
}
