package dev.tidemark.cli.batch;

import dev.tidemark.cli.client.Batch;
import dev.tidemark.cli.client.Retry;
import dev.tidemark.cli.client.Table;
import dev.tidemark.cli.client.TableSync;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far something is that can be followed: a batch, or one table on its own.
 *
 * @param title what people call it
 * @param status running, completed, failed, interrupted or skipped
 * @param interrupting whether it was asked to stop, while it runs
 * @param live whether the running workflow itself answered
 * @param planned whether all its tables are known
 * @param comparing whether its tables are done, and compared
 * @param retries what it waits for, besides its tables
 */
public record Progress(
    String title,
    String status,
    boolean paused,
    boolean interrupting,
    boolean live,
    boolean planned,
    boolean comparing,
    @Nullable Instant startedAt,
    @Nullable Double seconds,
    List<Retry> retries,
    List<Table> tables) {

  public Progress {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(status, "status");
    retries = List.copyOf(retries);
    tables = List.copyOf(tables);
  }

  /** That of a batch. */
  public static Progress of(Batch batch) {
    return new Progress(
        batch.id(),
        batch.status(),
        batch.paused(),
        batch.interruption() != null,
        batch.live(),
        Boolean.TRUE.equals(batch.planned()),
        batch.verification() != null && batch.verification().running(),
        batch.startedAt(),
        batch.durationSeconds(),
        batch.retries(),
        batch.tables());
  }

  /** That of a table which is synced on its own. */
  public static Progress of(TableSync sync) {
    Table table = sync.table();
    return new Progress(
        table.label(),
        sync.status(),
        table.paused(),
        sync.interruption() != null,
        true,
        true,
        false,
        table.startedAt(),
        table.durationSeconds(),
        List.of(),
        List.of(table));
  }

  /** A batch that is not compared, and waits for nothing. */
  public Progress(
      String title,
      String status,
      boolean paused,
      boolean live,
      boolean planned,
      @Nullable Instant startedAt,
      @Nullable Double seconds,
      List<Table> tables) {
    this(title, status, paused, false, live, planned, false, startedAt, seconds, List.of(), tables);
  }

  public boolean running() {
    return status.equals("running");
  }

  /** How it stands, in a word; of what runs also what was asked of it. */
  public String standing() {
    if (!running()) {
      return status;
    }
    return interrupting ? "interrupting" : paused ? "paused" : status;
  }

  public boolean completed() {
    return status.equals("completed");
  }

  public long count(String tableStatus) {
    return tables.stream().filter(table -> table.is(tableStatus)).count();
  }

  public long rows() {
    return tables.stream().mapToLong(Table::recordsProcessed).sum();
  }

  public double rowsPerSecond() {
    return tables.stream()
        .filter(table -> table.is("in_progress"))
        .mapToDouble(Table::rowsPerSecond)
        .sum();
  }
}
