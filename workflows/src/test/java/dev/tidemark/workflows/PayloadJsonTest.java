package dev.tidemark.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.workflows.batch.BatchProgress;
import dev.tidemark.workflows.batch.BatchSpec;
import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.batch.SourceSpec;
import dev.tidemark.workflows.table.Deletes;
import dev.tidemark.workflows.table.ErrorDetail;
import dev.tidemark.workflows.table.ModeSpec;
import dev.tidemark.workflows.table.RetrySpec;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.SyncMode;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableProgress;
import dev.tidemark.workflows.table.TableSpec;
import dev.tidemark.workflows.table.TableStatus;
import dev.tidemark.workflows.table.WhenBusy;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DefaultDataConverter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PayloadJsonTest {

  /** Of a payload, as Temporal's servers are set. */
  private static final int MOST_BYTES = 2 << 20;

  private static final BatchSpec SPEC =
      new BatchSpec(
          "branches",
          List.of(new SourceSpec("pgsql_lmp", Map.of("branch", "lmp"))),
          "dashboard",
          List.of("*"),
          List.of("tmp_*"),
          TableSpec.DEFAULT,
          Map.of("c_invoice", TableSpec.DEFAULT),
          4,
          2,
          new RetrySpec(5, Duration.ofMillis(1_500), Duration.ofMinutes(1), 2.5),
          WhenBusy.REFUSE,
          true);

  @Test
  void readsWhatItWrote() {
    assertThat(PayloadJson.read(PayloadJson.write(SPEC), BatchSpec.class)).isEqualTo(SPEC);
  }

  @Test
  void readsASpecWithoutSettingsAsItWasBeforeThereWereAny() {
    String older =
        PayloadJson.write(SPEC).replace(",\"settings\":{}", "").replace(",\"verify\":false", "");
    assertThat(older).doesNotContain("settings", "verify");
    assertThat(PayloadJson.read(older, BatchSpec.class)).isEqualTo(SPEC);
  }

  @Test
  void readsTheZoneOfAChangeColumnAndWhatWasWrittenBeforeThereWasOne() {
    ModeSpec mode =
        new ModeSpec(
            SyncMode.INCREMENTAL, "changed", ZoneId.of("Asia/Jakarta"), Deletes.IGNORE, null);
    String json = PayloadJson.write(mode);
    assertThat(PayloadJson.read(json, ModeSpec.class)).isEqualTo(mode);
    String older = json.replace("\"changeZone\":\"Asia/Jakarta\",", "");
    assertThat(older).doesNotContain("changeZone");
    assertThat(PayloadJson.read(older, ModeSpec.class))
        .isEqualTo(new ModeSpec(SyncMode.INCREMENTAL, "changed", Deletes.IGNORE, null));
  }

  @Test
  void readsWhatANewerVersionWrote() {
    String newer = PayloadJson.write(SPEC).replaceFirst("\\{", "{\"laterField\": 1, ");
    assertThat(PayloadJson.read(newer, BatchSpec.class)).isEqualTo(SPEC);
  }

  @Test
  void thousandsOfFailedTablesFitIntoWhatTemporalCarries() {
    BatchProgress progress = failed(6_000);
    assertThat(PayloadJson.write(progress).length()).isGreaterThan(MOST_BYTES);

    Payload payload = PayloadJson.DATA_CONVERTER.toPayload(progress).orElseThrow();

    assertThat(payload.getSerializedSize()).isLessThan(MOST_BYTES / 4);
    assertThat(
            PayloadJson.DATA_CONVERTER.fromPayload(
                payload, BatchProgress.class, BatchProgress.class))
        .isEqualTo(progress);
  }

  @Test
  void whatIsSmallCanBeReadByPeople() {
    Payload payload = PayloadJson.DATA_CONVERTER.toPayload(failed(10)).orElseThrow();

    assertThat(payload.getData().toStringUtf8()).isEqualTo(PayloadJson.write(failed(10)));
  }

  @Test
  void readsWhatWasLargeBeforeLargePayloadsWereCompressed() {
    Payload older = DefaultDataConverter.STANDARD_INSTANCE.toPayload(failed(1_000)).orElseThrow();

    assertThat(
            PayloadJson.DATA_CONVERTER.fromPayload(older, BatchProgress.class, BatchProgress.class))
        .isEqualTo(failed(1_000));
  }

  private static BatchProgress failed(int tables) {
    Instant now = Instant.parse("2026-03-01T10:00:00Z");
    return new BatchProgress(
        "sync_20260301_100000_abcdefgh",
        "branches",
        BatchStatus.FAILED,
        false,
        true,
        IntStream.range(0, tables)
            .mapToObj(
                i ->
                    new TableProgress(
                        new TableId("branch_" + i % 300, "public", "c_invoice_" + i),
                        "dashboard.c_invoice_" + i,
                        TableStatus.FAILED,
                        false,
                        i * 1_000L,
                        RowCounts.NONE,
                        8,
                        new ErrorDetail(
                            "SOURCE_UNREACHABLE",
                            "copying branch_%d.public.c_invoice_%d: the connection was refused %s"
                                .formatted(i % 300, i, Integer.toHexString(i * 40_503)),
                            "Start the database, or correct its address; then try again."),
                        now.plusMillis(i * 17L),
                        now.plusMillis(i * 31L)))
            .toList(),
        now,
        now.plusSeconds(3_600));
  }
}
