package dev.tidemark.connect.configuration;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a JDBC URL that the configuration looks at.
 *
 * @param scheme {@code postgresql}, {@code mysql} or {@code mariadb}
 * @param database name of the database; empty when the URL names none
 * @param bearsCredentials whether a user or a password stands in it
 */
record JdbcUrl(String scheme, String database, boolean bearsCredentials) {

  private static final Pattern URL =
      Pattern.compile("jdbc:(postgresql|mysql|mariadb):(?:[a-z]+:)?//([^/?#]+)(?:/([^?#]*))?(.*)");
  private static final Pattern CREDENTIALS =
      Pattern.compile("(?i)(?:^|[?&;(,])(?:user|username|password)=");

  /** Empty when it is not the URL of a database that Tidemark speaks. */
  static Optional<JdbcUrl> parse(String url) {
    Matcher matcher = URL.matcher(url);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String database = matcher.group(3) == null ? "" : matcher.group(3);
    boolean credentials =
        matcher.group(2).contains("@")
            || CREDENTIALS.matcher(matcher.group(2)).find()
            || CREDENTIALS.matcher(matcher.group(4)).find();
    try {
      return Optional.of(
          new JdbcUrl(
              matcher.group(1), URLDecoder.decode(database, StandardCharsets.UTF_8), credentials));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static String of(DatabaseType type, String host, int port, String database) {
    String authority = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    return "jdbc:"
        + scheme(type)
        + "://"
        + authority
        + ":"
        + port
        + "/"
        + URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Connector/J speaks to MariaDB too, so its own scheme serves there as well. */
  boolean serves(DatabaseType type) {
    return scheme.equals(scheme(type)) || (type == DatabaseType.MARIADB && scheme.equals("mysql"));
  }

  static String scheme(DatabaseType type) {
    return switch (type) {
      case POSTGRESQL -> "postgresql";
      case MYSQL -> "mysql";
      case MARIADB -> "mariadb";
    };
  }

  static int defaultPort(DatabaseType type) {
    return switch (type) {
      case POSTGRESQL -> 5432;
      case MYSQL, MARIADB -> 3306;
    };
  }
}
