package dev.tidemark.connect.table;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row in memory, as the line that a target loads. For single rows alone: bulk has no object.
 */
public final class RowLine {

  private static final String NULL_FIELD = "\\N";

  private final byte[] bytes;

  private RowLine(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The rows of a stream, read to its end. */
  public static List<RowLine> of(RowStream rows) throws IOException {
    byte[] all = rows.readAllBytes();
    List<RowLine> lines = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < all.length; i++) {
      // A line feed within a value is escaped.
      if (all[i] == '\n') {
        lines.add(new RowLine(Arrays.copyOfRange(all, from, i + 1)));
        from = i + 1;
      }
    }
    return lines;
  }

  /** The row with these fields, as a stream has them. */
  public static RowLine of(List<@Nullable String> fields) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int i = 0; i < fields.size(); i++) {
      if (i > 0) {
        line.write('\t');
      }
      String field = fields.get(i);
      line.writeBytes(
          (field == null ? NULL_FIELD : escaped(field)).getBytes(StandardCharsets.UTF_8));
    }
    line.write('\n');
    return new RowLine(line.toByteArray());
  }

  private static String escaped(String field) {
    return field
        .replace("\\", "\\\\")
        .replace("\t", "\\t")
        .replace("\n", "\\n")
        .replace("\r", "\\r");
  }

  /** The texts between the tabs, null for NULL: constants first, then the columns that travel. */
  public List<@Nullable String> fields() {
    List<@Nullable String> fields = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\t' || bytes[i] == '\n') {
        fields.add(field(from, i));
        from = i + 1;
      }
    }
    return Collections.unmodifiableList(fields);
  }

  private @Nullable String field(int from, int to) {
    if (to - from == 2 && bytes[from] == '\\' && bytes[from + 1] == 'N') {
      return null;
    }
    ByteArrayOutputStream text = new ByteArrayOutputStream(to - from);
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\\' && i + 1 < to) {
        i++;
        int meant = RowStream.meant(bytes[i]);
        text.write(meant == RowStream.NOTHING_MEANT ? bytes[i] : meant);
      } else {
        text.write(bytes[i]);
      }
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  /** The row alone, to be written. */
  public RowStream stream() {
    return new RowStream() {

      private long rows;

      @Override
      protected byte @Nullable [] nextPiece() {
        return rows++ == 0 ? bytes : null;
      }

      @Override
      public long rows() {
        return 1;
      }

      @Override
      public void close() {}
    };
  }
}
