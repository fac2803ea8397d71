package dev.tidemark.connect.table;

import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.connect.type.ColumnKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The column that tells when a row changed, and how far its values can be believed.
 *
 * <p>A transaction may write a time and commit long after it: whoever read meanwhile has seen later
 * times and not that row. So a pass is believed only up to the time at which the oldest transaction
 * began that was open when the pass began; what is later is read again by the next one.
 *
 * <p>A time that is yet to come would hide what changes until then, so it counts as now. What time
 * it is now in a column without a zone depends on who writes it: where nobody says, it is what the
 * clocks of the last place on earth show, so that no clock that is right shows less.
 */
public final class ChangeColumn {

  /** For what a server does not tell at once, such as a transaction that begins just now. */
  private static final Duration MARGIN = Duration.ofSeconds(5);

  /** Of the place where each day ends last. */
  private static final ZoneOffset EARLIEST = ZoneOffset.ofHours(-12);

  private final SourceTable table;
  private final Column column;
  private final @Nullable ZoneId zone;

  /**
   * The column of this name.
   *
   * @param zone whose times a column without a zone holds; null where nobody knows
   * @throws SyncException COLUMN_NOT_FOUND when there is none, COLUMN_MISMATCH when it holds no
   *     time
   */
  public ChangeColumn(SourceTable table, String name, @Nullable ZoneId zone) {
    this.table = table;
    this.zone = zone;
    TableShape source = table.mapping().source();
    String place = source.schema() + "." + source.name();
    this.column =
        source
            .column(name)
            .orElseThrow(
                () ->
                    new SyncException(
                        ErrorCode.COLUMN_NOT_FOUND,
                        "Table " + place + " has no column " + name + ", its change-column.",
                        Failures.remedy(ErrorCode.COLUMN_NOT_FOUND)));
    ColumnKind kind = column.type().kind();
    if (kind != ColumnKind.TIMESTAMP && kind != ColumnKind.TIMESTAMPTZ) {
      throw new SyncException(
          ErrorCode.COLUMN_MISMATCH,
          ("Column " + column.name() + " of " + place + " holds no time of a change but ")
              + (column.type().nativeName() + "."),
          "Name a column of date and time as change-column, or use mode: diff.");
    }
  }

  /**
   * How far a zone's clock is ahead of UTC, at least. A clock that is about to be put back will
   * show once more what it shows now, so that counts already. One that was put forward showed less
   * before: a transaction that is open since then has written times of that clock.
   *
   * @param open how long ago the first time was written that may be seen only later
   */
  static ZoneOffset earliest(ZoneId zone, Instant now, Duration open) {
    ZoneRules rules = zone.getRules();
    Instant until = now.plus(Duration.ofDays(1));
    ZoneOffset least = rules.getOffset(now.minus(open));
    ZoneOffsetTransition change = rules.nextTransition(now.minus(open));
    while (change != null && !change.getInstant().isAfter(until)) {
      ZoneOffset then = change.getOffsetAfter();
      least = then.getTotalSeconds() < least.getTotalSeconds() ? then : least;
      change = rules.nextTransition(change.getInstant());
    }
    return least;
  }

  /** Whether nobody can tell what time it is now by its values. */
  public boolean isOfUnknownZone() {
    return column.type().kind() == ColumnKind.TIMESTAMP && zone == null;
  }

  /** The mapping, read in the order of the changes. */
  public TableMapping inOrder() {
    return table.mapping().orderedBy(column);
  }

  /**
   * What a watermark belongs to: one of another source, column, or of other rows, tells nothing.
   *
   * @param source which table of which connection is read
   */
  public String watermarked(String source) {
    return source + "\n" + column.name() + "\n" + table.mapping().specification();
  }

  /**
   * Up to which time everything that is committed can be seen now; empty when the table has no row,
   * and while a prepared transaction may have written times of long ago.
   *
   * @param remarks told what people should know
   * @throws SyncException TRANSACTIONS_HIDDEN when the database does not let us see them
   */
  public Optional<String> watermark(Consumer<String> remarks) throws SQLException {
    refuseUnknownTimes();
    OpenTransactions transactions =
        table.dialect().openTransactions(table.session(), table.mapping().source());
    transactions.remark().ifPresent(remarks);
    return transactions.prepared().isPresent()
        ? Optional.empty()
        : latest(transactions.age().plus(MARGIN));
  }

  /** A time so long before the latest one. */
  private Optional<String> latest(Duration open) throws SQLException {
    String query =
        "SELECT "
            + table.dialect().latest(column, open, offset(open))
            + (" FROM " + table.mapping().relation(table.dialect()) + " AS t");
    return single(table.session(), query);
  }

  private ZoneOffset offset(Duration open) {
    return zone == null ? EARLIEST : earliest(zone, Instant.now(), open);
  }

  /** A row without a time would never be seen again. */
  private void refuseUnknownTimes() throws SQLException {
    if (!column.nullable()) {
      return;
    }
    String query =
        ("SELECT 1 FROM " + table.mapping().relation(table.dialect()) + " AS t WHERE ")
            + (table.dialect().quote(column.name()) + " IS NULL LIMIT 1");
    if (single(table.session(), query).isPresent()) {
      throw new SyncException(
          ErrorCode.COLUMN_MISMATCH,
          ("Column " + column.name() + " of " + table.mapping().source().name())
              + " is NULL in some rows, so that nobody knows when they change.",
          "Fill it and declare it NOT NULL, or use mode: diff.");
    }
  }

  private static Optional<String> single(Connection session, String query) throws SQLException {
    try (Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
    }
  }
}
