package dev.tidemark.connect.statement;

import dev.tidemark.connect.table.ColumnDefault;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.type.ColumnKind;
import dev.tidemark.connect.type.ColumnType;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes a default that a column had in another database, where this one can do the same. */
public final class DefaultClause {

  /** MySQL takes a constant for these only in parentheses. */
  private static final Set<String> LARGE = Set.of("tinytext", "text", "mediumtext", "longtext");

  /** A finite moment of our era. */
  private static final Pattern MOMENT =
      Pattern.compile(
          "(?:[0-9]{4}-[0-9]{2}-[0-9]{2})?[ T]?(?:[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]+)?)?");

  private DefaultClause() {}

  /** The clause for a table of PostgreSQL; empty when the default has to be left out. */
  public static Optional<String> postgres(
      Dialect dialect, ColumnDefault meant, ColumnType source, ColumnType created) {
    return switch (meant) {
      case ColumnDefault.Constant constant ->
          source.server() == created.server() || isPlain(constant.text(), source)
              ? Optional.of(dialect.literal(constant.text()))
              : Optional.empty();
      case ColumnDefault.Now ignored ->
          switch (created.kind()) {
            case TIMESTAMPTZ -> Optional.of("CURRENT_TIMESTAMP");
            case TIMESTAMP -> Optional.of("LOCALTIMESTAMP");
            case DATE -> Optional.of("CURRENT_DATE");
            case BOOLEAN,
                INT16,
                INT32,
                INT64,
                DECIMAL,
                FLOAT32,
                FLOAT64,
                TEXT,
                BYTES,
                TIME,
                UUID,
                JSON,
                OTHER,
                UNSUPPORTED ->
                Optional.empty();
          };
      case ColumnDefault.Foreign ignored -> Optional.empty();
    };
  }

  /** The clause for a table of MySQL or MariaDB; empty when the default has to be left out. */
  public static Optional<String> mysql(
      Dialect dialect, ColumnDefault meant, ColumnType source, ColumnType created) {
    return switch (meant) {
      case ColumnDefault.Constant constant -> mysql(dialect, constant.text(), source, created);
      case ColumnDefault.Now ignored ->
          switch (created.kind()) {
            case TIMESTAMP, TIMESTAMPTZ -> Optional.of(now(source, created));
            case DATE -> Optional.of("(CURRENT_DATE)");
            case BOOLEAN,
                INT16,
                INT32,
                INT64,
                DECIMAL,
                FLOAT32,
                FLOAT64,
                TEXT,
                BYTES,
                TIME,
                UUID,
                JSON,
                OTHER,
                UNSUPPORTED ->
                Optional.empty();
          };
      case ColumnDefault.Foreign ignored -> Optional.empty();
    };
  }

  private static String now(ColumnType source, ColumnType created) {
    String fraction = created.precision() == 0 ? "" : "(" + created.precision() + ")";
    boolean utc = source.kind() == ColumnKind.TIMESTAMPTZ && created.kind() == ColumnKind.TIMESTAMP;
    return utc ? "(UTC_TIMESTAMP(" + created.precision() + "))" : "CURRENT_TIMESTAMP" + fraction;
  }

  private static Optional<String> mysql(
      Dialect dialect, String text, ColumnType source, ColumnType created) {
    if (created.family().equals("bit")) {
      return Optional.of("b" + dialect.literal(text));
    }
    String value = source.kind() == ColumnKind.TIMESTAMPTZ ? text.replaceAll("\\+00$", "") : text;
    if (!isPlain(value, source)) {
      return Optional.empty();
    }
    String literal = dialect.literal(value);
    return Optional.of(LARGE.contains(created.family()) ? "(" + literal + ")" : literal);
  }

  /** Whether the text means the same to each database. */
  private static boolean isPlain(String text, ColumnType source) {
    return switch (source.kind()) {
      case BOOLEAN, INT16, INT32, INT64, DECIMAL, FLOAT32, FLOAT64 ->
          text.matches("-?[0-9]+(\\.[0-9]+)?");
      case TEXT, UUID -> true;
      case DATE, TIME, TIMESTAMP, TIMESTAMPTZ ->
          MOMENT.matcher(text).matches() && !text.startsWith("0000");
      case BYTES, JSON, OTHER, UNSUPPORTED -> false;
    };
  }
}
