package dev.tidemark.connect.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExamplesTest {

  static Stream<Path> examples() throws IOException {
    return Project.examples().stream();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleIsWithoutMistakes(Path example) throws IOException {
    Map<String, String> environment = new HashMap<>();
    Project.variables(Files.readString(example))
        .forEach(name -> environment.put(name, "1" + "a".repeat(20)));
    // Where a variable has a default, the default has to be right.
    Files.readString(example)
        .lines()
        .filter(line -> line.matches(".*\\$\\{\\w+:[^}]+}.*"))
        .forEach(line -> environment.keySet().removeAll(Project.variables(line)));
    TidemarkConfiguration configuration = new ConfigurationLoader(environment).load(example);
    assertThat(configuration.batches()).isNotEmpty();
  }

  @Test
  void theBranchesKeepTheirRowsApart() {
    TidemarkConfiguration configuration =
        new ConfigurationLoader(Map.of("BRANCH_PASSWORD", "p", "DASHBOARD_PASSWORD", "p"))
            .load(Project.path("examples/branches.yaml"));
    assertThat(configuration.batches().values())
        .singleElement()
        .extracting(BatchConfiguration::sources)
        .isEqualTo(
            List.of(
                new SourceConfiguration("pgsql_lmp", Map.of("branch", "lmp")),
                new SourceConfiguration("pgsql_sby", Map.of("branch", "sby"))));
    assertThat(configuration.connections().get("pgsql_lmp"))
        .extracting(ConnectionConfiguration::readOnly)
        .isEqualTo(true);
  }

  @Test
  void theEnvironmentExampleIsEnoughForProduction() {
    new ConfigurationLoader(Project.environmentExample())
        .load(Project.path("examples/production.yaml"));
  }
}
