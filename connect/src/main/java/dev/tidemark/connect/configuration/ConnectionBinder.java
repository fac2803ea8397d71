package dev.tidemark.connect.configuration;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Binds one connection; the control database is one too. */
final class ConnectionBinder {

  static final String NAME = "letters, digits, _ and -, beginning with a letter or digit";

  private static final String TYPES = "postgresql, mysql or mariadb";
  private static final int MOST_CONNECTIONS = 1000;
  private static final int LEAST_MASK_KEY = 16;

  private final Reading reading;
  private final Section section;

  ConnectionBinder(Reading reading, Section section) {
    this.reading = reading;
    this.section = section;
  }

  /** Null when something is wrong with it. */
  @Nullable ConnectionConfiguration bind(String name) {
    int before = reading.count();
    if (!isName(name)) {
      section.mistake("\"" + name + "\" as a name", NAME);
    }
    boolean readOnly = section.flag("read-only", false);
    return bind(name, type(), readOnly, limits(), maskKey(), before);
  }

  /** The control database, which is PostgreSQL; null when something is wrong with it. */
  @Nullable ConnectionConfiguration bindControl() {
    int before = reading.count();
    String type = section.text("type");
    if (type != null && !type.equals("postgresql")) {
      section.wrong("type", "postgresql, which the control database always is");
    }
    return bind("control", DatabaseType.POSTGRESQL, false, ConnectionLimits.NONE, null, before);
  }

  private @Nullable String maskKey() {
    String key = section.text("mask-key");
    // One that is empty would mean hashes that can be guessed, without a word.
    if (section.has("mask-key") && (key == null || key.length() < LEAST_MASK_KEY)) {
      // It is a secret: what is wrong with it is told, and not what it is.
      section.mistake("mask-key", "a shorter text", LEAST_MASK_KEY + " characters or more");
    }
    return key;
  }

  private @Nullable ConnectionConfiguration bind(
      String name,
      @Nullable DatabaseType type,
      boolean readOnly,
      ConnectionLimits limits,
      @Nullable String maskKey,
      int before) {
    int poolSize =
        section.number("pool-size", ConnectionConfiguration.DEFAULT_POOL_SIZE, 1, MOST_CONNECTIONS);
    String username = section.text("username");
    String password = section.text("password");
    if (username == null && section.has("password") && !section.has("username")) {
      section.mistake("username", "a password without a user", "username beside password");
    }
    String url = section.has("url") ? checkedUrl(type) : composedUrl(type);
    if (url == null || type == null || reading.count() > before) {
      return null;
    }
    String schema = section.text("schema", defaultSchema(type, url));
    if (schema.isEmpty()) {
      section.mistake("url", "a URL without a database", "a URL that ends in /database, or schema");
      return null;
    }
    return new ConnectionConfiguration(
        name, type, url, username, password, schema, poolSize, readOnly, limits, maskKey);
  }

  private ConnectionLimits limits() {
    Section limits = section.section("limits", ConfigurationKeys.LIMITS);
    return limits == null
        ? ConnectionLimits.NONE
        : new ConnectionLimits(
            limits.amount("rows-per-second", 1, ConnectionLimits.MOST, AmountText::number),
            limits.amount(
                "bytes-per-second",
                ConnectionLimits.LEAST_BYTES,
                ConnectionLimits.MOST,
                AmountText::bytes));
  }

  private static String defaultSchema(DatabaseType type, String url) {
    return switch (type) {
      case POSTGRESQL -> "public";
      case MYSQL, MARIADB -> JdbcUrl.parse(url).map(JdbcUrl::database).orElse("");
    };
  }

  private @Nullable DatabaseType type() {
    String url = section.text("url");
    Optional<JdbcUrl> parsed = url == null ? Optional.empty() : JdbcUrl.parse(url);
    if (!section.has("type") && parsed.isPresent()) {
      return switch (parsed.get().scheme()) {
        case "postgresql" -> DatabaseType.POSTGRESQL;
        case "mariadb" -> DatabaseType.MARIADB;
        default -> DatabaseType.MYSQL;
      };
    }
    String type = section.required("type", TYPES);
    if (type == null) {
      return null;
    }
    DatabaseType known =
        Map.of(
                "postgresql", DatabaseType.POSTGRESQL,
                "mysql", DatabaseType.MYSQL,
                "mariadb", DatabaseType.MARIADB)
            .get(type);
    if (known == null) {
      section.wrong("type", TYPES);
    }
    return known;
  }

  private @Nullable String checkedUrl(@Nullable DatabaseType type) {
    for (String part : new String[] {"host", "port", "database"}) {
      if (section.has(part)) {
        section.mistake(part, part + " beside url", "either url, or host, port and database");
      }
    }
    String url = section.text("url");
    if (url == null) {
      return null;
    }
    // A URL may bear a password, so it is described and never shown.
    Optional<JdbcUrl> parsed = JdbcUrl.parse(url);
    String allowed = type == null ? "jdbc:postgresql://host:port/database" : example(type);
    if (parsed.isEmpty()) {
      section.mistake("url", "what is no JDBC URL of a known database", allowed);
      return null;
    }
    if (type != null && !parsed.get().serves(type)) {
      section.mistake("url", "a URL of " + parsed.get().scheme(), allowed);
    }
    if (parsed.get().bearsCredentials()) {
      section.mistake("url", "a user or password in the URL", "username and password beside it");
    }
    if (type == DatabaseType.POSTGRESQL && parsed.get().database().isEmpty()) {
      section.mistake("url", "a URL without a database", allowed);
    }
    return url;
  }

  private @Nullable String composedUrl(@Nullable DatabaseType type) {
    if (!section.has("host") && !section.has("database")) {
      section.mistake("url", "nothing", "url, or host and database (required)");
      return null;
    }
    String host = section.required("host", "the name or address of the database's server");
    String database = section.required("database", "the name of the database");
    int port = section.number("port", type == null ? 1 : JdbcUrl.defaultPort(type), 1, 65535);
    if (host != null && !host.matches("[A-Za-z0-9._-]+|\\[?[0-9A-Fa-f:.]+]?")) {
      section.wrong("host", "the name or address of a server, without port");
      return null;
    }
    return host == null || database == null || type == null
        ? null
        : JdbcUrl.of(type, host, port, database);
  }

  private static String example(DatabaseType type) {
    return "jdbc:" + JdbcUrl.scheme(type) + "://host:" + JdbcUrl.defaultPort(type) + "/database";
  }

  /** Names stand in ids of workflows, in paths of the API and in lists on the command line. */
  static boolean isName(String name) {
    return name.matches("[A-Za-z0-9][A-Za-z0-9_-]*");
  }
}
