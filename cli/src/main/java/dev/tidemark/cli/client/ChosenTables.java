package dev.tidemark.cli.client;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that takes a batch, or a part of it. */
public final class ChosenTables {

  @Option(
      names = "--batch",
      paramLabel = "NAME",
      description = "Batch of the configuration; may be left out when there is one only.")
  private @Nullable String batch;

  @Option(
      names = "--connection",
      split = ",",
      paramLabel = "NAME",
      description = "Sources to read; all of the batch unless named.")
  private List<String> connections = List.of();

  @Option(
      names = "--tables",
      split = ",",
      paramLabel = "TABLE",
      description = {
        "Tables to take; all unless named. As ad_org, AdOrg, schema.ad_org or",
        "connection.ad_org; * and ? stand for any characters. In quotes, such as '\"a b\"',",
        "a name means itself alone."
      })
  private List<String> tables = List.of();

  /** Null when it was not named. */
  public @Nullable String batch() {
    return batch;
  }

  /** Empty for all. */
  public List<String> connections() {
    return connections;
  }

  /** Empty for all. */
  public List<String> tables() {
    return tables;
  }

  /** Whether something was named. */
  public boolean any() {
    return batch != null || !connections.isEmpty() || !tables.isEmpty();
  }
}
