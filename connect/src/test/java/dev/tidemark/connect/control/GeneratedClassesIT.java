package dev.tidemark.connect.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The committed classes are those of the migrations. After a new migration, run this with {@code
 * -Dtidemark.generate=true} and commit what it wrote.
 */
class GeneratedClassesIT {

  private static final Path SOURCES = Path.of("src/main/java");
  private static final String PACKAGE = "dev.tidemark.connect.control.generated";

  @Test
  void theCommittedClassesAreThoseOfTheMigrations(@TempDir Path folder) throws Exception {
    Path target = Boolean.getBoolean("tidemark.generate") ? SOURCES : folder;
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      ControlSchema.migrate(postgres.getPostgresDatabase(), "public");
      generate(postgres.getJdbcUrl("postgres", "postgres"), target);
    }
    assertThat(sources(target))
        .as("regenerate with -Dtidemark.generate=true and commit the result")
        .isEqualTo(sources(SOURCES));
  }

  private static void generate(String url, Path target) throws Exception {
    ForcedType instant = new ForcedType().withName("INSTANT").withIncludeTypes("timestamptz");
    Database database =
        new Database()
            .withName("org.jooq.meta.postgres.PostgresDatabase")
            .withInputSchema("public")
            .withExcludes(ControlSchema.HISTORY_TABLE)
            .withOutputSchemaToDefault(true)
            .withForcedTypes(instant);
    Generate generate =
        new Generate()
            .withGeneratedAnnotation(false)
            .withComments(false)
            .withJavadoc(false)
            .withSequences(false);
    Generator generator =
        new Generator()
            .withDatabase(database)
            .withGenerate(generate)
            .withTarget(new Target().withPackageName(PACKAGE).withDirectory(target.toString()));
    GenerationTool.generate(
        new Configuration().withJdbc(new Jdbc().withUrl(url)).withGenerator(generator));
  }

  private static Map<String, String> sources(Path root) throws IOException {
    Path folder = root.resolve(PACKAGE.replace('.', '/'));
    Map<String, String> sources = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .filter(Files::isRegularFile)
          .forEach(file -> sources.put(name(folder, file), read(file)));
    }
    return sources;
  }

  private static String name(Path folder, Path file) {
    return folder.relativize(file).toString();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
