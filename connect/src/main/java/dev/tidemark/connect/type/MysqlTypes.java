package dev.tidemark.connect.type;

import dev.tidemark.connect.configuration.DatabaseType;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The types of MySQL and MariaDB: what the catalog's names mean, and which ones hold what. */
public final class MysqlTypes {

  /** Characters that a constant's column takes at least. */
  public static final int CONSTANT_CHARACTERS = 64;

  private static final Pattern SPELLED =
      Pattern.compile("([a-z0-9_]+)(?:\\(([0-9]+)(?:,([0-9]+))?\\))?.*", Pattern.DOTALL);

  /** An InnoDB key takes 3,072 bytes, a character up to 4 of them. */
  private static final int KEY_CHARACTERS = 512;

  /** Texts in other characters grow in UTF-8, and may outgrow their type. */
  private static final Set<String> UTF8 = Set.of("utf8mb4", "utf8mb3", "utf8", "ascii", "");

  private static final ColumnType UUID_TEXT =
      ColumnType.sized(ColumnKind.TEXT, 36, "char(36) CHARACTER SET ascii COLLATE ascii_bin");

  private MysqlTypes() {}

  /**
   * A type by its spelling, where no information schema tells its parts.
   *
   * @param spelling what the server calls it
   * @param sql what somebody wrote
   */
  public static ColumnType spelled(DatabaseType server, String spelling, String sql) {
    if (sql.strip().equalsIgnoreCase("json")) {
      // MariaDB calls it a longtext.
      return of(server, "json", "json", "", 0, 0, 0, 0);
    }
    Matcher parts = SPELLED.matcher(spelling.toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      return of(server, spelling, spelling, "", 0, 0, 0, 0);
    }
    int first = parts.group(2) == null ? 0 : Integer.parseInt(parts.group(2));
    int second = parts.group(3) == null ? 0 : Integer.parseInt(parts.group(3));
    return of(server, parts.group(1), spelling, "", first, first, second, first);
  }

  /**
   * The type of a column of the information schema.
   *
   * @param name its {@code data_type}
   * @param spelling its {@code column_type}
   * @param characters its character set; empty when it has none
   * @param length most characters
   * @param precision digits
   * @param scale fractional digits
   * @param fraction digits of a second's fraction
   */
  public static ColumnType of(
      DatabaseType server,
      String name,
      String spelling,
      String characters,
      long length,
      int precision,
      int scale,
      int fraction) {
    boolean listed = name.equals("enum") || name.equals("set");
    // Members come as they stand in a statement, with escapes.
    String plain = listed ? spelling : spelling.toLowerCase(Locale.ROOT);
    String spelled =
        UTF8.contains(characters) || listed ? plain : plain + " character set " + characters;
    int size = (int) Math.min(length, Integer.MAX_VALUE);
    boolean unsigned = plain.contains("unsigned");
    ColumnType type =
        switch (name) {
          case "tinyint", "year" -> ColumnType.of(ColumnKind.INT16, spelled);
          case "smallint" -> ColumnType.of(unsigned ? ColumnKind.INT32 : ColumnKind.INT16, spelled);
          case "mediumint" -> ColumnType.of(ColumnKind.INT32, spelled);
          case "int", "integer" ->
              ColumnType.of(unsigned ? ColumnKind.INT64 : ColumnKind.INT32, spelled);
          case "bigint" ->
              unsigned
                  ? ColumnType.exact(ColumnKind.DECIMAL, 20, 0, spelled)
                  : ColumnType.of(ColumnKind.INT64, spelled);
          case "decimal", "numeric" ->
              ColumnType.exact(ColumnKind.DECIMAL, precision, scale, spelled);
          case "float" -> ColumnType.of(ColumnKind.FLOAT32, spelled);
          case "double" -> ColumnType.of(ColumnKind.FLOAT64, spelled);
          case "char", "varchar" -> ColumnType.sized(ColumnKind.TEXT, size, spelled);
          case "tinytext", "text", "mediumtext", "longtext", "enum", "set" ->
              ColumnType.of(ColumnKind.TEXT, spelled);
          case "binary", "varbinary" -> ColumnType.sized(ColumnKind.BYTES, size, spelled);
          case "tinyblob", "blob", "mediumblob", "longblob" ->
              ColumnType.of(ColumnKind.BYTES, spelled);
          case "date" -> ColumnType.of(ColumnKind.DATE, spelled);
          case "time" -> ColumnType.exact(ColumnKind.TIME, fraction, 0, spelled);
          case "datetime" -> ColumnType.exact(ColumnKind.TIMESTAMP, fraction, 0, spelled);
          case "timestamp" -> ColumnType.exact(ColumnKind.TIMESTAMPTZ, fraction, 0, spelled);
          case "uuid" -> ColumnType.of(ColumnKind.UUID, spelled);
          case "json" -> ColumnType.of(ColumnKind.JSON, spelled);
          case "bit" ->
              spelled.equals("bit(1)")
                  ? ColumnType.of(ColumnKind.BOOLEAN, spelled)
                  : ColumnType.sized(ColumnKind.OTHER, precision, spelled);
          case "inet4", "inet6" -> ColumnType.of(ColumnKind.OTHER, spelled);
          // As the server keeps them: four bytes of SRID and then WKB; floats.
          case "geometry",
              "point",
              "linestring",
              "polygon",
              "multipoint",
              "multilinestring",
              "multipolygon",
              "geomcollection",
              "geometrycollection",
              "vector" ->
              ColumnType.of(ColumnKind.BYTES, spelled);
          // What later servers bring.
          default -> ColumnType.of(ColumnKind.UNSUPPORTED, spelled);
        };
    return type.on(server);
  }

