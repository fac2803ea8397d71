package dev.tidemark.connect.configuration;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which ends of batches somebody is told about. All that is said must hold.
 *
 * @param on lower-case statuses of batches, and {@link #DIFFERS}
 * @param batches names or patterns of batches; all when empty
 * @param connections sources; all when empty
 * @param tables names or patterns of tables; all when empty
 * @param errorCodes codes of errors of tables that failed; all when empty
 * @param longerThan batches that took longer; all when null
 * @param onlyChanges whether only an end is told that differs from the one told last; a batch that
 *     completes again is then told whatever {@code on} says
 * @param atMostEvery least time between two about batches of one name; null for none
 */
public record NotificationRule(
    Set<String> on,
    List<String> batches,
    List<String> connections,
    List<String> tables,
    List<String> errorCodes,
    @Nullable Duration longerThan,
    boolean onlyChanges,
    @Nullable Duration atMostEvery) {

  /** A batch completed, and the comparison that followed did not find both sides equal. */
  public static final String DIFFERS = "differs";

  public static final Set<String> DEFAULT_ON = Set.of("failed", "interrupted", DIFFERS);

  public NotificationRule {
    on = Set.copyOf(on);
    batches = List.copyOf(batches);
    connections = List.copyOf(connections);
    tables = List.copyOf(tables);
    errorCodes = List.copyOf(errorCodes);
  }

  /** Every batch that ends so. */
  public static NotificationRule of(Set<String> on) {
    return new NotificationRule(on, List.of(), List.of(), List.of(), List.of(), null, false, null);
  }

  /** Whether what was told before matters. */
  public boolean needsPast() {
    return onlyChanges || atMostEvery != null;
  }
}
