package dev.tidemark.cli.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.cli.CommandRun;
import dev.tidemark.cli.StateFolder;
import dev.tidemark.cli.server.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogCheckIT {

  @TempDir private static Path folder;

  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void start() throws Exception {
    StateFolder home = new StateFolder(folder.resolve("state"));
    Files.createDirectories(home.path());
    Path programs = Path.of("target/embedded-programs").toAbsolutePath();
    Files.createDirectories(programs);
    Files.createSymbolicLink(home.binaries(), programs);
    postgres = EmbeddedPostgres.start(home, 0);
    postgres.createDatabase("shop");
    postgres.createDatabase("dashboard");
    try (Connection session = postgres.connect("shop");
        Statement statement = session.createStatement()) {
      statement.execute(
          """
          CREATE TABLE ad_org (ad_org_id bigint PRIMARY KEY, name text);
          CREATE TABLE "OrderLine" (id bigint PRIMARY KEY);
          CREATE TABLE journal (line text);
          CREATE TABLE visits (at timestamptz NOT NULL);
          CREATE TABLE notes (id bigint PRIMARY KEY, branch text, author text);
          """);
    }
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  @Test
  void listsEveryMistakeWithItsPathAtOnce() throws Exception {
    CommandRun run =
        check(
            """
            tables: [AdOgr, OrderLine, journal, visits, "zz_*"]
            table:
              visits: {key: [att]}
              nothing: {chunk-rows: 5}
            """);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains(
            "batches.nightly.tables[0]: found \"AdOgr\", that is not in shop (public)",
            "Did you mean ad_org?",
            "batches.nightly.tables[4]: found \"zz_*\", that fits nothing in shop (public)",
            "batches.nightly: found what a batch refuses on shop: Table",
            "batches.nightly.table.visits.key: found column \"att\"",
            "batches.nightly.table.nothing: found a table that no source has")
        .doesNotContain("OrderLine");
  }

  @Test
  void tellsWhatABatchRefuses() throws Exception {
    assertThat(check("tables: [notes]\ntable: {notes: {key: [author]}}").out())
        .contains(
            "line 9: batches.nightly.table.notes.key: found", "Key column author", "takes NULL");
    assertThat(check("tables: [notes]\ntable: {Notes: {exclude: [id]}}").out())
        .contains("batches.nightly.table.Notes.key: found", "Key column id", "is left out");
    assertThat(check("tables: [notes]\ntable: {notes: {constants: {branch: x}}}").out())
        .contains("batches.nightly.table.notes.constants: found", "is also a constant");
  }

  @Test
  void passesWhatIsThere() throws Exception {
    CommandRun run =
        check(
            """
            tables: ["*"]
            exclude-tables: [journal]
            table:
              visits: {key: [at]}
            """);

    assertThat(run.out()).contains("every table and column that is named is there");
    assertThat(run.exitCode()).isZero();
  }

  private static CommandRun check(String batch) throws Exception {
    Path file = folder.resolve("tidemark.yaml");
    Files.writeString(
        file,
        """
        connections:
          shop: {url: "%s", username: %s, password: "${PASSWORD}"}
          dashboard: {url: "%s", username: %s, password: "${PASSWORD}"}
        batches:
          nightly:
            sources: [shop]
            target: dashboard
        %s"""
            .formatted(
                postgres.jdbcUrl("shop"),
                EmbeddedPostgres.USER,
                postgres.jdbcUrl("dashboard"),
                EmbeddedPostgres.USER,
                batch.indent(4)));
    return CommandRun.of(
        Map.of("PASSWORD", postgres.password()),
        "config",
        "check",
        "-c",
        file.toString(),
        "--connect");
  }
}
