package dev.tidemark.activities.batch;

import java.util.Set;
import java.util.TreeSet;

/**
 * Receivers that have been told, left by one attempt for the next.
 *
 * @param receivers their ids
 */
record Delivered(Set<String> receivers) {

  static final Delivered NONE = new Delivered(Set.of());

  Delivered {
    receivers = new TreeSet<>(receivers);
  }
}
