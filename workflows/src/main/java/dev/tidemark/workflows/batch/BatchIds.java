package dev.tidemark.workflows.batch;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.random.RandomGenerator;

/** Ids of batches: {@code sync_20251108_143052_aB3dEf9h}, in UTC. */
public final class BatchIds {

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss").withZone(ZoneOffset.UTC);

  private BatchIds() {}

  /** The id of a batch that starts now. */
  public static String create(Instant now, RandomGenerator random) {
    StringBuilder id = new StringBuilder("sync_").append(TIME.format(now)).append('_');
    for (int i = 0; i < 8; i++) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }
}
