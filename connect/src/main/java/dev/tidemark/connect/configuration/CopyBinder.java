package dev.tidemark.connect.configuration;

import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Binds how tables are copied, of a batch or of one of its tables. */
final class CopyBinder {

  private static final int MOST_CHUNK_ROWS = 1_000_000;
  private static final int MOST_PARALLEL_RANGES = 16;
  private static final int MOST_DEAD_LETTERS = 10_000;

  private static final Map<String, SyncMode> MODES =
      Map.of(
          "full", SyncMode.FULL,
          "incremental", SyncMode.INCREMENTAL,
          "diff", SyncMode.DIFF,
          "replace", SyncMode.REPLACE);

  private static final Map<String, Deletes> DELETES =
      Map.of("ignore", Deletes.IGNORE, "soft", Deletes.SOFT, "hard", Deletes.HARD);

  private static final Map<String, Boolean> LOSSY = Map.of("refuse", false, "allow", true);

  private static final String NO_ZONE = "none";

  private final Section section;
  private final CopyConfiguration fallback;

  /**
   * @param fallback what holds for what the section does not say
   */
  CopyBinder(Section section, CopyConfiguration fallback) {
    this.section = section;
    this.fallback = fallback;
  }

  CopyConfiguration bind() {
    SyncMode mode =
        section.choice("mode", MODES, "full, incremental, diff or replace", fallback.mode());
    @Nullable String changeColumn = section.text("change-column");
    CopyConfiguration bound =
        new CopyConfiguration(
            mode,
            changeColumn == null ? fallback.changeColumn() : changeColumn,
            changeZone(),
            section.choice("deletes", DELETES, "ignore, soft or hard", fallback.deletes()),
            section.text("deleted-column", fallback.deletedColumn()),
            section.number("chunk-rows", fallback.chunkRows(), 1, MOST_CHUNK_ROWS),
            section.number("parallel-ranges", fallback.parallelRanges(), 1, MOST_PARALLEL_RANGES),
            section.number("dead-letters", fallback.deadLetters(), 0, MOST_DEAD_LETTERS),
            section.flag("widen-tables", fallback.widenTables()),
            section.choice("lossy", LOSSY, "refuse or allow", fallback.allowLoss()));
    checkTogether(bound);
    return bound;
  }

  /** A table may be written from several zones though its batch names one. */
  private @Nullable ZoneId changeZone() {
    if (NO_ZONE.equals(section.text("change-zone"))) {
      return null;
    }
    ZoneId zone = section.zone("change-zone");
    return zone == null ? fallback.changeZone() : zone;
  }

  /** What makes no sense together. */
  private void checkTogether(CopyConfiguration bound) {
    boolean said = section.has("mode") || section.has("deletes");
    boolean blind = bound.mode() == SyncMode.FULL || bound.mode() == SyncMode.INCREMENTAL;
    if (said && blind && bound.deletes() != Deletes.IGNORE) {
      section.mistake(
          section.has("deletes") ? "deletes" : "mode",
          word(bound.deletes()) + " with mode " + word(bound.mode()),
          "deletes: ignore, or mode diff or replace, which see what is gone");
    }
    if (section.has("mode")
        && bound.mode() == SyncMode.INCREMENTAL
        && bound.changeColumn() == null) {
      section.mistake("mode", "incremental", "change-column with it");
    }
    if (said && bound.mode() == SyncMode.REPLACE && bound.deletes() == Deletes.SOFT) {
      section.mistake(
          section.has("deletes") ? "deletes" : "mode",
          "soft with mode replace",
          "deletes: hard, or mode diff");
    }
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
