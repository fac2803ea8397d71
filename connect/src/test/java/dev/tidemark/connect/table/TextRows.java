package dev.tidemark.connect.table;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lines that a test writes down. */
public final class TextRows extends LineStream {

  private final Iterator<String> lines;

  private TextRows(List<String> lines) {
    this.lines = lines.iterator();
  }

  /** One row a text, its fields between tabs. */
  public static TextRows of(String... lines) {
    return new TextRows(Arrays.asList(lines));
  }

  @Override
  protected byte @Nullable [] nextLine() {
    return lines.hasNext() ? (lines.next() + "\n").getBytes(StandardCharsets.UTF_8) : null;
  }

  @Override
  public void close() {}
}
