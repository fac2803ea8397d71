package dev.tidemark.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.cli.CommandRun;
import dev.tidemark.cli.Installation;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Comparing and mending from the command line, with real servers and processes. */
class RepairingIT {

  private static final Pattern VERIFICATION = Pattern.compile("verify_\\d{8}_\\d{6}_\\w{8}");

  private static final Pattern LETTER = Pattern.compile("\\b[0-9a-f]{20}\\b");

  @TempDir private static Path folder;
  private static Installation tidemark;

  @BeforeAll
  static void start() throws Exception {
    tidemark = Installation.start(folder, 2_000);
  }

  @AfterAll
  static void stop() {
    if (tidemark != null) {
      tidemark.close();
    }
  }

  @Test
  void aRepairMendsWhatAVerificationFound() throws Exception {
    CommandRun synced = tidemark.run("sync-all", "--connection", "pgsql_lmp,pgsql_sby", "--verify");
    assertThat(synced.exitCode()).as(synced.out() + synced.err()).isZero();
    assertThat(synced.out()).contains("✓ Compared: all 6 tables are equal.", "verified in");

    tidemark.change(
        "pgsql_lmp",
        """
        UPDATE c_invoice SET note = 'changed' WHERE c_invoice_id IN (3, 1999);
        DELETE FROM c_invoice WHERE c_invoice_id = 77;
        INSERT INTO c_invoice VALUES (5000, 1, 'new');
        """);
    CommandRun verified = tidemark.run("verify", "--connection", "pgsql_lmp");
    assertThat(verified.exitCode()).isEqualTo(3);
    assertThat(verified.out()).contains("1 missing, 1 in addition, 2 different");
    Matcher id = VERIFICATION.matcher(verified.out());
    assertThat(id.find()).isTrue();

    CommandRun repaired = tidemark.run("repair", "--verification", id.group());
    assertThat(repaired.exitCode()).as(repaired.out() + repaired.err()).isEqualTo(3);
    assertThat(repaired.out())
        .containsPattern("pgsql_lmp +c_invoice +completed +2,000 +4 +1 +2 +0 +1")
        .contains("✗ 1 row too many: only in the target.")
        .doesNotContain("ad_org", "m_product");

    CommandRun mended =
        tidemark.run("repair", "--connection", "pgsql_lmp", "--deletes", "hard", "--verify");
    assertThat(mended.exitCode()).as(mended.out() + mended.err()).isZero();
    assertThat(mended.out())
        .containsPattern("pgsql_lmp +c_invoice +completed +2,000 +1 +0 +0 +1 +0")
        .contains("✓ Compared: all 3 tables are equal.");
    assertThat(tidemark.copied("pgsql_lmp", "c_invoice")).isEqualTo(2_000);
    assertThat(tidemark.copied("pgsql_sby", "c_invoice")).isEqualTo(100);
    assertThat(tidemark.run("sync-status", "--all").out()).contains("repair_", "sync_");
  }

  /** Each row of it is somebody's business, until somebody has decided about it. */
  @Test
  void noRepairIsAdvisedForRowsInDeadLetters() throws Exception {
    tidemark.change("pgsql_sby", "UPDATE m_product SET price = 'NaN' WHERE m_product_id IN (7, 8)");
    try {
      assertLettersAreSaid();
    } finally {
      tidemark.change("pgsql_sby", "UPDATE m_product SET price = 1 WHERE m_product_id IN (7, 8)");
    }
  }

  private static void assertLettersAreSaid() {
    String[] products = {"--connection", "pgsql_sby", "--tables", "m_product"};
    CommandRun synced = run("sync-all", products, "--verify");
    assertThat(synced.exitCode()).as(synced.out() + synced.err()).isEqualTo(3);
    assertThat(synced.out())
        .contains("; 2 of these in open dead letters", "letters list   2 rows that the target")
        .doesNotContain("repair --verification");

    CommandRun repaired = run("repair", products);
    assertThat(repaired.exitCode()).as(repaired.out() + repaired.err()).isEqualTo(3);
    assertThat(repaired.out())
        .containsPattern("pgsql_sby +m_product +completed +500 +2 +0 +0 +0 +0 +2 +0")
        .contains("✗ 2 rows differ and stay: they are in open dead letters.");

    List<String> ids =
        LETTER
            .matcher(tidemark.run("letters", "list", "--table", "m_product").out())
            .results()
            .map(MatchResult::group)
            .toList();
    assertThat(ids).hasSize(2);
    assertThat(tidemark.run("letters", "edit", ids.get(0), "--set", "price=1.5").exitCode())
        .isZero();
    assertThat(tidemark.run("letters", "retry", ids.get(0)).exitCode()).isZero();
    assertThat(tidemark.run("letters", "discard", ids.get(1)).exitCode()).isZero();

    CommandRun verified = run("verify", products);
    assertThat(verified.exitCode()).as(verified.out() + verified.err()).isZero();
    assertThat(verified.out())
        .contains("equal, but for 2 rows that differ as somebody decided in their dead letters")
        .contains(": edited in letter " + ids.get(0), ": discarded in letter " + ids.get(1));
    CommandRun left = run("repair", products, "--verify");
    assertThat(left.exitCode()).as(left.out() + left.err()).isEqualTo(3);
    assertThat(left.out())
        .containsPattern("pgsql_sby +m_product +completed +500 +2 +0 +0 +0 +0 +0 +2")
        .contains("✓ Compared: the table is equal, but for 2 rows that differ as somebody decided")
        .doesNotContain("and stay so");
    assertThat(run("repair", products).out())
        .contains("2 rows differ as somebody decided in their dead letters, and stay so.");
  }

  @Test
  void aTableWithoutAKeyIsComparedAsAWhole() throws Exception {
    tidemark.change(
        "pgsql_lmp",
        """
        CREATE TABLE shift_note (note text, at timestamptz);
        INSERT INTO shift_note VALUES ('calm', now()), ('calm', NULL), (NULL, NULL), (NULL, NULL);
        """);
    try {
      String[] notes = {"--connection", "pgsql_lmp", "--tables", "shift_note"};
      CommandRun synced = run("sync-all", notes, "--verify");
      assertThat(synced.exitCode()).as(synced.out() + synced.err()).isZero();
      assertThat(synced.out()).contains("✓ Compared: the table is equal.");

      tidemark.change("pgsql_lmp", "INSERT INTO shift_note VALUES (NULL, NULL)");
      CommandRun verified = run("verify", notes);
      assertThat(verified.exitCode()).as(verified.out() + verified.err()).isEqualTo(3);
      assertThat(verified.out())
          .contains("5 rows, 4 in the target: 1 missing, 0 in addition, 0 different; without a key")
          .contains("sync-all --batch branches --tables pgsql_lmp.public.shift_note ");
      CommandRun kept = run("repair", notes, "--deletes", "ignore");
      assertThat(kept.exitCode()).as(kept.out() + kept.err()).isOne();
      assertThat(kept.out()).contains("NO_KEY", "5 rows in the source, 4 in the target");
      CommandRun again = run("repair", notes);
      assertThat(again.exitCode()).as(again.out() + again.err()).isZero();
      assertThat(again.out()).contains("it has no key, and differed: it was replaced as a whole");
      assertThat(run("verify", notes).exitCode()).isZero();
    } finally {
      tidemark.change("pgsql_lmp", "DROP TABLE shift_note");
    }
  }

  private static CommandRun run(String command, String[] tables, String... more) {
    return tidemark.run(
        Stream.of(Stream.of(command), Stream.of(tables), Stream.of(more))
            .flatMap(words -> words)
            .toArray(String[]::new));
  }
}
