package dev.tidemark.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.cli.CommandRun;
import dev.tidemark.cli.Installation;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Comparing and mending from the command line, with real servers and processes. */
class RepairingIT {

  private static final Pattern VERIFICATION = Pattern.compile("verify_\\d{8}_\\d{6}_\\w{8}");

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
}
