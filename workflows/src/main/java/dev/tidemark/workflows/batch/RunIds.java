package dev.tidemark.workflows.batch;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.random.RandomGenerator;

/** Ids of batches, repairs, verifications, plans: {@code sync_20251108_143052_aB3dEf9h}, in UTC. */
public final class RunIds {

  public static final String BATCH = "sync";

  /** A batch that compares, and copies what differs. */
  public static final String REPAIR = "repair";

  public static final String VERIFICATION = "verify";
  public static final String PLAN = "plan";

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss").withZone(ZoneOffset.UTC);

  private RunIds() {}

  /** Whether a batch or a repair may have this id. */
  public static boolean isOfBatch(String id) {
    return id.startsWith(BATCH + "_") || id.startsWith(REPAIR + "_");
  }

  /** What sort of batch has this id: {@code batch} or {@code repair}. */
  public static String kindOf(String batchId) {
    return batchId.startsWith(REPAIR + "_") ? "repair" : "batch";
  }

  /**
   * The id of a run that starts now.
   *
   * @param prefix says what it is, such as {@link #BATCH}
   */
  public static String create(String prefix, Instant now, RandomGenerator random) {
    StringBuilder id = new StringBuilder(prefix).append('_').append(TIME.format(now)).append('_');
    for (int i = 0; i < 8; i++) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }
}
