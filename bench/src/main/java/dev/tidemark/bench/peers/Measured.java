package dev.tidemark.bench.peers;

import dev.tidemark.bench.Median;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a peer took, and what it left. */
final class Measured {

  private static final int LONGEST_REASON = 200;
  private static final String EQUAL = "equal";

  private final Peer peer;
  private final List<Double> seconds = new ArrayList<>();
  private final List<Double> verified = new ArrayList<>();
  private String result = "";
  private @Nullable String failure;

  Measured(Peer peer) {
    this.peer = peer;
  }

  Peer peer() {
    return peer;
  }

  /** Whether it takes its turn again. */
  boolean goesOn() {
    return failure == null;
  }

  /** Why it does not; empty while it does. */
  String failure() {
    return Objects.requireNonNullElse(failure, "");
  }

  /** It cannot, or it did not come to its end; the last line of what it says is kept. */
  void failed(String why) {
    String last = why.strip().lines().reduce((one, two) -> two).orElse("");
    failure = last.substring(0, Math.min(LONGEST_REASON, last.length()));
  }

  /**
   * Once more.
   *
   * @param found "equal", or how the target differs; once it differed, that stays
   * @param verification seconds that the comparison took, which count apart
   */
  void took(double copy, String found, double verification) {
    seconds.add(copy);
    verified.add(verification);
    if (result.isEmpty() || result.startsWith(EQUAL)) {
      result = found;
    }
  }

  /** The middle of its times; empty before the first. */
  Optional<Double> median() {
    return seconds.isEmpty() ? Optional.empty() : Optional.of(Median.of(seconds));
  }

  /** A line of the table. */
  String line(long rows, Optional<Double> pipe) throws Exception {
    if (failure != null) {
      return "| " + peer.name() + " | | | | | | " + failure.replace('|', '/') + " | |";
    }
    double middle = median().orElseThrow();
    return String.format(
        Locale.ROOT,
        "| %s | %s | %d | %.1f | %,.0f | %s | %s | %.1f |",
        peer.name(),
        peer.version().replaceAll("(?i)^version:? *|\"", ""),
        seconds.size(),
        middle,
        rows / middle,
        pipe.map(time -> String.format(Locale.ROOT, "%.2f", middle / time)).orElse(""),
        result,
        Median.of(verified));
  }
}
