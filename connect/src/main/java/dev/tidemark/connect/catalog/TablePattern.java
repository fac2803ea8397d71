package dev.tidemark.connect.catalog;

import dev.tidemark.connect.failure.Suggestion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which tables are meant by what a person typed: {@code c_invoice}, {@code CInvoice}, {@code
 * public.c_*}, {@code pgsql_lmp.c_invoice}, {@code pgsql_lmp.public.c_invoice}, {@code *}.
 *
 * <p>{@code *} stands for any number of characters, {@code ?} for one. A name between double quotes
 * or backticks means itself alone. Others mean, in this order, the table that is spelled just so,
 * the one that differs in letter case, and the one whose model is called so: {@code CInvoiceLine}
 * is {@code c_invoice_line}, or else {@code c_invoiceline}. A pattern without a schema means every
 * schema that is looked at. Where {@code a} in {@code a.b} may be a connection or a schema, it is
 * the connection.
 */
public final class TablePattern {

  /** What may stand where a reserved name does. */
  public static final String RESERVED =
      "a table of your own; names that begin with tidemark_ are Tidemark's";

  private static final String RESERVED_PREFIX = "tidemark_";
  private static final int MOST_PARTS = 3;
  private static final int MOST_SUGGESTIONS = 3;

  private final String text;
  private final List<PatternPart> parts;

