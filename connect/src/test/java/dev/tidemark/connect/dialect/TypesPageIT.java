package dev.tidemark.connect.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.connect.table.ColumnChoice;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import dev.tidemark.connect.target.TypeReport;
import dev.tidemark.connect.type.ColumnKind;
import dev.tidemark.connect.type.ColumnType;
import dev.tidemark.connect.type.Conversion;
import dev.tidemark.connect.type.Fidelity;
import dev.tidemark.connect.type.PostgresTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code docs/types.md} has a line for every type that a server has, and says what the code does.
 * With {@code -Dtidemark.types.write=true} the lines are written anew.
 */
class TypesPageIT {

  private static final boolean WRITES = Boolean.getBoolean("tidemark.types.write");

  /** Types with lengths, and what people declare; all others come from the server's catalog. */
  private static final List<String> POSTGRES =
      List.of(
          "numeric(12,2)",
          "numeric(100,40)",
          "numeric(5,-2)",
          "varchar(40)",
          "varchar(20000)",
          "char(10)",
          "char(300)",
          "bit(1)",
          "bit(8)",
          "bit(70)",
          "varbit(8)",
          "time(3)",
          "timestamp(3)",
          "timestamptz(3)",
          "integer[]",
          "mood",
          "mood[]",
          "price",
          "pair");

  private static final List<String> MYSQL =
      List.of(
          "tinyint(1)",
          "tinyint",
          "tinyint unsigned",
          "smallint",
          "smallint unsigned",
          "mediumint",
          "mediumint unsigned",
          "int",
          "int unsigned",
          "int(8) unsigned zerofill",
          "bigint",
          "bigint unsigned",
          "decimal(12,2)",
          "decimal(65,30)",
          "float",
          "double",
          "bit(1)",
          "bit(8)",
          "bit(64)",
          "date",
          "time",
          "time(6)",
          "datetime",
          "datetime(6)",
          "timestamp",
          "timestamp(6)",
          "year",
          "char(10)",
          "varchar(40)",
          "varchar(40) character set latin1",
          "varchar(16000)",
          "tinytext",
          "text",
          "text character set latin1",
          "mediumtext",
          "longtext",
          "enum('a','b')",
          "set('a','b')",
          "binary(16)",
          "varbinary(40)",
          "varbinary(20000)",
          "tinyblob",
          "blob",
          "mediumblob",
          "longblob",
          "json",
          "geometry",
          "point",
          "linestring",
          "polygon",
          "multipoint",
          "multilinestring",
          "multipolygon",
          "geometrycollection");

  private static final Map<TestServer, List<String>> MORE =
      Map.of(
          TestServer.MYSQL, List.of("vector(3)"),
          TestServer.MARIADB, List.of("uuid", "inet4", "inet6"));

  @ParameterizedTest
  @EnumSource
  void hasALineForEveryTypeThatSaysWhatBecomesOfIt(TestServer server) throws Exception {
    assumeTrue(server.available(), "set TIDEMARK_TEST_MYSQL_URL to run this with MYSQL");
    ConnectionConfiguration database = server.newDatabase("page");
    try (Connection session = TestServer.open(database);
        Statement statement = session.createStatement()) {
      List<String> types = new ArrayList<>();
      if (server == TestServer.POSTGRESQL) {
        TestServer.execute(database, PostgresTypeCases.BEFORE);
        types.addAll(builtIn(statement));
        types.addAll(POSTGRES);
      } else {
        types.addAll(MYSQL);
        types.addAll(MORE.getOrDefault(server, List.of()));
      }
      List<String> lines = new ArrayList<>();
      for (String type : types) {
        statement.execute("DROP TABLE IF EXISTS one");
        statement.execute("CREATE TABLE one (id int PRIMARY KEY, v " + type + " NULL)");
        TableShape table =
            Dialects.of(database.type()).describe(session, database.schema(), "one").orElseThrow();
        lines.add(line(type, table));
      }
      assertPageHas(server.name().toLowerCase(Locale.ROOT), lines);
    }
  }

  private static List<String> builtIn(Statement statement) throws SQLException {
    List<String> types = new ArrayList<>();
    try (ResultSet row =
        statement.executeQuery(
            """
            SELECT format_type(oid, NULL) FROM pg_type
             WHERE typnamespace = 'pg_catalog'::regnamespace AND typtype IN ('b', 'r', 'm')
               AND typcategory <> 'A' AND typisdefined
             ORDER BY typcategory = 'Z', typcategory, typname COLLATE "C\"""")) {
      while (row.next()) {
        types.add(row.getString(1));
      }
    }
    return types;
  }

  /** What Tidemark creates holds everything, so there is nothing lossy on the page. */
  private static String line(String type, TableShape table) {
    TableMapping mapping = TableMapping.of(table, "one", ColumnChoice.ALL);
    List<String> cells = new ArrayList<>(List.of(code(type)));
    List<String> refusals = new ArrayList<>();
    for (DatabaseType target : DatabaseType.values()) {
      TypeReport report = TypeReport.of(mapping, Dialects.of(target), Optional.empty());
      Conversion conversion = report.lines().getLast().conversion();
      assertThat(conversion.fidelity()).as("%s into %s", type, target).isEqualTo(Fidelity.EXACT);
      String created = conversion.target().nativeName();
      cells.add(created.startsWith("char(36)") ? code("char(36)") : code(created));
      if (!conversion.refused().isEmpty()) {
        refusals.add(conversion.refused());
      }
    }
    cells.add(refusals.stream().distinct().collect(Collectors.joining("; ")));
    return "| " + String.join(" | ", cells) + " |";
  }

  private static String code(String type) {
    return "`" + type + "`";
  }

