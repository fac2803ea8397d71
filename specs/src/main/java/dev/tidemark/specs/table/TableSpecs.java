package dev.tidemark.specs.table;

import dev.tidemark.connect.configuration.BatchConfiguration;
import dev.tidemark.connect.configuration.CopyConfiguration;
import dev.tidemark.connect.configuration.RetryConfiguration;
import dev.tidemark.connect.configuration.TableConfiguration;
import dev.tidemark.workflows.table.Deletes;
import dev.tidemark.workflows.table.Keyless;
import dev.tidemark.workflows.table.ModeSpec;
import dev.tidemark.workflows.table.RetrySpec;
import dev.tidemark.workflows.table.RowSpec;
import dev.tidemark.workflows.table.ShapeSpec;
import dev.tidemark.workflows.table.SyncMode;
import dev.tidemark.workflows.table.TableSpec;
import dev.tidemark.workflows.table.WhenBusy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From the records of the configuration to those of workflows. */
public final class TableSpecs {

  private TableSpecs() {}

  /** What holds for tables that the batch says nothing special about. */
  public static TableSpec defaults(BatchConfiguration batch) {
    CopyConfiguration copy = batch.copy();
    return new TableSpec(
        null,
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        Map.of(),
        copy.chunkRows(),
        copy.parallelRanges(),
        mode(copy),
        new RowSpec(null, Map.of(), copy.deadLetters()),
        new ShapeSpec(copy.widenTables(), copy.allowLoss(), Map.of()));
  }

  /** What holds for single tables, by the names that were typed. Catalogs tell whose they are. */
  public static Map<String, TableSpec> byTable(BatchConfiguration batch) {
    Map<String, TableSpec> specs = new HashMap<>();
    batch.tableConfigurations().forEach((name, configured) -> specs.put(name, of(configured)));
    return specs;
  }

  /** What holds for one table. */
  public static TableSpec of(TableConfiguration table) {
    CopyConfiguration copy = table.copy();
    return new TableSpec(
        table.target(),
        table.key(),
        table.include(),
        table.exclude(),
        table.rename(),
        table.constants(),
        copy.chunkRows(),
        copy.parallelRanges(),
        mode(copy),
        new RowSpec(table.filter(), table.mask(), copy.deadLetters()),
        new ShapeSpec(copy.widenTables(), copy.allowLoss(), table.cast()));
  }

  /** As {@link #byTable}, for a repair. */
  public static Map<String, TableSpec> repairByTable(
      BatchConfiguration batch, @Nullable Deletes deletes) {
    Map<String, TableSpec> specs = new HashMap<>();
    batch
        .tableConfigurations()
        .forEach((name, table) -> specs.put(name, of(table).in(repairMode(table.copy(), deletes))));
    return specs;
  }

  /**
   * How a repair brings a table in step.
   *
   * @param asked null for what is configured for the mode {@code diff}, and else nothing
   */
  public static ModeSpec repairMode(CopyConfiguration copy, @Nullable Deletes asked) {
    boolean diffs = copy.mode() == dev.tidemark.connect.configuration.SyncMode.DIFF;
    Deletes configured = diffs ? deletes(copy) : Deletes.IGNORE;
    Deletes deletes = asked == null ? configured : asked;
    // Rows that earlier passes marked as deleted stay out of the comparison, and may come back.
    boolean marks = deletes == Deletes.SOFT || configured == Deletes.SOFT;
    return new ModeSpec(SyncMode.DIFF, null, deletes, marks ? copy.deletedColumn() : null)
        .withKeyless(keyless(copy, asked));
  }

  /** To replace a table is to delete, which its batch does each time. */
  private static Keyless keyless(CopyConfiguration copy, @Nullable Deletes asked) {
    boolean replaces = copy.mode() == dev.tidemark.connect.configuration.SyncMode.REPLACE;
    boolean mayDelete = asked == null || asked == Deletes.HARD;
    return replaces && mayDelete ? Keyless.REPLACED : Keyless.COMPARED;
  }

  private static Deletes deletes(CopyConfiguration copy) {
    return switch (copy.deletes()) {
      case IGNORE -> Deletes.IGNORE;
      case SOFT -> Deletes.SOFT;
      case HARD -> Deletes.HARD;
    };
  }

  private static ModeSpec mode(CopyConfiguration copy) {
    SyncMode mode =
        switch (copy.mode()) {
          case FULL -> SyncMode.FULL;
          case INCREMENTAL -> SyncMode.INCREMENTAL;
          case DIFF -> SyncMode.DIFF;
          case REPLACE -> SyncMode.REPLACE;
        };
    Deletes deletes = deletes(copy);
    return new ModeSpec(
        mode,
        mode == SyncMode.INCREMENTAL ? copy.changeColumn() : null,
        mode == SyncMode.INCREMENTAL ? copy.changeZone() : null,
        deletes,
        deletes == Deletes.SOFT ? copy.deletedColumn() : null);
  }

  /** The budget of failures. */
  public static RetrySpec retry(RetryConfiguration retry) {
    return new RetrySpec(
        retry.maximumAttempts(),
        retry.initialInterval(),
        retry.maximumInterval(),
        retry.backoffCoefficient());
  }

  /** What is asked for, else what is configured. */
  public static WhenBusy whenBusy(@Nullable String asked, BatchConfiguration batch) {
    boolean refuse = asked == null ? batch.refuseWhenBusy() : asked.equals("refuse");
    return refuse ? WhenBusy.REFUSE : WhenBusy.WAIT;
  }
}
