package dev.tidemark.connect.configuration;

/** The databases that Tidemark speaks; spelled in lower case in the configuration. */
public enum DatabaseType {
  POSTGRESQL,
  MYSQL,
  MARIADB
}