  /**
   * The type of a key's column in a table that Tidemark creates.
   *
   * @param columns how many the key has
   */
  public static ColumnType created(ColumnType source, DatabaseType server, int columns) {
    int most = KEY_CHARACTERS / columns;
    int length = source.length() == 0 ? most : Math.min(source.length(), most);
    return switch (source.kind()) {
      case TEXT ->
          source.isListed() ? source : sized(ColumnKind.TEXT, "varchar", length).on(server);
      case BYTES ->
          source.isOfMysql() && source.family().equals("binary")
              ? source.on(server)
              : sized(ColumnKind.BYTES, "varbinary", length).on(server);
      case JSON, UNSUPPORTED -> sized(ColumnKind.TEXT, "varchar", most).on(server);
      case OTHER -> {
        ColumnType type = created(source, server, true);
        yield type.length() == 0 && type.kind() == ColumnKind.TEXT
            ? sized(ColumnKind.TEXT, "varchar", most).on(server)
            : type;
      }
      case BOOLEAN,
          INT16,
          INT32,
          INT64,
          DECIMAL,
          FLOAT32,
          FLOAT64,
          DATE,
          TIME,
          TIMESTAMP,
          TIMESTAMPTZ,
          UUID ->
          created(source, server, true);
    };
  }

  /**
   * The type of any other column in a table that Tidemark creates.
   *
   * @param narrow whether the texts of the table find place in its rows
   */
  public static ColumnType created(ColumnType source, DatabaseType server, boolean narrow) {
    boolean mariaDb = server == DatabaseType.MARIADB;
    ColumnType type =
        source.isOfMysql()
            ? kept(source, server, narrow)
            : switch (source.kind()) {
              case BOOLEAN -> ColumnType.of(ColumnKind.INT16, "tinyint(1)");
              case INT16 -> ColumnType.of(ColumnKind.INT16, "smallint");
              case INT32 -> ColumnType.of(ColumnKind.INT32, "int");
              case INT64 -> ColumnType.of(ColumnKind.INT64, "bigint");
              case DECIMAL -> decimal(source);
              // A double holds every float, and prints it with all of its digits.
              case FLOAT32, FLOAT64 -> ColumnType.of(ColumnKind.FLOAT64, "double");
              case TEXT -> text(source, narrow);
              case BYTES -> bytes(source.length());
              case DATE -> ColumnType.of(ColumnKind.DATE, "date");
              case TIME -> ColumnType.exact(ColumnKind.TIME, 6, 0, "time(6)");
              case TIMESTAMP, TIMESTAMPTZ ->
                  ColumnType.exact(ColumnKind.TIMESTAMP, 6, 0, "datetime(6)");
              // MariaDB's own uuid takes only those of known variants and versions.
              case UUID -> UUID_TEXT;
              // MySQL's own json keeps numbers as doubles; MariaDB's keeps the text.
              case JSON ->
                  mariaDb
                      ? ColumnType.of(ColumnKind.JSON, "json")
                      : ColumnType.of(ColumnKind.TEXT, "longtext");
              case OTHER, UNSUPPORTED -> spelledOut(source);
            };
    return type.on(server);
  }

