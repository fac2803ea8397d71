package dev.tidemark.connect.mysql;

import dev.tidemark.connect.table.ByteSpelling;
import dev.tidemark.connect.table.Column;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.MappedColumn;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.type.ColumnKind;
import dev.tidemark.connect.type.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What a query selects for a line. The driver takes its time to find each value of a row, so values
 * that need no escapes come together in one, as they stand in the line.
 */
final class MysqlFields {

  /** What is done to a value before it stands in the line. */
  enum Form {
    /** Nothing; it is never NULL. */
    READY,
    ESCAPED,
    /** Escaped, with {@code \x} before it. */
    PREFIXED
  }

  private final Dialect dialect;
  private final List<String> expressions = new ArrayList<>();
  private final List<Form> forms = new ArrayList<>();
  private final List<String> together = new ArrayList<>();

  private MysqlFields(Dialect dialect) {
    this.dialect = dialect;
  }

  /**
   * The fields of a line, constants first.
   *
   * @param spelling of a column's text
   */
  static MysqlFields of(
      Dialect dialect, TableMapping mapping, Function<Column, String> spelling, Dialect target) {
    MysqlFields fields = new MysqlFields(dialect);
    mapping.constants().values().forEach(value -> fields.add(dialect.literal(value), Form.ESCAPED));
    for (MappedColumn mapped : mapping.columns()) {
      Column column = mapped.source();
      String text = spelling.apply(column);
      if (needsNoEscapes(column.type())) {
        fields.together.add("IFNULL(" + text + ", " + dialect.literal("\\N") + ")");
      } else {
        boolean bytes = column.type().kind() == ColumnKind.BYTES;
        boolean prefixed = bytes && target.byteSpelling() == ByteSpelling.PREFIXED_HEX;
        fields.add(text, prefixed ? Form.PREFIXED : Form.ESCAPED);
      }
    }
    fields.flush();
    return fields;
  }

  /** A number or a time. A double's digits are the protocol's own, and stay so. */
  private static boolean needsNoEscapes(ColumnType type) {
    return switch (type.kind()) {
      case BOOLEAN, INT16, INT32, INT64, DECIMAL, DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> true;
      case FLOAT32, FLOAT64, BYTES, TEXT, UUID, JSON, OTHER, UNSUPPORTED -> false;
    };
  }

  private void add(String expression, Form form) {
    flush();
    expressions.add(expression);
    forms.add(form);
  }

  private void flush() {
    if (!together.isEmpty()) {
      String tab = dialect.literal("\t");
      expressions.add("CONCAT_WS(" + tab + ", " + String.join(", ", together) + ")");
      forms.add(Form.READY);
      together.clear();
    }
  }

  List<String> expressions() {
    return List.copyOf(expressions);
  }

  List<Form> forms() {
    return List.copyOf(forms);
  }
}
