package dev.tidemark.connect.configuration;

import java.util.Objects;

/**
 * Something that is asked of a batch and cannot be.
 *
 * @param key {@code connections} or {@code tables}
 * @param index its place in the list
 * @param asked what was asked for
 * @param wrong what is wrong with it, such as {@code is no source of batch branches}
 * @param allowed what would be right
 */
public record AskedMistake(String key, int index, String asked, String wrong, String allowed) {

  public AskedMistake {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(asked, "asked");
    Objects.requireNonNull(wrong, "wrong");
    Objects.requireNonNull(allowed, "allowed");
  }

  /** Where, such as {@code tables[0]}. */
  public String path() {
    return key + "[" + index + "]";
  }

  /** A sentence without its end. */
  public String message() {
    return "[%s] %s; %s".formatted(asked, wrong, allowed);
  }
}
