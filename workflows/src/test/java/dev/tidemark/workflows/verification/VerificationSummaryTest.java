package dev.tidemark.workflows.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.workflows.PayloadJson;
import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableStatus;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VerificationSummaryTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Findings EQUAL = new Findings(9, 9, 0, 0, 0, List.of());
  private static final Findings BENT = new Findings(9, 9, 0, 0, 1, List.of());
  private static final Findings DECIDED = new Findings(9, 9, 0, 0, 0, List.of(), 0, 2, false);
  private static final Findings REFUSED = new Findings(9, 8, 1, 0, 0, List.of(), 1, 1, false);
  private static final Findings KEYLESS = new Findings(9, 9, 1, 1, 0, List.of(), 0, 0, true);

  private static VerificationSummary summary(Findings... tables) {
    return VerificationSummary.of(
        new VerificationReport(
            "verify_1",
            "branches",
            "dashboard",
            BatchStatus.COMPLETED,
            true,
            NOW,
            NOW,
            Stream.of(tables)
                .map(
                    findings ->
                        new VerifiedTable(
                            new TableId("lmp", "public", "item"),
                            "item",
                            TableStatus.COMPLETED,
                            findings,
                            null))
                .toList()));
  }

  @Test
  void whatSomebodyDecidedIsSaidAndNoDifference() {
    VerificationSummary summary = summary(EQUAL, DECIDED);
    assertThat(summary.equal()).isTrue();
    assertThat(summary.tables()).isEmpty();
    assertThat(summary.decidedRows()).isEqualTo(2);
  }

  @Test
  void aRepairMendsNeitherWhatTheTargetRefusesNorTablesWithoutAKey() {
    VerificationSummary summary = summary(REFUSED, KEYLESS);
    assertThat(summary.equal()).isFalse();
    assertThat(summary.differingTables()).isEqualTo(2);
    assertThat(summary.mendable()).isFalse();
    assertThat(summary(REFUSED, KEYLESS, BENT).mendable()).isTrue();
  }

  /** Of before there was a word of letters: whatever differs may be mended. */
  @Test
  void readsWhatWasWrittenBeforeLettersWereLookedAt() {
    VerificationSummary summary = summary(BENT);
    String older =
        PayloadJson.write(summary)
            .replaceAll(",\"(unmendableTables|decidedRows|inLetters|decided)\":0", "")
            .replace(",\"keyless\":false", "");
    assertThat(older).doesNotContain("decided", "keyless");
    assertThat(PayloadJson.read(older, VerificationSummary.class)).isEqualTo(summary);
    String findings =
        PayloadJson.write(BENT)
            .replaceAll(",\"(inLetters|decided)\":0", "")
            .replace(",\"keyless\":false", "");
    assertThat(PayloadJson.read(findings, Findings.class)).isEqualTo(BENT);
  }
}