  @Test
  void saysWhatTablesThatExistWouldLose() throws Exception {
    DatabaseType postgres = DatabaseType.POSTGRESQL;
    DatabaseType mysql = DatabaseType.MYSQL;
    ColumnType text = ColumnType.of(ColumnKind.TEXT, "text").on(postgres);
    ColumnType json = ColumnType.of(ColumnKind.JSON, "json").on(postgres);
    ColumnType jsonb = ColumnType.of(ColumnKind.JSON, "jsonb").on(postgres);
    ColumnType mysqlJson = ColumnType.of(ColumnKind.JSON, "json").on(mysql);
    ColumnType mariaJson = mysqlJson.on(DatabaseType.MARIADB);
    ColumnType numeric = ColumnType.of(ColumnKind.DECIMAL, "numeric").on(postgres);
    ColumnType moment = ColumnType.exact(ColumnKind.TIMESTAMP, 6, 0, "timestamp").on(postgres);
    ColumnType bytes = ColumnType.of(ColumnKind.BYTES, "bytea").on(postgres);
    ColumnType bits = ColumnType.sized(ColumnKind.OTHER, 8, "bit(8)").on(mysql);
    ColumnType interval = PostgresTypes.of("interval", "interval", -1, "T", true);
    List<Conversion> conversions =
        List.of(
            Conversion.of(
                numeric, ColumnType.exact(ColumnKind.DECIMAL, 12, 2, "decimal(12,2)").on(mysql)),
            Conversion.of(numeric, ColumnType.of(ColumnKind.FLOAT64, "double").on(mysql)),
            Conversion.of(
                ColumnType.of(ColumnKind.FLOAT64, "double precision").on(postgres),
                ColumnType.of(ColumnKind.FLOAT32, "float").on(mysql)),
            Conversion.of(
                moment, ColumnType.exact(ColumnKind.TIMESTAMP, 0, 0, "datetime").on(mysql)),
            Conversion.of(moment, ColumnType.of(ColumnKind.DATE, "date").on(mysql)),
            Conversion.of(
                ColumnType.of(ColumnKind.OTHER, "time with time zone").on(postgres),
                ColumnType.exact(ColumnKind.TIME, 6, 0, "time(6)").on(mysql)),
            Conversion.of(
                interval, PostgresTypes.of("interval", "interval(0)", 0x7fff0000, "T", true)),
            Conversion.of(
                interval, PostgresTypes.of("interval", "interval hour", 0x400ffff, "T", true)),
            Conversion.of(
                ColumnType.of(ColumnKind.INT32, "integer").on(postgres),
                ColumnType.exact(ColumnKind.DECIMAL, 7, 0, "numeric(5,-2)").on(postgres)),
            Conversion.of(text, ColumnType.of(ColumnKind.INT32, "int").on(mysql)),
            Conversion.of(text, ColumnType.of(ColumnKind.TEXT, "enum('a','b')").on(mysql)),
            Conversion.of(
                ColumnType.of(ColumnKind.TEXT, "enum('0','1')").on(mysql),
                ColumnType.of(ColumnKind.TEXT, "enum('N','Y')").on(mysql)),
            Conversion.of(text, ColumnType.sized(ColumnKind.TEXT, 10, "char(10)").on(mysql)),
            Conversion.of(
                ColumnType.of(ColumnKind.INT16, "smallint").on(postgres),
                ColumnType.of(ColumnKind.INT16, "year").on(mysql)),
            Conversion.of(json, mysqlJson),
            Conversion.of(jsonb, mysqlJson),
            Conversion.of(mariaJson, mysqlJson),
            Conversion.of(mysqlJson, jsonb),
            Conversion.of(mariaJson, jsonb),
            Conversion.of(bytes, ColumnType.sized(ColumnKind.BYTES, 16, "binary(16)").on(mysql)),
            Conversion.of(bytes, ColumnType.of(ColumnKind.TEXT, "longtext").on(mysql)),
            Conversion.of(bits, ColumnType.of(ColumnKind.INT64, "bigint").on(postgres)),
            Conversion.of(
                ColumnType.exact(ColumnKind.DECIMAL, 10, 2, "decimal(10,2)").on(mysql),
                ColumnType.exact(ColumnKind.DECIMAL, 19, 2, "money").on(postgres)));
    assertPageHas(
        "existing",
        conversions.stream()
            .map(
                conversion ->
                    Stream.of(
                            code(
                                conversion.source().server()
                                    + " "
                                    + conversion.source().nativeName()),
                            code(
                                conversion.target().server()
                                    + " "
                                    + conversion.target().nativeName()),
                            conversion.fidelity().name().toLowerCase(Locale.ROOT),
                            conversion.loss(),
                            conversion.remedy())
                        .collect(Collectors.joining(" | ", "| ", " |")))
            .toList());
  }

  private static void assertPageHas(String part, List<String> lines) throws IOException {
    Path page = page();
    String text = Files.readString(page);
    String begin = "<!-- begin " + part + " -->\n";
    int from = text.indexOf(begin);
    assertThat(from).as("docs/types.md has no part %s", part).isNotNegative();
    // Behind the two lines of the table's head.
    int body = text.indexOf("|\n", text.indexOf("| ---", from)) + 2;
    int to = text.indexOf("<!-- end -->", from);
    if (WRITES) {
      Files.writeString(
          page, text.substring(0, body) + String.join("\n", lines) + "\n" + text.substring(to));
      return;
    }
    List<String> there = text.substring(body, to).lines().toList();
    assertThat(lines.stream().filter(line -> !there.contains(line)))
        .as("missing on docs/types.md; -Dtidemark.types.write=true writes them")
        .isEmpty();
    assertThat(there).isEqualTo(lines);
  }

  private static Path page() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("docs/types.md"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("not within the project");
      }
    }
    return folder.resolve("docs/types.md");
  }
}
