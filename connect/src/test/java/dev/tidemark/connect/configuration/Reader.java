package dev.tidemark.connect.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;

/** Reads configurations in tests. */
final class Reader {

  /** Two connections that every test may name. */
  static final String CONNECTIONS =
      """
      connections:
        shop: {type: postgresql, host: db1, database: shop}
        dashboard: {type: mariadb, host: db2, database: dashboard}
      """;

  /** The first lines of a batch of these connections, to be gone on with. */
  static final String BATCH =
      CONNECTIONS
          + """
          batches:
            branches:
          """;

  private Reader() {}

  static TidemarkConfiguration read(String yaml) {
    return read(yaml, Map.of());
  }

  static TidemarkConfiguration read(String yaml, Map<String, String> environment) {
    return new ConfigurationLoader(environment).parse("tidemark.yaml", yaml);
  }

  static List<Mistake> mistakes(String yaml) {
    return mistakes(yaml, Map.of());
  }

  static List<Mistake> mistakes(String yaml, Map<String, String> environment) {
    ConfigurationException refused =
        catchThrowableOfType(ConfigurationException.class, () -> read(yaml, environment));
    assertThat(refused).as("refusal of%n%s", yaml).isNotNull();
    return refused.mistakes();
  }

  /** The only mistake of a text. */
  static Mistake mistake(String yaml) {
    List<Mistake> mistakes = mistakes(yaml);
    assertThat(mistakes).hasSize(1);
    return mistakes.getFirst();
  }
}
