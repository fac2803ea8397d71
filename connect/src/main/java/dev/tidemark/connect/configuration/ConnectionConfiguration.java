package dev.tidemark.connect.configuration;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to reach one database.
 *
 * @param name its name in the configuration
 * @param type which database it is
 * @param jdbcUrl complete JDBC URL, without credentials
 * @param username user to sign in as
 * @param password its password; never printed
 * @param schema schema to read and write where none is named: {@code public} on PostgreSQL, the
 *     URL's database on MySQL and MariaDB
 * @param poolSize most connections that one process opens
 * @param readOnly true when Tidemark must not write there
 * @param limits what may pass in a second
 * @param maskKey with which values of this source are hashed; never printed
 */
public record ConnectionConfiguration(
    String name,
    DatabaseType type,
    String jdbcUrl,
    @Nullable String username,
    @Nullable String password,
    String schema,
    int poolSize,
    boolean readOnly,
    ConnectionLimits limits,
    @Nullable String maskKey) {

  public static final int DEFAULT_POOL_SIZE = 8;

  public ConnectionConfiguration {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(jdbcUrl, "jdbcUrl");
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(limits, "limits");
    if (poolSize < 1) {
      throw new IllegalArgumentException("poolSize must be at least 1");
    }
  }

  /** A connection without limits, whose values are hashed without a key. */
  public ConnectionConfiguration(
      String name,
      DatabaseType type,
      String jdbcUrl,
      @Nullable String username,
      @Nullable String password,
      String schema,
      int poolSize,
      boolean readOnly) {
    this(
        name,
        type,
        jdbcUrl,
        username,
        password,
        schema,
        poolSize,
        readOnly,
        ConnectionLimits.NONE,
        null);
  }

  /** Without the password, and without the URL's parameters, which may bear others. */
  @Override
  public String toString() {
    String address = jdbcUrl.replaceFirst("\\?.*", "");
    return "ConnectionConfiguration[" + name + ", " + type + ", " + address + "]";
  }
}
