package dev.tidemark.connect.table;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which tables are meant by what a person typed: {@code c_invoice}, {@code CInvoice}, {@code
 * public.c_*}, {@code *}.
 *
 * <p>{@code *} stands for any number of characters, {@code ?} for one. Case does not count. A name
 * spelled as a model ({@code CInvoiceLine}) means the table of these words, however they are
 * parted: {@code c_invoice_line}, {@code c_invoiceline}. A pattern without a schema means every
 * schema that is looked at.
 */
public final class TablePattern {

  private static final Pattern PART = Pattern.compile("[^\\s.,;:/\\\\%'\"`\\[\\](){}]+");

  private final String text;
  private final @Nullable Pattern schema;
  private final Pattern table;
  private final boolean model;

  private TablePattern(String text, @Nullable String schema, String table) {
    this.text = text;
    this.schema = schema == null ? null : glob(schema);
    this.model = TableNames.isModel(table);
    this.table = glob(table);
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException when it is none; the message says what is allowed
   */
  public static TablePattern parse(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length > 2) {
      throw illegal();
    }
    for (String part : parts) {
      if (!PART.matcher(part).matches()) {
        throw illegal();
      }
    }
    return parts.length == 1
        ? new TablePattern(text, null, parts[0])
        : new TablePattern(text, parts[0], parts[1]);
  }

  private static IllegalArgumentException illegal() {
    return new IllegalArgumentException(
        "a table such as c_invoice, CInvoice, public.c_*, or * for all");
  }

  public boolean matches(String schemaName, String tableName) {
    return (schema == null || schema.matcher(lower(schemaName)).matches())
        && (table.matcher(lower(tableName)).matches()
            || (model && table.matcher(lower(tableName).replace("_", "")).matches()));
  }

  /** Whether the pattern can mean more than one table of a schema. */
  public boolean hasWildcard() {
    return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
  }

  /** The same for every way in which one table can be typed within its schema. */
  public String words() {
    return Arrays.stream(text.split("\\.", -1))
        .map(TableNames::snake)
        .collect(Collectors.joining("."));
  }

  private static Pattern glob(String glob) {
    StringBuilder regex = new StringBuilder();
    lower(glob)
        .codePoints()
        .forEach(
            character -> {
              switch (character) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(Character.toString(character)));
              }
            });
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
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
