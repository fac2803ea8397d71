package dev.tidemark.connect.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** {@code docker-compose.yml} and what it mounts agree with each other. */
class DeploymentTest {

  private static final Pattern IMAGE = Pattern.compile("(?m)^\\s*(?:image:|FROM) (\\S+)");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)(?::-[^}]*)?}");

  @Test
  void everyImageHasAPinnedVersion() {
    for (String file : List.of("docker-compose.yml", "Dockerfile")) {
      List<String> images =
          IMAGE.matcher(Project.read(file)).results().map(hit -> hit.group(1)).toList();
      assertThat(images)
          .isNotEmpty()
          .allMatch(image -> image.matches("[a-z0-9./-]+:v?\\d+\\.\\d+(\\.\\d+)?[A-Za-z0-9_.-]*"));
    }
  }

  @Test
  void everyVariableStandsInTheEnvironmentExample() {
    Set<String> variables = new TreeSet<>();
    VARIABLE
        .matcher(Project.read("docker-compose.yml"))
        .results()
        .map((MatchResult hit) -> hit.group(1))
        .forEach(variables::add);
    variables.addAll(Project.variables(Project.read("examples/production.yaml")));
    assertThat(Project.environmentExample().keySet()).isEqualTo(variables);
  }

  @Test
  void tidemarksContainersGetEveryVariableOfTheirConfiguration() {
    assertThat(map(map(compose().get("x-tidemark")).get("environment")).keySet())
        .containsExactlyInAnyOrderElementsOf(
            Project.variables(Project.read("examples/production.yaml")));
  }

  @Test
  void everyServiceThatStaysSaysWhetherItIsHealthy() {
    map(compose().get("services"))
        .forEach(
            (name, service) -> {
              boolean stays = "unless-stopped".equals(map(service).get("restart"));
              assertThat(map(service).containsKey("healthcheck")).as(name).isEqualTo(stays);
            });
  }

  @Test
  void theConfigurationNamesServicesThatExist() {
    TidemarkConfiguration configuration =
        new ConfigurationLoader(Project.environmentExample())
            .load(Project.path("examples/production.yaml"));
    Set<String> services = map(compose().get("services")).keySet();
    assertThat(configuration.control().connection().jdbcUrl())
        .isEqualTo("jdbc:postgresql://postgresql:5432/tidemark");
    assertThat(Objects.requireNonNull(configuration.connections().get("warehouse")).jdbcUrl())
        .isEqualTo("jdbc:mysql://mysql:3306/warehouse");
    assertThat(configuration.temporal().address()).isEqualTo("temporal:7233");
    assertThat(services)
        .contains("postgresql", "mysql", "temporal", "api-1", "api-2", "api-3", "worker", "nginx");
    assertThat(Project.read("deploy/nginx.conf"))
        .contains("api-1:8080", "api-2:8080", "api-3:8080");
  }

  private static Map<String, Object> compose() {
    return map(new Yaml().load(Project.read("docker-compose.yml")));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(@Nullable Object value) {
    return (Map<String, Object>) Objects.requireNonNull(value);
  }
}
