package dev.tidemark.bench.peers;

import dev.tidemark.bench.server.Database;
import dev.tidemark.connect.configuration.DatabaseType;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/**
 * What one writes in an afternoon: rows as objects, {@code addBatch}, a commit now and then, with
 * the switch of each driver that makes one statement of a batch.
 *
 * @param name of the driver for MySQL and MariaDB
 * @param prefix of the URLs that the driver takes
 */
record JdbcPeer(String name, Driver driver, String prefix) implements Peer {

  private static final int BATCH = 5_000;
  private static final int COLUMNS = 12;

  static JdbcPeer connectorJ() throws SQLException {
    return new JdbcPeer("JDBC batches, Connector/J", new com.mysql.cj.jdbc.Driver(), "jdbc:mysql:");
  }

  static JdbcPeer mariaDbDriver() {
    return new JdbcPeer(
        "JDBC batches, MariaDB's driver", new org.mariadb.jdbc.Driver(), "jdbc:mariadb:");
  }

  @Override
  public String version() {
    return driver.getMajorVersion() + "." + driver.getMinorVersion();
  }

  @Override
  public Optional<String> absence(DatabaseType from, DatabaseType to) {
    return from == DatabaseType.POSTGRESQL && to == DatabaseType.POSTGRESQL
        ? Optional.of("neither side is its driver's")
        : Optional.empty();
  }

  @Override
  public void copy(Database source, Database target, long rows) throws SQLException {
    try (Connection reading = open(source);
        Connection writing = open(target);
        Statement query =
            reading.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
        PreparedStatement insert =
            writing.prepareStatement(
                "INSERT INTO c_invoice VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      reading.setAutoCommit(false);
      writing.setAutoCommit(false);
      query.setFetchSize(streams(source) ? Integer.MIN_VALUE : BATCH);
      boolean numbers = hasNumbersForFlags(writing);
      int waiting = 0;
      try (ResultSet row =
          query.executeQuery(
              "SELECT c_invoice_id, ad_org_id, document_no, customer, note, qty, grand_total, tax,"
                  + " invoiced_on, paid, created_at, updated_at FROM c_invoice")) {
        while (row.next()) {
          for (int i = 1; i <= COLUMNS; i++) {
            Object value = row.getObject(i);
            insert.setObject(i, value instanceof Boolean flag && numbers ? (flag ? 1 : 0) : value);
          }
          insert.addBatch();
          if (++waiting == BATCH) {
            send(writing, insert);
            waiting = 0;
          }
        }
      }
      send(writing, insert);
    }
  }

  private static void send(Connection writing, PreparedStatement insert) throws SQLException {
    int[] ignored = insert.executeBatch();
    writing.commit();
  }

  /** PostgreSQL takes no boolean into a column of numbers, which is what a tinyint becomes. */
  private static boolean hasNumbersForFlags(Connection writing) throws SQLException {
    try (Statement statement = writing.createStatement();
        ResultSet none = statement.executeQuery("SELECT paid FROM c_invoice WHERE 1 = 0")) {
      int type = none.getMetaData().getColumnType(1);
      return type != Types.BIT && type != Types.BOOLEAN;
    }
  }

  /** Connector/J would otherwise read the whole table into memory. */
  private boolean streams(Database source) {
    return source.type() != DatabaseType.POSTGRESQL && prefix.equals("jdbc:mysql:");
  }

  private Connection open(Database database) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", database.username());
    properties.setProperty("password", database.password());
    boolean postgres = database.type() == DatabaseType.POSTGRESQL;
    properties.setProperty(postgres ? "reWriteBatchedInserts" : "rewriteBatchedStatements", "true");
    // Without the other driver's options.
    String address =
        database.url().substring(database.url().indexOf("//")).replaceFirst("\\?.*", "");
    Connection session =
        postgres
            ? new org.postgresql.Driver().connect(database.url(), properties)
            : driver.connect(prefix + address, properties);
    return Objects.requireNonNull(session, database.url());
  }
}
