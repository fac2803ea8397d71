package dev.tidemark.connect.table;

import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.connect.type.ColumnKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The columns of a source table that somebody chose, and its key: both are checked. */
final class ChosenColumns {

  private final TableShape source;
  private final ColumnChoice wanted;
  private final RowChoice rows;
  private final String place;

  ChosenColumns(TableShape source, ColumnChoice wanted, RowChoice rows) {
    this.source = source;
    this.wanted = wanted;
    this.rows = rows;
    this.place = source.schema() + "." + source.name();
  }

  /**
   * The columns that travel.
   *
   * @throws SyncException COLUMN_NOT_FOUND, TYPE_UNSUPPORTED or COLUMN_MISMATCH, naming every
   *     column that is wrong
   */
  List<MappedColumn> columns() {
    checkNames();
    List<MappedColumn> columns = new ArrayList<>();
    for (Column column : source.columns()) {
      if (wanted.takes(column.name())) {
        Column known = ViewKey.isPartOf(source, wanted, column) ? ViewKey.of(column) : column;
        columns.add(new MappedColumn(rows.masked(known), wanted.targetName(column.name())));
      }
    }
    checkTypes(columns);
    checkConstants(columns);
    return columns;
  }

  /**
   * The columns that identify a row; none where that is allowed and the source has none.
   *
   * @throws SyncException NO_KEY or COLUMN_MISMATCH
   */
  List<MappedColumn> key(List<MappedColumn> columns, boolean needsKey) {
    List<String> names = wanted.key().isEmpty() ? source.key() : wanted.key();
    if (names.isEmpty() && !needsKey) {
      return List.of();
    }
    if (names.isEmpty()) {
      throw new SyncException(
          ErrorCode.NO_KEY,
          "Table " + place + " has neither a primary key nor a unique index without NULL.",
          Failures.remedy(ErrorCode.NO_KEY));
    }
    List<MappedColumn> key = new ArrayList<>();
    for (String name : names) {
      key.add(
          columns.stream()
              .filter(column -> column.source().name().equalsIgnoreCase(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new SyncException(
                          ErrorCode.NO_KEY,
                          "Key column " + name + " of " + place + " is left out of the copy.",
                          "Include the column, or name other columns under key:.")));
    }
    checkUnmasked(key);
    checkNeverNull(key);
    return key;
  }

  private void checkNames() {
    List<String> unknown =
        Stream.of(
                wanted.key().stream(),
                wanted.include().stream(),
                wanted.exclude().stream(),
                wanted.rename().keySet().stream(),
                rows.masks().keySet().stream())
            .flatMap(names -> names)
            .filter(name -> source.column(name).isEmpty())
            .distinct()
            .sorted()
            .toList();
    if (!unknown.isEmpty()) {
      throw new SyncException(
          ErrorCode.COLUMN_NOT_FOUND,
          "Table " + place + " has no column " + String.join(", ", unknown) + ".",
          Failures.remedy(ErrorCode.COLUMN_NOT_FOUND));
    }
  }

  private void checkTypes(List<MappedColumn> columns) {
    List<String> unsupported =
        columns.stream()
            .map(MappedColumn::source)
            .filter(column -> column.type().kind() == ColumnKind.UNSUPPORTED)
            .map(column -> column.name() + " (" + column.type().nativeName() + ")")
            .toList();
    if (!unsupported.isEmpty()) {
      throw new SyncException(
          ErrorCode.TYPE_UNSUPPORTED,
          "Table "
              + place
              + " has columns that cannot be copied: "
              + String.join(", ", unsupported),
          Failures.remedy(ErrorCode.TYPE_UNSUPPORTED));
    }
  }

  private void checkConstants(List<MappedColumn> columns) {
    List<String> clash =
        columns.stream()
            .map(MappedColumn::target)
            .filter(name -> wanted.constants().keySet().stream().anyMatch(name::equalsIgnoreCase))
            .toList();
    if (!clash.isEmpty()) {
      throw new SyncException(
          ErrorCode.COLUMN_MISMATCH,
          "Column " + String.join(", ", clash) + " of " + place + " is also a constant.",
          "Rename the source's column or the constant.");
    }
  }

  private void checkUnmasked(List<MappedColumn> key) {
    List<String> masked =
        key.stream()
            .map(column -> column.source().name())
            .filter(rows.masks()::containsKey)
            .toList();
    if (!masked.isEmpty()) {
      // Rows are read in ranges of the key, as it is.
      throw new SyncException(
          ErrorCode.COLUMN_MISMATCH,
          "Key column " + String.join(", ", masked) + " of " + place + " is masked.",
          "Name other columns under key:, or leave the key as it is.");
    }
  }

  private void checkNeverNull(List<MappedColumn> key) {
    List<String> nullable =
        key.stream().map(MappedColumn::source).filter(Column::nullable).map(Column::name).toList();
    if (!nullable.isEmpty()) {
      // NULL is neither before nor after any key, so such rows would be passed over.
      throw new SyncException(
          ErrorCode.NO_KEY,
          "Key column " + String.join(", ", nullable) + " of " + place + " takes NULL.",
          "Declare it NOT NULL in the source, or name other columns under key:.");
    }
  }
}
