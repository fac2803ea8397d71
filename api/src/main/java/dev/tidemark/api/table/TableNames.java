package dev.tidemark.api.table;

import dev.tidemark.workflows.table.TableId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The names that people give tables: {@code ad_org}, {@code AdOrg}, {@code public.ad_org}. */
public final class TableNames {

  private static final Pattern MODEL = Pattern.compile("[A-Z][A-Za-z0-9]*");
  private static final Pattern HUMP =
      Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

  private TableNames() {}

  /** The name as a class: {@code AdOrg} for {@code ad_org}. */
  public static String model(String table) {
    return Arrays.stream(table.split("_", -1))
        .filter(word -> !word.isEmpty())
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining());
  }

  /**
   * The name as a catalog spells it: {@code ad_org} for {@code AdOrg}; other names stay, and so
   * does a schema before the name.
   */
  public static String catalog(String name) {
    int dot = name.lastIndexOf('.');
    String schema = name.substring(0, dot + 1);
    String table = name.substring(dot + 1);
    return schema
        + (MODEL.matcher(table).matches() && !table.equals(table.toUpperCase(Locale.ROOT))
            ? HUMP.matcher(table).replaceAll("_").toLowerCase(Locale.ROOT)
            : table);
  }

  /**
   * The tables that a person may mean who names the connection, the schema, both or neither. A name
   * that is spelled exactly as typed goes before one that only means the same.
   */
  public static List<TableId> candidates(String typed, List<TableId> tables) {
    List<TableId> exact = tables.stream().filter(table -> names(table).contains(typed)).toList();
    if (!exact.isEmpty()) {
      return exact;
    }
    String catalog = catalog(typed);
    return tables.stream().filter(table -> names(table).contains(catalog)).toList();
  }

  private static List<String> names(TableId id) {
    return List.of(
        id.toString(),
        id.connection() + "." + id.table(),
        id.schema() + "." + id.table(),
        id.table());
  }
}
