package dev.tidemark.connect.type;

import java.util.List;

/** The types of MySQL and MariaDB whose values are as long as a prefix of their length can say. */
public final class LargeTypes {

  private static final List<String> TEXTS = List.of("tinytext", "text", "mediumtext", "longtext");
  private static final List<String> BLOBS = List.of("tinyblob", "blob", "mediumblob", "longblob");

  /** Of a character in UTF-8, at most. */
  private static final int CHARACTER = 4;

  private LargeTypes() {}

  /** Bytes that a value may have; 0 for other types, and for those of PostgreSQL. */
  public static long room(ColumnType type) {
    if (!type.isOfMysql()) {
      return 0;
    }
    int place = Math.max(TEXTS.indexOf(type.family()), BLOBS.indexOf(type.family()));
    return place < 0 ? 0 : (1L << (8 * (place + 1))) - 1;
  }

  /** Bytes that a text or a value may have; {@link Long#MAX_VALUE} where no end is known. */
  public static long longest(ColumnType type) {
    if (room(type) > 0) {
      // A byte of another character set is up to three of UTF-8, as of the euro sign.
      return type.nativeName().contains(" character set ") ? 3 * room(type) : room(type);
    }
    int width = type.kind() == ColumnKind.TEXT ? CHARACTER : 1;
    return type.length() > 0 ? (long) type.length() * width : Long.MAX_VALUE;
  }
}
