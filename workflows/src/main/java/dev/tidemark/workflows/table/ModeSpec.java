package dev.tidemark.workflows.table;

import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a table is brought in step. Its {@link #specification} is kept in targets, from where later
 * versions read it.
 *
 * @param mode how rows are found
 * @param changeColumn source column that tells when a row changed; for the incremental mode
 * @param changeZone where the times of a change column without a zone are written; null where
 *     nobody says
 * @param deletes what happens to rows that the source does not have any more
 * @param deletedColumn target column that tells since when a row is deleted; for soft deletes
 * @param keyless what becomes of a table without a key; of no account where it is replaced anyway
 */
public record ModeSpec(
    SyncMode mode,
    @Nullable String changeColumn,
    @Nullable ZoneId changeZone,
    Deletes deletes,
    @Nullable String deletedColumn,
    Keyless keyless) {

  public static final ModeSpec FULL = new ModeSpec(SyncMode.FULL, null, Deletes.IGNORE, null);

  /** Without a zone. */
  public ModeSpec(
      SyncMode mode, @Nullable String changeColumn, Deletes deletes, @Nullable String deleted) {
    this(mode, changeColumn, null, deletes, deleted);
  }

  /** Of tables that have a key. */
  public ModeSpec(
      SyncMode mode,
      @Nullable String changeColumn,
      @Nullable ZoneId changeZone,
      Deletes deletes,
      @Nullable String deletedColumn) {
    this(mode, changeColumn, changeZone, deletes, deletedColumn, Keyless.REFUSED);
  }

  public ModeSpec {
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(deletes, "deletes");
    if (mode == SyncMode.INCREMENTAL && changeColumn == null) {
      throw new IllegalArgumentException("an incremental sync needs a change column");
    }
    if (deletes == Deletes.SOFT && deletedColumn == null) {
      throw new IllegalArgumentException("soft deletes need a column");
    }
    // What was told before there was this is still in histories.
    keyless = Objects.requireNonNullElse(keyless, Keyless.REFUSED);
  }

  /** The same, with this for tables without a key. */
  public ModeSpec withKeyless(Keyless other) {
    return new ModeSpec(mode, changeColumn, changeZone, deletes, deletedColumn, other);
  }

  /**
   * Tells modes apart in which a pass does other things. A pass goes on only where it finds the
   * text that it began with, maybe by an earlier version: what is spelled here stays as it is for
   * ever, and what comes to it is spelled only where somebody makes use of it.
   */
  public String specification() {
    return ("ModeSpec[mode=" + mode.name())
        + (", changeColumn=" + changeColumn)
        + (changeZone == null ? "" : ", changeZone=" + changeZone.getId())
        + (", deletes=" + deletes.name())
        + (", deletedColumn=" + deletedColumn + "]");
  }
}
