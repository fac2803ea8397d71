package dev.tidemark.bench.kills;

import dev.tidemark.bench.batch.TableComparison;
import dev.tidemark.bench.pipe.Invoices;
import dev.tidemark.bench.server.Database;
import dev.tidemark.connect.comparison.ComparisonResult;
import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.configuration.SyncMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Invoices that a batch keeps in step in one mode, and what their target tells of the passes. */
record CopiedTable(SyncMode mode, Database source, Database target) {

  private static final int NO_SUCH_SESSION = 1094;

  private static final long STEP = 1_000_000_000L;

  /** Name of its batch. */
  String batch() {
    return mode.name().toLowerCase(Locale.ROOT)
        + "_to_"
        + target.type().name().toLowerCase(Locale.ROOT);
  }

  /** Lines of its batch in the configuration. */
  String yaml(int chunkRows) {
    return """
      %s:
        sources: [%s]
        target: %s
        tables: [c_invoice]
        mode: %s
    %s    chunk-rows: %d
        retry: {maximum-attempts: 30, initial-interval: 200ms, maximum-interval: 1s}
    """
        .formatted(
            batch(),
            source,
            target,
            mode.name().toLowerCase(Locale.ROOT),
            switch (mode) {
              case FULL, REPLACE -> "";
              case INCREMENTAL -> "    change-column: changed_at\n";
              case DIFF -> "    deletes: hard\n";
            },
            chunkRows);
  }

  /** Creates the source's table. */
  static void fill(Database source, long rows) throws Exception {
    Invoices.create(source, rows);
    source.execute(
        "ALTER TABLE c_invoice ADD changed_at timestamptz(6) NOT NULL DEFAULT clock_timestamp()",
        "CREATE INDEX c_invoice_changed ON c_invoice (changed_at)",
        "ANALYZE c_invoice");
  }

  /** Changes both sides so that a pass of the mode has something to do all over the table. */
  void change(int round) throws SQLException {
    int rest = round % 100;
    String update =
        "UPDATE c_invoice SET customer = 'round %d', changed_at = clock_timestamp()"
                .formatted(round)
            + " WHERE c_invoice_id %% %d = %d";
    String insert =
        "INSERT INTO c_invoice SELECT c_invoice_id + %d, ad_org_id, document_no, customer, note, qty,"
                .formatted(STEP * round)
            + " grand_total, tax, invoiced_on, paid, created_at, updated_at, clock_timestamp()"
            + " FROM c_invoice WHERE c_invoice_id %% 100 = %d AND c_invoice_id < %d"
                .formatted(rest, STEP);
    String delete = "DELETE FROM c_invoice WHERE c_invoice_id % 100 = " + (rest + 1) % 100;
    switch (mode) {
      case FULL -> {
        // Every other pass over each of two targets finds nothing there, and loads straight.
        if (round % 4 >= 2) {
          target.execute("TRUNCATE TABLE c_invoice");
        }
        source.execute(update.formatted(5, round % 5), insert);
      }
      case INCREMENTAL -> source.execute(update.formatted(2, round % 2), insert);
      case DIFF -> {
        target.execute(
            "UPDATE c_invoice SET note = 'of nobody' WHERE c_invoice_id % 100 = " + rest,
            "DELETE FROM c_invoice WHERE c_invoice_id % 100 = " + (rest + 2) % 100);
        source.execute(update.formatted(20, round % 20), delete, insert);
      }
      case REPLACE -> source.execute(update.formatted(5, round % 5), delete, insert);
    }
    source.execute("ANALYZE c_invoice");
  }

  /** Looks at a pass. */
  Watch watch(String pass) {
    return new Watch(target, pass);
  }

  /** Ends all sessions of the target's database but the one that does so. */
  void endSessions() throws SQLException {
    if (target.type() == DatabaseType.POSTGRESQL) {
      target.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
      return;
    }
    for (String id :
        texts(
            "SELECT id FROM information_schema.processlist"
                + " WHERE db = database() AND id <> connection_id()")) {
      end(id);
    }
  }

  private void end(String id) throws SQLException {
    try {
      target.execute("KILL " + id);
    } catch (SQLException e) {
      if (e.getErrorCode() != NO_SUCH_SESSION) {
        throw e;
      }
    }
  }

  /** What is not as a completed pass leaves it; empty when all is well. */
  List<String> faults(String pass) throws SQLException {
    List<String> faults = new ArrayList<>();
    ComparisonResult result = TableComparison.compare(source, target, Invoices.TABLE);
    if (!result.equal()) {
      faults.add("differs: " + result.words());
    }
    if (result.source().rows() == 0) {
      faults.add("nothing was there to copy");
    }
    Watch.Sight end;
    try (Watch watch = watch(pass)) {
      end = watch.look();
    }
    if (!end.finished()) {
      faults.add("its slice does not say that the pass is finished");
    }
    if (number("SELECT count(*) FROM tidemark_cursor WHERE finished = 0") > 0) {
      faults.add("a range is not finished");
    }
    if (mode != SyncMode.INCREMENTAL && end.rows() != result.source().rows()) {
      faults.add("%,d rows counted of %,d".formatted(end.rows(), result.source().rows()));
    }
    faults.addAll(texts(leftovers()).stream().map(table -> table + " is left over").toList());
    return faults;
  }

  /** Rows that a pass will read, roughly. */
  long expected() throws SQLException {
    try (Connection session = source.open();
        Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM c_invoice")) {
      row.next();
      return mode == SyncMode.INCREMENTAL ? row.getLong(1) / 2 : row.getLong(1);
    }
  }

  private String leftovers() {
    return "SELECT table_name FROM information_schema.tables WHERE table_schema = '"
        + target.configuration().schema()
        + "' AND (table_name LIKE 'tidemark_new%' OR table_name LIKE 'tidemark_old%'"
        + " OR table_name LIKE 'tidemark_stage%')";
  }

  private long number(String query) throws SQLException {
    try (Connection session = target.open();
        Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  private List<String> texts(String query) throws SQLException {
    try (Connection session = target.open();
        Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      List<String> texts = new ArrayList<>();
      while (row.next()) {
        texts.add(row.getString(1));
      }
      return texts;
    }
  }
}
