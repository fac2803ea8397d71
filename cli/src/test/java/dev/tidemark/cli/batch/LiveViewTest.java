package dev.tidemark.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.cli.Terminals;
import dev.tidemark.cli.client.SyncError;
import dev.tidemark.cli.client.Table;
import dev.tidemark.cli.terminal.Redraw;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LiveViewTest {

  private static final SyncError REFUSED =
      new SyncError("CONNECTION_FAILED", "connection\nrefused", "Start the database.");

  @Test
  void showsEachTableWithBarSpeedAndTimeLeft() {
    Progress progress =
        progress(
            table("ad_org", "completed", 5, null),
            table("c_invoice", "in_progress", 310_000, null),
            table("m_product", "pending", 0, null));

    assertThat(new LiveView(Terminals.plain()).lines(progress, new Redraw.Size(100, 30)))
        .containsExactly(
            "sync_1   running   1 of 3 tables   310,005 rows   48.1k/s   12 s",
            "  lmp.ad_org     ██████████████████████████████             5           completed in 3.0 s",
            "  lmp.c_invoice  ██████████████████▌             62%  310,000  48.1k/s  4.0 s left",
            "  lmp.m_product                                                         pending");
  }

  @Test
  void saysForWhichTablesOneWaits() {
    List<String> lines =
        new LiveView(Terminals.plain())
            .lines(
                progress(
                    table("c_invoice", "pending", 0, null, List.of("c_order")),
                    table("c_line", "pending", 0, null, List.of("c_invoice", "c_tax", "m_lot")),
                    table("c_order", "in_progress", 5, null, List.of("c_bpartner"))),
                new Redraw.Size(100, 30));
    assertThat(lines.get(1)).endsWith("waits for c_order");
    assertThat(lines.get(2)).endsWith("waits for c_invoice and 2 more");
    assertThat(lines.get(3)).endsWith("left");
  }

  @Test
  void saysThatABatchIsBeingInterruptedUntilItHasEnded() {
    Redraw.Size size = new Redraw.Size(100, 30);
    LiveView view = new LiveView(Terminals.plain());
    assertThat(view.lines(interrupted("running", true), size).getFirst())
        .startsWith("sync_1   interrupting   ");
    assertThat(view.lines(interrupted("interrupted", true), size).getFirst())
        .startsWith("sync_1   interrupted   ");
  }

  private static Progress interrupted(String status, boolean paused) {
    return new Progress(
        "sync_1", status, paused, true, true, true, false, null, 1.0, List.of(), List.of());
  }

  @Test
  void showsWhyATableRetriesAndWhatToDo() {
    Progress progress = progress(table("c_invoice", "in_progress", 1, REFUSED));

    assertThat(new LiveView(Terminals.plain()).lines(progress, new Redraw.Size(100, 30)))
        .contains(
            "    ✗ CONNECTION_FAILED: connection refused (retry 2)", "    → Start the database.");
  }

  @Test
  void fitsManyTablesIntoASmallTerminal() {
    Table[] tables =
        IntStream.range(0, 300)
            .mapToObj(
                number ->
                    table(
                        "t%03d".formatted(number),
                        number == 250 ? "in_progress" : number < 250 ? "completed" : "pending",
                        1,
                        null))
            .toArray(Table[]::new);

    List<String> lines =
        new LiveView(Terminals.plain()).lines(progress(tables), new Redraw.Size(80, 24));

    assertThat(lines).hasSizeLessThan(24).allMatch(line -> line.length() <= 80);
    assertThat(lines).anyMatch(line -> line.contains("t250"));
    assertThat(lines.getLast()).contains("… and ", "pending", "250 completed");
  }

  @Test
  void noLineIsWiderThanTheTerminal() {
    Progress progress =
        progress(
            table("a_table_with_quite_a_long_name", "completed", 5, null),
            table("c_invoice", "in_progress", 310_000, REFUSED));
    for (int width : new int[] {20, 40, 60, 80, 100}) {
      assertThat(new LiveView(Terminals.plain()).lines(progress, new Redraw.Size(width, 30)))
          .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(Math.max(width, 30)));
    }
    assertThat(new LiveView(Terminals.plain()).lines(progress, new Redraw.Size(60, 30)))
        .allMatch(line -> line.length() <= 60)
        .noneMatch(line -> line.contains("█"));
  }

  @Test
  void plainLinesTellOnlyWhatIsNew() {
    List<String> told = new ArrayList<>();
    AtomicLong clock = new AtomicLong();
    PlainLog log = new PlainLog(told::add, clock::get);

    log.tell(progress(table("c_invoice", "in_progress", 1, null)));
    log.tell(progress(table("c_invoice", "in_progress", 2, null)));
    clock.addAndGet(TimeUnit.SECONDS.toNanos(6));
    log.tell(progress(table("c_invoice", "in_progress", 310_000, null)));
    log.tell(progress(table("c_invoice", "in_progress", 310_000, REFUSED)));
    log.tell(progress(table("c_invoice", "in_progress", 310_000, REFUSED)));
    log.tell(progress(table("c_invoice", "completed", 500_000, null)));

    assertThat(told)
        .containsExactly(
            "lmp.c_invoice in progress",
            "lmp.c_invoice 310,000 of about 500,000 rows, 48.1k/s, 4.0 s left",
            "  ✗ CONNECTION_FAILED: connection refused (retry 2)",
            "  → Start the database.",
            "lmp.c_invoice completed: 500,000 rows in 3.0 s");
  }

  private static Progress progress(Table... tables) {
    return new Progress("sync_1", "running", false, true, true, null, 12.0, List.of(tables));
  }

  private static Table table(String name, String status, long rows, @Nullable SyncError error) {
    return table(name, status, rows, error, List.of());
  }

  private static Table table(
      String name, String status, long rows, @Nullable SyncError error, List<String> after) {
    boolean running = status.equals("in_progress");
    return new Table(
        "lmp.public." + name,
        "lmp",
        "public",
        name,
        name,
        null,
        null,
        status,
        false,
        rows,
        0,
        rows,
        0,
        0,
        0,
        500_000,
        rows / 5_000.0,
        running ? 48_123 : 0,
        running ? 4L : null,
        null,
        after,
        null,
        2,
        1,
        null,
        error,
        null,
        null,
        status.equals("completed") ? 3.0 : null,
        List.of(),
        0,
        0);
  }
}
