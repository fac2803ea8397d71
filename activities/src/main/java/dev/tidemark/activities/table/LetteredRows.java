package dev.tidemark.activities.table;

import dev.tidemark.connect.comparison.Difference;
import dev.tidemark.connect.letter.LetterTable;
import dev.tidemark.connect.letter.RefusedRow;
import dev.tidemark.connect.letter.RowLetter;
import dev.tidemark.connect.letter.RowLetters;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.RowLine;
import dev.tidemark.connect.table.SourceTable;
import dev.tidemark.connect.target.TargetRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Rows of a slice that differ from the source's for a reason that a letter tells: the target
 * refuses them, or a person has decided about them and the source has not changed them since.
 */
public final class LetteredRows {

  /** No row has a letter. */
  public static final LetteredRows NONE = new LetteredRows(List.of());

  /** In the order of the letters' ids: which ones are the first is the same for each pass. */
  private final Map<List<String>, RowLetter> byKey = new LinkedHashMap<>();

  private LetteredRows(List<RowLetter> letters) {
    letters.forEach(letter -> byKey.put(letter.keyValues(), letter));
  }

  /**
   * The letters of a slice, as a comparison of both sides wants them.
   *
   * @param target in auto-commit mode
   * @param source its session is free
   * @param keeps whether syncs of the table look after letters: else no decision holds
   */
  public static LetteredRows of(
      LetterTable table,
      RowLetters letters,
      Connection target,
      SourceTable source,
      Dialect targetDialect,
      boolean keeps)
      throws SQLException {
    if (source.mapping().sourceKey().isEmpty() || !table.isThere(target)) {
      return NONE;
    }
    return new LetteredRows(
        holding(letters, letters.all(target), target, source, targetDialect, changed -> {}).stream()
            .filter(letter -> keeps || !letter.decided())
            .toList());
  }

  /**
   * Rows that a pass leaves as people have decided.
   *
   * @param changed takes letters of rows that the source has changed since
   */
  static LetteredRows decided(
      RowLetters letters,
      Connection target,
      SourceTable source,
      Dialect targetDialect,
      Consumer<RowLetter> changed)
      throws SQLException {
    return new LetteredRows(
        holding(letters, letters.decided(target), target, source, targetDialect, changed));
  }

  /** Row by row: people do not decide about many. */
  private static List<RowLetter> holding(
      RowLetters letters,
      List<RowLetter> all,
      Connection target,
      SourceTable source,
      Dialect targetDialect,
      Consumer<RowLetter> changed)
      throws SQLException {
    List<String> columns =
        source.mapping().sourceKey().stream().map(column -> column.source().name()).toList();
    List<RowLetter> holding = new ArrayList<>();
    for (RowLetter letter : all) {
      // A letter of another key than the present one cannot be looked up.
      if (!List.copyOf(letter.key().keySet()).equals(columns)) {
        continue;
      }
      if (!letter.decided() || holds(letters, letter, target, source, targetDialect)) {
        holding.add(letter);
      } else {
        changed.accept(letter);
      }
    }
    return holding;
  }

  private static boolean holds(
      RowLetters letters,
      RowLetter letter,
      Connection target,
      SourceTable source,
      Dialect targetDialect)
      throws SQLException {
    List<String> key = letter.keyValues();
    Optional<RowLine> line = source.row(key, targetDialect);
    return line.isPresent()
        && letters.isOf(
            target,
            letter,
            RefusedRow.of(source.mapping(), key, line.get()),
            new LetterMasks(source.mapping()));
  }

  /** The letter that tells why both sides differ; empty where none does. */
  public Optional<RowLetter> of(Difference difference) {
    return Optional.ofNullable(byKey.get(difference.key()))
        .filter(letter -> explains(letter, difference.kind()));
  }

  private static boolean explains(RowLetter letter, Difference.Kind kind) {
    return switch (kind) {
      // The source has no such row: whatever was decided about it is over.
      case EXTRA -> false;
      // What somebody wrote is not where it was written to.
      case MISSING -> letter.reason() != RowLetter.Reason.EDITED;
      case DIFFERENT -> true;
    };
  }

  /**
   * Keys of the rows that are in the target as people have decided.
   *
   * @param rows of the table that is written
   */
  List<List<String>> standing(TargetRows rows, Connection target) throws SQLException {
    List<List<String>> keys = new ArrayList<>();
    for (RowLetter letter : decided()) {
      if (stands(letter, rows, target)) {
        keys.add(letter.keyValues());
      }
    }
    return keys;
  }

  /** Whether the target is as somebody has decided: what was edited is there. */
  static boolean stands(RowLetter letter, TargetRows rows, Connection target) throws SQLException {
    return letter.reason() == RowLetter.Reason.DISCARDED || rows.has(target, letter.keyValues());
  }

  /** Letters by which people have decided. */
  List<RowLetter> decided() {
    return byKey.values().stream().filter(RowLetter::decided).toList();
  }
}
