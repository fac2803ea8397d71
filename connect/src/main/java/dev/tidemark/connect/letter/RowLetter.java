package dev.tidemark.connect.letter;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A letter for whose sake a row may differ from the source's, without the row's values.
 *
 * @param key source column to value, as {@code Dialect.canonical} spells it, in the key's order
 */
public record RowLetter(String id, Map<String, String> key, Reason reason) {

  /** Why the row differs. */
  public enum Reason {
    /** The target refuses it. */
    OPEN,
    /** Somebody wrote other values. */
    EDITED,
    /** Somebody does without it. */
    DISCARDED;

    /** As it is shown. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Copies the key. */
  public RowLetter(String id, Map<String, String> key, Reason reason) {
    this.id = Objects.requireNonNull(id, "id");
    this.key = Collections.unmodifiableMap(new LinkedHashMap<>(key));
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  /** The key's values alone. */
  public List<String> keyValues() {
    return List.copyOf(key.values());
  }

  /** Whether a person has decided what becomes of the row. */
  public boolean decided() {
    return reason != Reason.OPEN;
  }
}
