package dev.tidemark.connect.target;

import dev.tidemark.connect.table.Column;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.MappedColumn;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import dev.tidemark.connect.type.ColumnType;
import dev.tidemark.connect.type.Conversion;
import dev.tidemark.connect.type.Fidelity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What becomes of each column of a table before the first row is read: into which type it goes, how
 * exactly, and which values would be refused.
 *
 * @param source the table read, with its schema
 * @param target name of the table written
 * @param exists whether the table is there; else these are the types that it would be created with
 * @param lines one for each column that travels, in the source's order
 * @param missing constants that the table has no column for
 */
public record TypeReport(
    String source, String target, boolean exists, List<Line> lines, List<String> missing) {

  public TypeReport {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(target, "target");
    lines = List.copyOf(lines);
    missing = List.copyOf(missing);
  }

  /**
   * A column.
   *
   * @param source the column read
   * @param target name of the column written
   * @param fate whether there is one
   * @param key whether it is part of what identifies a row
   * @param conversion what becomes of its values
   */
  public record Line(
      Column source, String target, ColumnFate fate, boolean key, Conversion conversion) {

    public Line {
      Objects.requireNonNull(source, "source");
      Objects.requireNonNull(target, "target");
      Objects.requireNonNull(fate, "fate");
      Objects.requireNonNull(conversion, "conversion");
    }

    /**
     * By what its values would all arrive, or at least not be refused; empty where they do.
     *
     * @param mendable whether the table may be widened so that they do
     */
    public String way(boolean mendable) {
      List<String> ways = new ArrayList<>();
      if (mendable) {
        ways.add("set widen-tables: true");
      }
      if (fate == ColumnFate.MISSING) {
        if (ways.isEmpty()) {
          ways.add("add the column to the target");
        }
        if (!key) {
          ways.add("leave it out with exclude");
        }
      } else if (fate != ColumnFate.COMPUTED && conversion.fidelity() != Fidelity.EXACT) {
        ways.add(conversion.remedy());
        if (conversion.fidelity() == Fidelity.LOSSY && !key) {
          ways.add("set lossy: allow");
        }
      }
      return String.join(", or ", ways);
    }

    /** The line as people read it: types, how exactly, and what to do about a loss. */
    public String inWords() {
      StringBuilder words = new StringBuilder(source.name());
      if (!source.name().equals(target)) {
        words.append(" as ").append(target);
      }
      words
          .append(" (")
          .append(conversion.source().nativeName())
          .append(" to ")
          .append(conversion.target().nativeName())
          .append("): ");
      if (fate == ColumnFate.COMPUTED) {
        return words.append("left out, the target computes it").toString();
      }
      words.append(conversion.fidelity().name().toLowerCase(Locale.ROOT));
      if (!conversion.loss().isEmpty()) {
        words.append(", loses ").append(conversion.loss());
      }
      if (!conversion.refused().isEmpty()) {
        words.append("; refuses ").append(conversion.refused());
      }
      if (!conversion.remedy().isEmpty()) {
        words.append("; to lose nothing, ").append(conversion.remedy());
      }
      return words.toString();
    }
  }

  /**
   * The report on a mapping.
   *
   * @param target the dialect that writes
   * @param existing the target's table; empty when it would be created
   */
  public static TypeReport of(TableMapping mapping, Dialect target, Optional<TableShape> existing) {
    List<Line> lines = new ArrayList<>();
    for (MappedColumn column : mapping.columns()) {
      Optional<Column> there = existing.flatMap(shape -> shape.column(column.target()));
      ColumnType type = there.map(Column::type).orElseGet(() -> target.created(mapping, column));
      ColumnFate fate =
          there.isPresent()
              ? there.get().generated() ? ColumnFate.COMPUTED : ColumnFate.COPIED
              : existing.isPresent() ? ColumnFate.MISSING : ColumnFate.CREATED;
      lines.add(
          new Line(
              column.source(),
              column.target(),
              fate,
              mapping.sourceKey().contains(column),
              Conversion.of(column.source().type(), type)));
    }
    List<String> missing =
        mapping.constants().keySet().stream()
            .filter(name -> existing.isPresent() && existing.get().column(name).isEmpty())
            .toList();
    String source = mapping.source().schema() + "." + mapping.source().name();
    return new TypeReport(source, mapping.targetTable(), existing.isPresent(), lines, missing);
  }

  /** Everything for which the table's rows cannot be copied under a policy; empty when they can. */
  public List<String> problems(TargetPolicy policy) {
    List<String> problems = new ArrayList<>();
    for (String constant : missing) {
      problems.add("constant column " + constant + " is missing");
    }
    for (Line line : lines) {
      problem(line, policy).ifPresent(problems::add);
    }
    return problems;
  }

  private static Optional<String> problem(Line line, TargetPolicy policy) {
    Conversion conversion = line.conversion();
    String sourceType = conversion.source().nativeName();
    if (line.fate() == ColumnFate.COMPUTED) {
      return line.key()
          ? Optional.of("key column " + line.target() + " is computed by the target")
          : Optional.empty();
    }
    if (line.fate() == ColumnFate.MISSING && (!policy.widen() || line.key())) {
      return Optional.of("column " + line.target() + " (" + sourceType + ") is missing");
    }
    return switch (conversion.fidelity()) {
      case EXACT -> Optional.empty();
      // Of two keys, a loss might make one.
      case LOSSY ->
          policy.lose() && !line.key() ? Optional.empty() : Optional.of(loss(line, "would lose"));
      case IMPOSSIBLE -> Optional.of(loss(line, "cannot keep"));
    };
  }

  private static String loss(Line line, String verb) {
    return String.format(
        Locale.ROOT,
        "column %s (%s) %s %s as %s",
        line.target(),
        line.conversion().source().nativeName(),
        verb,
        line.conversion().loss(),
        line.conversion().target().nativeName());
  }
}
