package dev.tidemark.connect.connection;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/** How each driver must be set so that values pass unbent. */
public final class Sessions {

  private Sessions() {}

  /** Opens a session outside any pool. */
  public static Connection open(ConnectionConfiguration configuration, Duration connectTimeout)
      throws SQLException {
    Driver driver =
        switch (configuration.type()) {
          case POSTGRESQL -> new org.postgresql.Driver();
          case MYSQL, MARIADB -> new com.mysql.cj.jdbc.Driver();
        };
    Connection session =
        driver.connect(url(configuration), properties(configuration, connectTimeout));
    if (session == null) {
      throw new SQLException(
          "The URL of connection " + configuration.name() + " is not one of its type.", "08001");
    }
    return session;
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
      case MYSQL, MARIADB -> mysql(properties, connectTimeout);
    }
    return properties;
  }

  private static void postgresql(Properties properties, Duration connectTimeout) {
    properties.setProperty("ApplicationName", "tidemark");
    properties.setProperty("connectTimeout", Long.toString(connectTimeout.toSeconds()));
    // UTC, ISO dates and full float digits, whatever the server's or the role's defaults are.
    properties.setProperty(
        "options",
        "-c TimeZone=UTC -c DateStyle=ISO,YMD -c IntervalStyle=iso_8601 -c extra_float_digits=1"
            + " -c bytea_output=hex -c xmloption=content");
  }

  private static void mysql(Properties properties, Duration connectTimeout) {
    properties.setProperty("connectTimeout", Long.toString(connectTimeout.toMillis()));
    properties.setProperty("allowLoadLocalInfile", "true");
    properties.setProperty("characterEncoding", "UTF-8");
    properties.setProperty("connectionTimeZone", "UTC");
    properties.setProperty("forceConnectionTimeZoneToSession", "true");
    properties.setProperty("tinyInt1isBit", "false");
    properties.setProperty("allowPublicKeyRetrieval", "true");
    // Strict, so that a value that does not fit is an error or a warning, never a bent value.
    properties.setProperty(
        "sessionVariables",
        "sql_mode='STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,"
            + "NO_ENGINE_SUBSTITUTION,NO_AUTO_VALUE_ON_ZERO',"
            + "innodb_lock_wait_timeout=20,lock_wait_timeout=20,"
            + "net_write_timeout=600,net_read_timeout=600");
  }
}
