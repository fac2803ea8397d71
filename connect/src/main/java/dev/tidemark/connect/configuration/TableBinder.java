package dev.tidemark.connect.configuration;

import dev.tidemark.connect.catalog.TablePattern;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Binds what a batch says about single tables. */
final class TableBinder {

  private static final String TABLE = "one table without its schema, such as c_invoice or CInvoice";

  private static final String MASKS = "hash or redact";

  private static final String CASTS =
      "a type in the SQL of the target, such as decimal(12,2), and nothing beside it";

  /** One type: words, and numbers or texts in parentheses. */
  private static final Pattern TYPE =
      Pattern.compile(
          "[\\p{L}_\"][\\p{L}\\p{N}_.\" ]*(?:\\((?:[0-9, ]+|'[^'\\\\]*'(?: *, *'[^'\\\\]*')*)\\))?"
              + "[\\p{L} ]*(?:\\[\\])*");

  /** Words of what may stand behind a type in a table, and is no part of it. */
  private static final Pattern BEHIND_A_TYPE =
      Pattern.compile(
          "(?i).*\\b(?:not|null|default|collate|charset|character set|primary|unique|key|check|references"
              + "|generated|as|comment|auto_increment|constraint|on|invisible|storage|compression)\\b.*");

  private final Reading reading;
  private final Section batch;
  private final CopyConfiguration copy;

  /**
   * @param copy what holds where a table says nothing else
   */
  TableBinder(Reading reading, Section batch, CopyConfiguration copy) {
    this.reading = reading;
    this.batch = batch;
    this.copy = copy;
  }

  Map<String, TableConfiguration> bind() {
    Map<String, TableConfiguration> tables = new LinkedHashMap<>();
    Section all = batch.section("table", null);
    if (all == null) {
      return tables;
    }
    Map<String, String> spellings = new HashMap<>();
    for (String name : all.names()) {
      checkName(all, name, spellings);
      Section table = all.section(name, ConfigurationKeys.TABLE);
      if (table != null) {
        tables.put(name, bind(table));
      }
    }
    return tables;
  }

  private static void checkName(Section all, String name, Map<String, String> spellings) {
    TablePattern pattern;
    try {
      pattern = TablePattern.parse(name);
    } catch (IllegalArgumentException notOne) {
      all.mistake(name, "\"" + name + "\" as a table", TABLE);
      return;
    }
    if (pattern.hasWildcard()) {
      all.mistake(name, "a pattern of many tables", TABLE);
      return;
    }
    if (pattern.hasQualifier()) {
      // One entry holds for a table of every source, whatever schema it is in there.
      all.mistake(name, "a table with its schema", TABLE);
      return;
    }
    String first = spellings.putIfAbsent(pattern.words(), name);
    if (first != null) {
      all.mistake(
          name,
          "the table of " + first + " a second time",
          "each table once; one whose letter case counts in double quotes of its own");
    }
  }

  private TableConfiguration bind(Section table) {
    TableConfiguration configuration =
        new TableConfiguration(
            table.text("target"),
            table.texts("key"),
            table.texts("include"),
            table.texts("exclude"),
            table.textByName("rename", "the name of the target column"),
            table.textByName("constants", "a fixed value for the column"),
            table.text("filter"),
            table.textByName("mask", MASKS),
            table.textByName("cast", CASTS),
            new CopyBinder(table, copy).bind());
    checkColumns(table, configuration);
    return configuration;
  }

  /** What can be seen to be wrong without the catalog. */
  private void checkColumns(Section table, TableConfiguration configuration) {
    configuration
        .mask()
        .forEach(
            (column, how) -> {
              if (!how.equals("hash") && !how.equals("redact")) {
                table.mistake("mask", "\"" + how + "\" for " + column, MASKS);
              }
            });
    configuration
        .cast()
        .forEach(
            (column, type) -> {
              if (!TYPE.matcher(type).matches() || BEHIND_A_TYPE.matcher(type).matches()) {
                table.mistake("cast", "\"" + type + "\" for " + column, CASTS);
              }
            });
    List<String> include = configuration.include();
    for (String column : configuration.exclude()) {
      if (include.contains(column)) {
        table.mistake("exclude", column + ", which include takes", "a column once");
      }
      if (configuration.key().contains(column)) {
        table.mistake("exclude", column + ", a column of the key", "columns that are no key");
      }
    }
    for (String column : configuration.key()) {
      if (!include.isEmpty() && !include.contains(column)) {
        table.mistake("include", "no " + column + ", a column of the key", "all columns of key");
      }
    }
    Set<String> targets = new HashSet<>(configuration.constants().keySet());
    configuration
        .rename()
        .forEach(
            (column, target) -> {
              if (target.isEmpty()) {
                reading.mistake(
                    table.path() + ".rename." + column,
                    table.lineOf("rename"),
                    "nothing",
                    "the name of the target column");
              } else if (!targets.add(target)) {
                table.mistake(
                    "rename", "target column " + target + " a second time", "each column once");
              }
            });
  }
}
