package dev.tidemark.connect.table;

import java.util.Objects;

/** What a column holds where nobody says it, as far as another database can do the same. */
public sealed interface ColumnDefault {

  /** Always the same value, in its text form. */
  record Constant(String text) implements ColumnDefault {
    public Constant {
      Objects.requireNonNull(text, "text");
    }
  }

  /** The moment of the insert; the day of it for a date. */
  record Now() implements ColumnDefault {}

  /** What only the source's database understands, such as the next number of a sequence. */
  record Foreign(String expression) implements ColumnDefault {
    public Foreign {
      Objects.requireNonNull(expression, "expression");
    }
  }
}
