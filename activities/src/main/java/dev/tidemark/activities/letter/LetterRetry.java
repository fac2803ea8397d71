package dev.tidemark.activities.letter;

import dev.tidemark.connect.checkpoint.SliceSession;
import dev.tidemark.connect.letter.DeadLetter;
import dev.tidemark.connect.letter.Refusal;
import dev.tidemark.connect.letter.RefusedRow;
import dev.tidemark.connect.letter.SliceLetters;
import dev.tidemark.connect.table.ChunkWriter;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.MappedColumn;
import dev.tidemark.connect.table.MergeCounts;
import dev.tidemark.connect.table.RowLine;
import dev.tidemark.connect.table.RowRejectedException;
import dev.tidemark.connect.table.SourceTable;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import dev.tidemark.connect.target.GoneRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tries letters of one slice again, each in a transaction that writes the row and says what became
 * of the letter. Nobody's edits: the row is read anew, since the source may have changed it.
 * Edited: what a person decided is written, whatever the source says.
 */
final class LetterRetry {

  /** How often a letter is looked at that somebody else changes at the same time. */
  private static final int LOOKS = 3;

  private final SourceTable source;
  private final Connection writing;
  private final Dialect dialect;
  private final TableShape shape;
  private final @Nullable GoneRows gone;
  private final SliceSession session;
  private final SliceLetters letters;

  /** Writes {@link #written}. */
  private ChunkWriter writer;

  private TableMapping written;

  /**
   * @param writing not in auto-commit mode
   * @param deletedColumn the column that says since when a row is deleted; null when there is none
   */
  LetterRetry(
      SourceTable source,
      Connection writing,
      Dialect dialect,
      TableShape shape,
      @Nullable String deletedColumn,
      SliceSession session,
      SliceLetters letters)
      throws SQLException {
    this.source = source;
    this.writing = writing;
    this.dialect = dialect;
    this.shape = shape;
    this.written = source.mapping();
    this.writer = dialect.writer(writing, shape.schema(), written, shape);
    this.gone =
        deletedColumn == null || shape.column(deletedColumn).isEmpty()
            ? null
            : new GoneRows(writing, dialect, source.mapping(), shape, deletedColumn);
    this.session = session;
    this.letters = letters;
  }

  /** Tries one letter. */
  Outcome tried(String id) throws SQLException {
    for (int look = 0; look < LOOKS; look++) {
      Optional<DeadLetter> letter = letters.lockOpen(writing, id);
      // It is not locked while its row is read: a person who edits it must not wait for a source.
      writing.commit();
      if (letter.isEmpty()) {
        return Outcome.NOT_OPEN;
      }
      Optional<Outcome> outcome = tried(letter.get());
      if (outcome.isPresent()) {
        return outcome.get();
      }
    }
    return Outcome.REFUSED;
  }

  /** Empty when somebody has changed the letter meanwhile; then nothing is written. */
  private Optional<Outcome> tried(DeadLetter letter) throws SQLException {
    TableMapping mapping = letter.edited() ? columnsOf(letter) : source.mapping();
    Optional<RowLine> line =
        letter.edited() ? Optional.of(edited(letter, mapping)) : source.row(letter.key(), dialect);
    if (line.isEmpty()) {
      return ended(letter, Outcome.GONE, () -> letters.gone(writing, letter.id()));
    }
    try {
      merge(mapping, line.get());
      if (gone != null) {
        gone.revive(List.of(letter.key()));
      }
    } catch (RowRejectedException e) {
      writing.rollback();
      Refusal refusal = Refusal.of(e, mapping.targetColumns());
      RefusedRow row =
          letter.edited() ? letter.row() : RefusedRow.of(mapping, letter.key(), line.get());
      return ended(
          letter, Outcome.REFUSED, () -> letters.refusedAgain(writing, letter.id(), row, refusal));
    }
    return ended(letter, Outcome.RESOLVED, () -> letters.resolve(writing, letter.id()));
  }

  /** As a row of values, and as texts where these tell more of why it is refused. */
  private void merge(TableMapping mapping, RowLine line) throws SQLException {
    ChunkWriter merging = writer(mapping);
    try {
      MergeCounts ignored = merging.merge(line.stream());
    } catch (RowRejectedException e) {
      writing.rollback();
      if (!merging.writesAgainAfter(e)) {
        throw e;
      }
      MergeCounts ignored = merging.merge(line.stream());
    }
  }

  /** All writers of a session share a stage, so that only the last one knows what it is. */
  private ChunkWriter writer(TableMapping mapping) throws SQLException {
    if (!mapping.equals(written)) {
      writer = dialect.writer(writing, shape.schema(), mapping, shape);
      written = mapping;
    }
    return writer;
  }

  @FunctionalInterface
  private interface Change {
    void make() throws SQLException;
  }

  private Optional<Outcome> ended(DeadLetter letter, Outcome outcome, Change change)
      throws SQLException {
    session.hold();
    if (!letters.lockOpen(writing, letter.id()).equals(Optional.of(letter))) {
      writing.rollback();
      return Optional.empty();
    }
    change.make();
    writing.commit();
    return Optional.of(outcome);
  }

  /** Columns that both tables have got since then are not in the letter, and are left alone. */
  private TableMapping columnsOf(DeadLetter letter) {
    TableMapping mapping = source.mapping();
    Map<String, @Nullable String> values = letter.row().values();
    List<MappedColumn> columns =
        mapping.columns().stream().filter(column -> values.containsKey(column.target())).toList();
    return new TableMapping(
        mapping.source(),
        mapping.targetTable(),
        columns,
        mapping.constants(),
        mapping.sourceKey(),
        mapping.rows(),
        mapping.order());
  }

  private static RowLine edited(DeadLetter letter, TableMapping mapping) {
    Map<String, @Nullable String> wanted = letter.wanted();
    List<@Nullable String> fields = new ArrayList<>();
    mapping.targetColumns().forEach(column -> fields.add(wanted.get(column)));
    return RowLine.of(fields);
  }
}
