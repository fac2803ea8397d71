package dev.tidemark.api.verification;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tidemark.api.run.Run;
import dev.tidemark.api.table.ErrorView;
import dev.tidemark.api.table.RetryView;
import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.table.ErrorDetail;
import dev.tidemark.workflows.verification.DifferingKey;
import dev.tidemark.workflows.verification.Findings;
import dev.tidemark.workflows.verification.KeyLetter;
import dev.tidemark.workflows.verification.VerificationReport;
import dev.tidemark.workflows.verification.VerifiedTable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A verification and what it has found so far.
 *
 * @param status {@code running}, {@code completed}, {@code failed} when a table could not be
 *     compared, or {@code interrupted}
 * @param equal whether it completed and nothing differs but what somebody decided
 * @param planned whether the tables of all sources are known
 * @param retries what it waits for: what has failed and is tried again
 * @param interruption why it was interrupted, or is being interrupted while it still runs, and by
 *     whose key; null when neither
 * @param workflowUrl its page in the Temporal Web UI; null when none is configured
 */
record VerificationView(
    String id,
    String batch,
    String target,
    String status,
    boolean equal,
    boolean planned,
    Instant startedAt,
    @Nullable Instant endedAt,
    List<RetryView> retries,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String interruption,
    @Nullable String workflowUrl,
    List<Table> tables) {

  /**
   * One table.
   *
   * @param status {@code pending}, {@code in_progress}, {@code completed} or {@code failed}
   * @param sourceRows null until it was compared, as all numbers
   * @param missing keys that only the source has
   * @param extra keys that only the slice of the target has
   * @param different keys whose rows differ
   * @param keys the first keys that differ
   * @param error why it could not be compared
   * @param inLetters of the missing and different ones, keys whose rows the target refuses: they
   *     are in open dead letters, and a repair does not mend them
   * @param decided further keys, whose rows differ because somebody edited or discarded their dead
   *     letters, and the source has not changed them since
   * @param keyless whether the table has no key: whole rows were compared, so that one which
   *     differs is a missing one and an extra one
   */
  @Schema(name = "VerifiedTable")
  record Table(
      String id,
      String connection,
      String schema,
      String table,
      String target,
      String status,
      @Nullable Long sourceRows,
      @Nullable Long targetRows,
      @Nullable Long missing,
      @Nullable Long extra,
      @Nullable Long different,
      List<Key> keys,
      @Nullable ErrorView error,
      @Nullable Long inLetters,
      @Nullable Long decided,
      boolean keyless) {

    static Table of(VerifiedTable table) {
      Findings found = table.findings();
      ErrorDetail error = table.error();
      return new Table(
          table.table().toString(),
          table.table().connection(),
          table.table().schema(),
          table.table().table(),
          table.targetTable(),
          table.status().name().toLowerCase(Locale.ROOT),
          found == null ? null : found.sourceRows(),
          found == null ? null : found.targetRows(),
          found == null ? null : found.missing(),
          found == null ? null : found.extra(),
          found == null ? null : found.different(),
          found == null ? List.of() : found.first().stream().map(Key::of).toList(),
          error == null ? null : ErrorView.of(error),
          found == null ? null : found.inLetters(),
          found == null ? null : found.decided(),
          found != null && found.keyless());
    }
  }

  /**
   * A key that differs.
   *
   * @param key values of the key columns, long ones cut
   * @param kind {@code missing}, {@code extra} or {@code different}
   * @param columns the first source columns that differ; empty unless the row is on both sides
   * @param letter the dead letter for whose sake it differs; null where none does
   */
  @Schema(name = "DifferingKey")
  record Key(List<String> key, String kind, List<String> columns, @Nullable Letter letter) {

    static Key of(DifferingKey key) {
      return new Key(key.key(), key.kind(), key.columns(), Letter.of(key.letter()));
    }
  }

  /**
   * A dead letter.
   *
   * @param state {@code open}: the target refuses the row; {@code edited}: somebody wrote other
   *     values; {@code discarded}: somebody does without it
   */
  @Schema(name = "LetterOfKey")
  record Letter(String id, String state) {

    static @Nullable Letter of(@Nullable KeyLetter letter) {
      return letter == null ? null : new Letter(letter.id(), letter.state());
    }
  }

  /**
   * A report as it is shown.
   *
   * @param run tells how it stands, also where it was ended from outside
   */
  static VerificationView of(
      VerificationReport report,
      Run run,
      @Nullable String interruption,
      @Nullable String workflowUrl) {
    BatchStatus status = run.status();
    return new VerificationView(
        report.id(),
        report.batch(),
        report.target(),
        status.name().toLowerCase(Locale.ROOT),
        status == BatchStatus.COMPLETED && report.equal(),
        report.planned(),
        report.startedAt(),
        report.endedAt(),
        run.running() ? RetryView.of(run.retried()) : List.of(),
        interruption,
        workflowUrl,
        report.tables().stream().map(Table::of).toList());
  }
}
