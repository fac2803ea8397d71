package dev.tidemark.connect.type;

import dev.tidemark.connect.configuration.DatabaseType;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Type of a column.
 *
 * @param kind what it holds
 * @param length most characters or bytes; 0 when unbounded
 * @param precision digits of a decimal, 0 when unbounded; fractional digits of seconds for times
 *     and intervals
 * @param scale fractional digits of a decimal
 * @param nativeName as its own database spells it
 * @param server whose every database has this type; null for a type that somebody declared, such as
 *     an enum of PostgreSQL
 */
public record ColumnType(
    ColumnKind kind,
    int length,
    int precision,
    int scale,
    String nativeName,
    @Nullable DatabaseType server) {

  private static final Pattern ROUNDED = Pattern.compile("numeric\\([0-9]+,-([0-9]+)\\)");

  public ColumnType {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(nativeName, "nativeName");
  }

  /** Whether both are decimals that print the same number of digits behind the point. */
  public boolean hasScaleOf(ColumnType other) {
    return kind == ColumnKind.DECIMAL
        && other.kind == ColumnKind.DECIMAL
        && precision > 0
        && other.precision > 0
        && scale == other.scale;
  }

  /** Digits before the point that are always 0: two of PostgreSQL's {@code numeric(5,-2)}. */
  public int zeros() {
    Matcher rounded = ROUNDED.matcher(nativeName);
    return rounded.matches() ? Integer.parseInt(rounded.group(1)) : 0;
  }

  /** A type of no length and no precision, declared by somebody; {@link #on} says otherwise. */
  public static ColumnType of(ColumnKind kind, String nativeName) {
    return new ColumnType(kind, 0, 0, 0, nativeName, null);
  }

  /**
   * The same with a length.
   *
   * @param length most characters or bytes; 0 when unbounded
   */
  public static ColumnType sized(ColumnKind kind, int length, String nativeName) {
    return new ColumnType(kind, length, 0, 0, nativeName, null);
  }

  /**
   * The same with a precision.
   *
   * @param precision digits of a decimal, 0 when unbounded; fractional digits of seconds for times
   * @param scale fractional digits of a decimal
   */
  public static ColumnType exact(ColumnKind kind, int precision, int scale, String nativeName) {
    return new ColumnType(kind, 0, precision, scale, nativeName, null);
  }

  /** This type, as every database of a server has it. */
  public ColumnType on(DatabaseType of) {
    return new ColumnType(kind, length, precision, scale, nativeName, of);
  }

  /** Whether every database of this server has it. A declared type is of none. */
  public boolean isOf(DatabaseType of) {
    return server == of;
  }

  /** Whether MySQL or MariaDB has it. */
  public boolean isOfMysql() {
    return server == DatabaseType.MYSQL || server == DatabaseType.MARIADB;
  }

  /** The name without lengths and attributes: {@code int} for {@code int(8) unsigned}. */
  public String family() {
    int end = 0;
    while (end < nativeName.length() && "( ".indexOf(nativeName.charAt(end)) < 0) {
      end++;
    }
    return nativeName.substring(0, end);
  }

  /** Whether an index holds the beginning of its values at most, so that it is part of no key. */
  public boolean isIndexedInPart() {
    return isOfMysql()
        && (family().endsWith("text") || family().endsWith("blob") || family().equals("json"));
  }

  /** Whether it holds numbers of listed texts, by which its database orders it. */
  public boolean isListed() {
    return isOfMysql() && (family().equals("enum") || family().equals("set"));
  }

  /** Whether its text is a row of binary digits: bit fields of more than one bit. */
  public boolean isBits() {
    return kind == ColumnKind.OTHER && family().equals("bit");
  }

  /** Whether it drops blanks at the end, or holds them for nothing. */
  public boolean dropsBlanks() {
    return kind == ColumnKind.TEXT
        && (family().equals("char") || nativeName.matches("character(\\(\\d+\\))?|bpchar"));
  }

  /** Whether it is an array of PostgreSQL, whose kind is JSON because that is what it becomes. */
  public boolean isArray() {
    return kind == ColumnKind.JSON
        && !nativeName.equals("json")
        && !nativeName.equals("jsonb")
        && !isOfMysql();
  }
}