  /** A type of MySQL or MariaDB, in a table of either of them. */
  private static ColumnType kept(ColumnType source, DatabaseType server, boolean narrow) {
    boolean mariaDb = server == DatabaseType.MARIADB;
    return switch (source.family()) {
      case "char", "varchar" -> text(source, narrow);
      case "tinytext", "text", "mediumtext" ->
          source.nativeName().contains(" ")
              ? ColumnType.of(ColumnKind.TEXT, "longtext")
              : ColumnType.of(ColumnKind.TEXT, source.nativeName());
      case "longtext" -> ColumnType.of(ColumnKind.TEXT, "longtext");
      case "varbinary" -> bytes(source.length());
      case "json" ->
          mariaDb || source.isOf(DatabaseType.MYSQL)
              ? source
              : ColumnType.of(ColumnKind.TEXT, "longtext");
      case "uuid" -> mariaDb ? source : UUID_TEXT;
      case "inet4", "inet6" -> mariaDb ? source : sized(ColumnKind.TEXT, "varchar", 45);
      case "vector" -> source.isOf(server) ? source : ColumnType.of(ColumnKind.BYTES, "longblob");
      case "geomcollection" -> ColumnType.of(ColumnKind.BYTES, "geometrycollection");
      default -> source;
    };
  }

  private static ColumnType decimal(ColumnType source) {
    int precision = source.precision() == 0 ? 65 : Math.min(65, source.precision());
    int scale = source.precision() == 0 ? 30 : Math.min(30, source.scale());
    return ColumnType.exact(
        ColumnKind.DECIMAL, precision, scale, "decimal(" + precision + "," + scale + ")");
  }

  private static ColumnType text(ColumnType source, boolean narrow) {
    int length = source.length();
    if (length == 0 || length > 16_383) {
      return ColumnType.of(ColumnKind.TEXT, "longtext");
    }
    if (length > 1000 || !narrow) {
      return ColumnType.of(ColumnKind.TEXT, "text");
    }
    return sized(
        ColumnKind.TEXT, source.dropsBlanks() && length <= 255 ? "char" : "varchar", length);
  }

  private static ColumnType bytes(int length) {
    return length > 0 && length <= 1000
        ? sized(ColumnKind.BYTES, "varbinary", length)
        : ColumnType.of(ColumnKind.BYTES, "longblob");
  }

  /** What PostgreSQL prints of its own types, in a column as wide as that can be. */
  private static ColumnType spelledOut(ColumnType source) {
    if (source.isBits()) {
      return source.nativeName().startsWith("bit(") && source.length() <= 64
          ? ColumnType.sized(ColumnKind.OTHER, source.length(), "bit(" + source.length() + ")")
          : source.length() > 0 && source.length() <= 1000
              ? sized(ColumnKind.TEXT, "varchar", source.length())
              : ColumnType.of(ColumnKind.TEXT, "longtext");
    }
    int length =
        source.isOf(DatabaseType.POSTGRESQL)
            ? switch (source.nativeName()) {
              case "\"char\"" -> 4;
              case "xid", "cid", "xid8", "pg_lsn", "macaddr" -> 20;
              case "macaddr8", "tid" -> 23;
              case "inet", "cidr" -> 50;
              case "time with time zone" -> 30;
              default -> source.nativeName().startsWith("interval") ? 100 : 0;
            }
            : 0;
    return length == 0
        ? ColumnType.of(ColumnKind.TEXT, "longtext")
        : sized(ColumnKind.TEXT, "varchar", length);
  }

  private static ColumnType sized(ColumnKind kind, String name, int length) {
    return ColumnType.sized(kind, length, name + "(" + length + ")");
  }
}
