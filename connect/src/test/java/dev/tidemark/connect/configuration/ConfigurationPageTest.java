package dev.tidemark.connect.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** {@code docs/configuration.md} says all there is to say. */
class ConfigurationPageTest {

  private static final Pattern EXAMPLE = Pattern.compile("(?s)```yaml\n(.*?)```");

  @TestFactory
  Stream<DynamicTest> explainsEveryKey() {
    return ConfigurationKeys.byPlace().entrySet().stream()
        .map(
            place ->
                DynamicTest.dynamicTest(
                    place.getKey().isEmpty() ? "top" : place.getKey(),
                    () -> assertExplained(place.getKey(), place.getValue())));
  }

  private static void assertExplained(String place, List<String> keys) {
    if (place.isEmpty()) {
      assertThat(page().lines()).containsAll(keys.stream().map(key -> "## " + key).toList());
      return;
    }
    String top = place.replaceAll("[.\\[].*", "");
    String section = page().split("\n## " + top + "\n", -1)[1].split("\n## ", -1)[0];
    List<String> parts = Arrays.asList(place.replaceAll(" .*", "").split("\\.", -1));
    String below = parts.size() > 2 ? parts.get(2).replace("[]", "") : "";
    String tables = below.isEmpty() ? section : section.split("\n### " + below + "\n", -1)[1];
    assertThat(keys)
        .allSatisfy(
            key ->
                assertThat(tables.lines())
                    .as(key)
                    .anyMatch(line -> line.startsWith("|") && line.contains("`" + key + "`")));
  }

  @TestFactory
  Stream<DynamicTest> everyExampleOnThePageCanBeRead() {
    return EXAMPLE
        .matcher(page())
        .results()
        .map(MatchResult::group)
        .map(
            example ->
                DynamicTest.dynamicTest(
                    example.substring(8, Math.min(example.length(), 40)).strip(),
                    () -> assertReadable(example.substring(8, example.length() - 3))));
  }

  private static void assertReadable(String example) {
    Map<String, String> environment = new HashMap<>();
    Project.variables(example).forEach(name -> environment.put(name, "https://a.example.com/"));
    String connections =
        example.lines().anyMatch(line -> line.startsWith("connections:"))
            ? ""
            : """
              connections:
                pgsql_lmp: {type: postgresql, host: h, database: lmp}
                pgsql_sby: {type: postgresql, host: h, database: sby}
                dashboard: {type: mysql, host: h, database: d}
              """;
    Reader.read(connections + example, environment);
  }

  private static String page() {
    return Project.read("docs/configuration.md");
  }
}
