package dev.tidemark.connect.connection;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.failure.SyncException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;

/** How each driver must be set so that values pass unbent. */
public final class Sessions {

  private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(15);

  private Sessions() {}

  /** Opens a session outside any pool. */
  public static Connection open(ConnectionConfiguration configuration, Duration connectTimeout)
      throws SQLException {
    return open(configuration, connectTimeout, false);
  }

  /** As {@link #open(ConnectionConfiguration, Duration)}, for a session that will load data. */
  public static Connection openToLoad(
      ConnectionConfiguration configuration, Duration connectTimeout) throws SQLException {
    return open(configuration, connectTimeout, true);
  }

  static Connection open(
      ConnectionConfiguration configuration, Duration connectTimeout, boolean loads)
      throws SQLException {
    Driver driver =
        switch (configuration.type()) {
          case POSTGRESQL -> new org.postgresql.Driver();
          case MYSQL, MARIADB -> new com.mysql.cj.jdbc.Driver();
        };
    Connection session =
        driver.connect(url(configuration), properties(configuration, connectTimeout, loads));
    if (session == null) {
      throw new SQLException(
          "The URL of connection " + configuration.name() + " is not one of its type.", "08001");
    }
    try (Statement statement = session.createStatement()) {
      statement.execute(firstStatement(configuration.type()));
      if (configuration.type() != DatabaseType.POSTGRESQL) {
        refuseSilence(statement);
      }
    } catch (SQLException | SyncException e) {
      session.close();
      throw e;
    }
    return session;
  }

  /**
   * What a session must be told before anything else. On PostgreSQL the driver asks for the time
   * zone of its Java process, and a URL may bear options of its own: what is said here holds.
   */
  static String firstStatement(DatabaseType type) {
    return switch (type) {
      case POSTGRESQL ->
          """
          SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'iso_8601';
          SET extra_float_digits = 1; SET bytea_output = 'hex'; SET xmloption = 'content';
          SET lock_timeout = '20s'; SET row_security = off""";
      case MYSQL, MARIADB ->
          // Some of what a message names, such as a row, is told by nothing else.
          "SET SESSION sql_notes = 1, lc_messages = 'en_US'";
    };
  }

  /**
   * A server whose {@code max_error_count} is zero keeps no warnings, and warnings are how a value
   * that did not fit is found. To set it for a session takes a privilege that few users have.
   */
  private static void refuseSilence(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT @@session.max_error_count")) {
      if (!row.next() || row.getInt(1) == 0) {
        throw new SyncException(
            ErrorCode.WARNINGS_OFF,
            "The server keeps no warnings: its max_error_count is 0.",
            Failures.remedy(ErrorCode.WARNINGS_OFF));
      }
    }
  }

  /** The URL as the driver understands it. */
  public static String url(ConnectionConfiguration configuration) {
    // Connector/J speaks to both servers, but knows only its own name in a URL.
    return configuration.jdbcUrl().startsWith("jdbc:mariadb:")
        ? "jdbc:mysql:" + configuration.jdbcUrl().substring("jdbc:mariadb:".length())
        : configuration.jdbcUrl();
  }

  /** Everything beside the URL that the driver must be told. */
  public static Properties properties(
      ConnectionConfiguration configuration, Duration connectTimeout) {
    return properties(configuration, connectTimeout, false);
  }

  /**
   * Properties of a session.
   *
   * @param loads whether it will load data. Only then may the server ask for it: a MySQL server
   *     that is allowed to ask may ask for any file of this machine.
   */
  static Properties properties(
      ConnectionConfiguration configuration, Duration connectTimeout, boolean loads) {
    Properties properties = new Properties();
    if (configuration.username() != null) {
      properties.setProperty("user", configuration.username());
    }
    if (configuration.password() != null) {
      properties.setProperty("password", configuration.password());
    }
    properties.setProperty("tcpKeepAlive", "true");
    switch (configuration.type()) {
      case POSTGRESQL -> postgresql(properties, connectTimeout);
      case MYSQL, MARIADB -> mysql(properties, connectTimeout, loads);
    }
    return properties;
  }

  private static void postgresql(Properties properties, Duration connectTimeout) {
    properties.setProperty("ApplicationName", "tidemark");
    properties.setProperty("connectTimeout", Long.toString(connectTimeout.toSeconds()));
    // Longer than any statement on a chunk: a host that vanished must not hold a table for ever.
    properties.setProperty("socketTimeout", Long.toString(ANSWER_TIMEOUT.toSeconds()));
  }

  private static void mysql(Properties properties, Duration connectTimeout, boolean loads) {
    properties.setProperty("connectTimeout", Long.toString(connectTimeout.toMillis()));
    properties.setProperty("socketTimeout", Long.toString(ANSWER_TIMEOUT.toMillis()));
    properties.setProperty("allowLoadLocalInfile", Boolean.toString(loads));
    properties.setProperty("characterEncoding", "UTF-8");
    properties.setProperty("connectionTimeZone", "UTC");
    properties.setProperty("forceConnectionTimeZoneToSession", "true");
    properties.setProperty("tinyInt1isBit", "false");
    // Strict, so that a value that does not fit is an error or a warning, never a bent value. Zero
    // dates are values like others here: a copy from one such server to another keeps them.
    properties.setProperty(
        "sessionVariables",
        "sql_mode='STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,"
            + "NO_ENGINE_SUBSTITUTION,NO_AUTO_VALUE_ON_ZERO',"
            + "innodb_lock_wait_timeout=20,lock_wait_timeout=20,"
            + "net_write_timeout=600,net_read_timeout=600");
  }
}