  private TablePattern(String text, List<PatternPart> parts) {
    this.text = text;
    this.parts = List.copyOf(parts);
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException when it is none; the message says what is allowed
   */
  public static TablePattern parse(String text) {
    List<PatternPart> parts = PatternPart.split(text);
    boolean wildcard = parts.stream().anyMatch(PatternPart::hasWildcard);
    if (parts.isEmpty() || (parts.size() > MOST_PARTS && wildcard)) {
      throw new IllegalArgumentException(
          "a table such as c_invoice, CInvoice, public.c_*, or * for all; names with other"
              + " characters in double quotes");
    }
    return new TablePattern(text, parts);
  }

  /** Reads the name of one table; what is no pattern means the table that is spelled just so. */
  public static TablePattern name(String text) {
    return new TablePattern(text, PatternPart.split(text));
  }

  /** A name of a catalog as it has to be typed to mean itself. */
  static String spelled(String name) {
    List<PatternPart> parts = PatternPart.split(name);
    boolean plain =
        parts.size() == 1
            && !parts.getFirst().hasWildcard()
            && name.indexOf(' ') < 0
            && parts.getFirst().text().equals(name);
    return plain ? name : "\"" + name.replace("\"", "\"\"") + "\"";
  }

  /** All tables that are meant: with wildcards every one that fits, else the best. */
  public <T> List<T> select(Collection<T> tables, Function<? super T, TablePath> path) {
    return hasWildcard()
        ? tables.stream().filter(table -> likeness(path.apply(table)).isPresent()).toList()
        : resolve(tables, path);
  }

  /** The table that is meant, without regard to wildcards; several where that cannot be told. */
  public <T> List<T> resolve(Collection<T> tables, Function<? super T, TablePath> path) {
    List<T> best = new ArrayList<>();
    int bestRank = Integer.MAX_VALUE;
    for (T table : tables) {
      OptionalInt rank = unlike(path.apply(table));
      if (rank.isPresent() && rank.getAsInt() <= bestRank) {
        if (rank.getAsInt() < bestRank) {
          best.clear();
          bestRank = rank.getAsInt();
        }
        best.add(table);
      }
    }
    return best;
  }

  /** As {@link #likeness}, without regard to wildcards. */
  OptionalInt unlike(TablePath path) {
    return hasWildcard() ? literal(path) : likeness(path);
  }

  /** How unlike the name is to what was typed; 0 for the same; empty when another is meant. */
  private OptionalInt likeness(TablePath path) {
    OptionalInt literal = literal(path);
    if (literal.isPresent()) {
      return literal;
    }
    return switch (parts.size()) {
      case 1 -> table(path);
      case 2 -> {
        OptionalInt ofConnection = worst(parts.getFirst().unlike(path.connection()), table(path));
        OptionalInt ofSchema = worst(parts.getFirst().unlike(path.schema()), table(path));
        yield Stream.of(rank(ofConnection, 2), rank(ofSchema, 3))
            .flatMapToInt(OptionalInt::stream)
            .min();
      }
      case MOST_PARTS ->
          worst(
              parts.getFirst().unlike(path.connection()),
              worst(parts.get(1).unlike(path.schema()), table(path)));
      default -> OptionalInt.empty();
    };
  }

  private OptionalInt literal(TablePath path) {
    String table = path.table();
    String connection = path.connection();
    if (text.equals(table)
        || text.equals(connection + "." + table)
        || text.equals(connection + "." + path.schema() + "." + table)) {
      return OptionalInt.of(0);
    }
    return text.equals(path.schema() + "." + table) ? OptionalInt.of(1) : OptionalInt.empty();
  }

  private OptionalInt table(TablePath path) {
    return parts.getLast().unlikeTable(path.table());
  }

  private static OptionalInt worst(OptionalInt one, OptionalInt other) {
    return one.isPresent() && other.isPresent()
        ? OptionalInt.of(Math.max(one.getAsInt(), other.getAsInt()))
        : OptionalInt.empty();
  }

  private static OptionalInt rank(OptionalInt unlike, int offset) {
    return unlike.isPresent()
        ? OptionalInt.of(offset + 2 * unlike.getAsInt())
        : OptionalInt.empty();
  }

  /** Whether the pattern can mean more than one table of a schema. */
  public boolean hasWildcard() {
    return parts.stream().anyMatch(PatternPart::hasWildcard);
  }

  /** Whether a schema or a connection stands before the table. */
  public boolean hasQualifier() {
    return parts.size() > 1;
  }

  /** Whether the pattern names a table that is Tidemark's own. */
  public boolean isReserved() {
    return !hasWildcard() && table().toLowerCase(Locale.ROOT).startsWith(RESERVED_PREFIX);
  }

  /**
   * The connection that is named; empty when all are meant.
   *
   * @param connections those that there are
   */
  public Optional<String> connection(Collection<String> connections) {
    if (parts.size() < 2 || parts.size() > MOST_PARTS) {
      return Optional.empty();
    }
    PatternPart first = parts.getFirst();
    Optional<String> named =
        connections.stream().filter(name -> first.unlike(name).isPresent()).findFirst();
    return named.isEmpty() && parts.size() == MOST_PARTS ? Optional.of(first.text()) : named;
  }

  /** Whether tables of this one of the connections may be meant. */
  public boolean mayMean(String connection, Collection<String> connections) {
    return connection(connections)
        .map(ignored -> parts.getFirst().unlike(connection).isPresent())
        .orElse(true);
  }

  /** The schema that is named for a table of this connection; null when none is. */
  public @Nullable String schema(String connection) {
    return switch (parts.size()) {
      case 2 -> parts.getFirst().unlike(connection).isPresent() ? null : parts.getFirst().text();
      case MOST_PARTS -> parts.get(1).text();
      default -> null;
    };
  }

  /** The table's name as its catalog most likely spells it. */
  public String table() {
    return parts.isEmpty() || parts.size() > MOST_PARTS ? text : parts.getLast().inCatalog();
  }

  /** The table's name in quotes means this spelling alone. */
  public boolean isQuoted() {
    return !parts.isEmpty() && parts.getLast().quoted();
  }

  /** The name of the table as it was typed, without what stands before it. */
  public String typedTable() {
    return parts.isEmpty() || parts.size() > MOST_PARTS ? text : parts.getLast().text();
  }

  /**
   * Whether a table that this pattern takes may be meant by another, as far as this can be told
   * without a catalog.
   */
  public boolean mayTake(TablePattern asked, Collection<String> connections) {
    if (asked.hasWildcard()) {
      return true;
    }
    String schema = asked.schemaAmong(connections);
    String ownSchema = schemaAmong(connections);
    boolean schemas =
        schema == null
            || ownSchema == null
            || new PatternPart(ownSchema, false).unlike(schema).isPresent();
    return schemas
        && Stream.of(asked.typedTable(), asked.table())
            .anyMatch(table -> parts.getLast().unlikeTable(table).isPresent());
  }

  private @Nullable String schemaAmong(Collection<String> connections) {
    return schema(connection(connections).orElse(""));
  }

  /** A question that names the tables most like what was typed, after a blank; else nothing. */
  public String didYouMean(Collection<TablePath> tables) {
    boolean oneConnection = tables.stream().map(TablePath::connection).distinct().count() <= 1;
    TableLabels labels = new TableLabels(tables);
    return Suggestion.question(
        Suggestion.nearest(
            table(),
            tables,
            TablePath::table,
            table -> (oneConnection ? "" : table.connection() + ".") + labels.of(table),
            MOST_SUGGESTIONS));
  }

  /** The same for every way in which one table can be typed within its schema. */
  public String words() {
    return parts.stream()
        .map(
            part ->
                part.quoted() ? spelled(part.text()) : part.inCatalog().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining("."));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TablePattern pattern && pattern.text.equals(text);
  }

  @Override
  public int hashCode() {
    return Objects.hash(text);
  }

  /** The pattern as it was typed. */
  @Override
  public String toString() {
    return text;
  }
}
