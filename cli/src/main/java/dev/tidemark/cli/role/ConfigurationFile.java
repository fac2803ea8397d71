package dev.tidemark.cli.role;

import dev.tidemark.connect.configuration.ConfigurationLines;
import dev.tidemark.connect.configuration.ConfigurationLoader;
import dev.tidemark.connect.configuration.TidemarkConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Option;

/** The option that names the configuration. */
public final class ConfigurationFile {

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      defaultValue = ConfigurationLoader.DEFAULT_FILE,
      description = "The configuration (default: ${DEFAULT-VALUE}).")
  private Path file = Path.of(ConfigurationLoader.DEFAULT_FILE);

  public Path path() {
    return file;
  }

  /** Reads it. */
  public TidemarkConfiguration load(Map<String, String> environment) {
    check();
    return new ConfigurationLoader(environment).load(file);
  }

  /** Where in it its settings stand. */
  public ConfigurationLines lines() {
    return ConfigurationLoader.lines(file);
  }

  /** The sections that stand in it. */
  public Set<String> sections(Map<String, String> environment) {
    check();
    return new ConfigurationLoader(environment).sections(file);
  }

  private void check() {
    if (!Files.exists(file)) {
      throw new IllegalStateException(
          """
          There is no %s. Write one that says what goes where, such as:

          connections:
            shop:
              type: postgresql
              host: 127.0.0.1
              database: shop
              username: reader
              password: ${SHOP_PASSWORD}
              read-only: true
            dashboard:
              type: mariadb
              url: jdbc:mariadb://127.0.0.1:3306/dashboard
              username: writer
              password: ${DASHBOARD_PASSWORD}
          batches:
            nightly:
              sources: [shop]
              target: dashboard
              tables: "*"

          Then check it with ./tidemark config check --connect. ./tidemark demo needs none."""
              .formatted(file));
    }
  }
}
