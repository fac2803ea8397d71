package dev.tidemark.connect.configuration;

import dev.tidemark.connect.catalog.TablePattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Binds one batch. */
final class BatchBinder {

  /** Temporal holds 2,000 pending activities of one workflow. */
  private static final int MOST_PARALLEL_TABLES = 1000;

  private final Reading reading;
  private final Section section;
  private final ConnectionNames connections;

  BatchBinder(Reading reading, Section section, ConnectionNames connections) {
    this.reading = reading;
    this.section = section;
    this.connections = connections;
  }

  /** Null when something is wrong with it. */
  @Nullable BatchConfiguration bind(String name) {
    int before = reading.count();
    if (!ConnectionBinder.isName(name)) {
      section.mistake("\"" + name + "\" as a name", ConnectionBinder.NAME);
    }
    String target = section.required("target", connections.allowed());
    if (target != null) {
      checkTarget(target);
    }
    List<SourceConfiguration> sources = sources(target);
    List<String> tables = section.has("tables") ? patterns("tables") : List.of("*");
    List<String> excludeTables = patterns("exclude-tables");
    CopyConfiguration copy = new CopyBinder(section, CopyConfiguration.DEFAULT).bind();
    Map<String, TableConfiguration> tableConfigurations =
        new TableBinder(reading, section, copy).bind();
    int parallelTables = parallel("parallel-tables", BatchConfiguration.DEFAULT_PARALLEL_TABLES);
    int parallelTablesPerConnection =
        parallel(
            "parallel-tables-per-connection",
            BatchConfiguration.DEFAULT_PARALLEL_TABLES_PER_CONNECTION);
    RetryConfiguration retry = retry();
    boolean refuseWhenBusy =
        section.choice("when-busy", Map.of("wait", false, "refuse", true), "wait or refuse", false);
    boolean createMissingTables =
        section.flag("create-missing-tables", BatchConfiguration.DEFAULT_CREATE_MISSING_TABLES);
    boolean verify = section.flag("verify", false);
    return target == null || reading.count() > before
        ? null
        : new BatchConfiguration(
            name,
            sources,
            target,
            tables,
            excludeTables,
            tableConfigurations,
            copy,
            parallelTables,
            parallelTablesPerConnection,
            retry,
            refuseWhenBusy,
            createMissingTables,
            verify);
  }

  private void checkTarget(String target) {
    if (!connections.has(target)) {
      section.wrong("target", connections.allowed());
    } else if (connections.isReadOnly(target)) {
      section.mistake(
          "target",
          "connection " + target + ", which is read-only",
          "a connection without read-only: true");
    }
  }

  private List<SourceConfiguration> sources(@Nullable String target) {
    Value list = section.value("sources");
    List<SourceConfiguration> sources = new ArrayList<>();
    if (list == null || (list.isList() && list.items().isEmpty())) {
      section.mistake("sources", "nothing", "at least one connection to read (required)");
      return sources;
    }
    Set<String> seen = new HashSet<>();
    for (Value item : list.items()) {
      Section section = item.isText() ? null : item.section(ConfigurationKeys.SOURCE);
      Value named = section == null ? item : section.value("connection");
      SourceConfiguration source = section == null ? plainSource(item) : source(section);
      if (source != null && named != null && checkSource(named, source.connection(), target)) {
        if (!seen.add(source.connection())) {
          named.mistake("connection " + source.connection() + " a second time", "each source once");
        }
        sources.add(source);
      }
    }
    return sources;
  }

  private @Nullable SourceConfiguration plainSource(Value item) {
    if (!item.isText()) {
      return null;
    }
    String connection = item.text();
    if (connection == null && item.isEmpty()) {
      item.mistake("nothing", connections.allowed());
    }
    return connection == null ? null : new SourceConfiguration(connection, Map.of());
  }

  private @Nullable SourceConfiguration source(Section source) {
    String connection = source.required("connection", connections.allowed());
    Map<String, String> constants = source.textByName("constants", "a fixed value for the column");
    return connection == null ? null : new SourceConfiguration(connection, constants);
  }

  private boolean checkSource(Value item, String connection, @Nullable String target) {
    if (!connections.has(connection)) {
      item.mistake("connection \"" + connection + "\"", connections.allowed());
      return false;
    }
    if (connection.equals(target)) {
      item.mistake("connection " + connection + ", the target itself", "another connection");
      return false;
    }
    if (target != null && connections.sameDatabase(connection, target)) {
      item.mistake(
          "connection " + connection + ", the same database and schema as target " + target,
          "another database or schema");
      return false;
    }
    return true;
  }

  private List<String> patterns(String key) {
    Value list = section.value(key);
    if (list == null) {
      return List.of();
    }
    if (list.isList() && list.items().isEmpty() && key.equals("tables")) {
      list.mistake("an empty list", "at least one table, or * for all");
    }
    List<String> patterns = new ArrayList<>();
    for (Value item : list.items()) {
      String pattern = item.textOrEmpty("a table or a pattern of tables");
      if (pattern != null) {
        try {
          TablePattern parsed = TablePattern.parse(pattern);
          if (key.equals("tables") && parsed.isReserved()) {
            item.mistake("table " + pattern + ", whose prefix is reserved", TablePattern.RESERVED);
          }
          patterns.add(parsed.toString());
        } catch (IllegalArgumentException notOne) {
          item.wrongText(String.valueOf(notOne.getMessage()));
        }
      }
    }
    return patterns;
  }

  private int parallel(String key, int fallback) {
    return section.number(key, fallback, 1, MOST_PARALLEL_TABLES);
  }

  private RetryConfiguration retry() {
    RetryConfiguration fallback = RetryConfiguration.DEFAULT;
    Section retry = section.section("retry", ConfigurationKeys.RETRY);
    if (retry == null) {
      return fallback;
    }
    int before = reading.count();
    int attempts = retry.number("maximum-attempts", fallback.maximumAttempts(), 1, 1_000_000);
    Duration initial = retry.duration("initial-interval", fallback.initialInterval());
    Duration maximum =
        retry.duration("maximum-interval", longer(fallback.maximumInterval(), initial));
    double coefficient = retry.factor("backoff-coefficient", fallback.backoffCoefficient(), 1, 100);
    if (reading.count() == before && maximum.compareTo(initial) < 0) {
      retry.wrong("maximum-interval", "at least initial-interval");
    }
    return new RetryConfiguration(attempts, initial, maximum, coefficient);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  /** What a batch may name: every connection of the file, also those that have mistakes. */
  static final class ConnectionNames {

    private final Set<String> names;
    private final Map<String, ConnectionConfiguration> bound;

    ConnectionNames(Set<String> names, Map<String, ConnectionConfiguration> bound) {
      this.names = names;
      this.bound = new LinkedHashMap<>(bound);
    }

    boolean has(String name) {
      return names.contains(name);
    }

    boolean isReadOnly(String name) {
      ConnectionConfiguration connection = bound.get(name);
      return connection != null && connection.readOnly();
    }

    boolean sameDatabase(String one, String other) {
      ConnectionConfiguration left = bound.get(one);
      ConnectionConfiguration right = bound.get(other);
      return left != null
          && right != null
          && left.jdbcUrl().equals(right.jdbcUrl())
          && left.schema().equals(right.schema());
    }

    String allowed() {
      return names.isEmpty()
          ? "a name under connections"
          : "a connection: " + String.join(", ", names);
    }
  }
}
