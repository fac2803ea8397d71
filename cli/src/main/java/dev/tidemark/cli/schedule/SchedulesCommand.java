package dev.tidemark.cli.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.cli.client.ApiClient;
import dev.tidemark.cli.client.ScheduleState;
import dev.tidemark.cli.client.ServerOptions;
import dev.tidemark.cli.terminal.Terminal;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidemark schedules}. */
@Command(
    name = "schedules",
    description = "List schedules, with their next times and last runs; or show and steer one.")
public final class SchedulesCommand implements Callable<Integer> {

  private static final String NAME = "Name of the schedule.";
  private static final String OVERLAP =
      "When a run has not ended: skip, buffer-one, buffer-all, cancel-other, terminate-other or"
          + " allow-all (default: as the schedule says).";

  private final Terminal terminal;
  private final ScheduleReport report;

  @Mixin private ServerOptions server = new ServerOptions();

  public SchedulesCommand(Terminal terminal) {
    this.terminal = terminal;
    this.report = new ScheduleReport(terminal);
  }

  @Override
  public Integer call() {
    return server.ask(
        terminal,
        ApiClient::schedules,
        answer -> report.list(ApiClient.readAll(answer.path("schedules"), ScheduleState.class)));
  }

  @Command(
      mixinStandardHelpOptions = true,
      name = "show",
      description = "Show a schedule, its next times and its last runs.")
  int show(
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "NAME", description = NAME) String name) {
    return server.ask(terminal, api -> api.schedule(name), this::print);
  }

  @Command(
      mixinStandardHelpOptions = true,
      name = "create",
      description = "Make a schedule beside those of the configuration.")
  int create(
      @Mixin ServerOptions server,
      @Mixin ScheduleOptions options,
      @Parameters(paramLabel = "NAME", description = NAME) String name) {
    return server.ask(terminal, api -> api.createSchedule(options.body(name)), this::print);
  }

  @Command(
      mixinStandardHelpOptions = true,
      name = "pause",
      description = "Start nothing more until the schedule is resumed.")
  int pause(
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "NAME", description = NAME) String name,
      @Option(names = "--note", paramLabel = "TEXT", description = "Why; at most 800 bytes.")
          @Nullable String note) {
    return server.ask(
        terminal,
        api -> api.steerSchedule(name, "pause", body("note", note)),
        answer -> terminal.print("Schedule " + name + " is paused."));
  }

  @Command(
      mixinStandardHelpOptions = true,
      name = "resume",
      description = "Let a paused schedule go on.")
  int resume(
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "NAME", description = NAME) String name,
      @Option(names = "--note", paramLabel = "TEXT", description = "Why; at most 800 bytes.")
          @Nullable String note) {
    return server.ask(
        terminal,
        api -> api.steerSchedule(name, "resume", body("note", note)),
        answer -> terminal.print("Schedule " + name + " goes on."));
  }

  @Command(
      mixinStandardHelpOptions = true,
      name = "run",
      description = "Run a schedule now, paused or not, and print the batch's id.")
  int run(
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "NAME", description = NAME) String name,
      @Option(names = "--overlap", paramLabel = "POLICY", description = OVERLAP)
          @Nullable String overlap) {
    return server.ask(
        terminal,
        api -> api.steerSchedule(name, "run", body("overlap", overlap)),
        this::printStarted);
  }

  @Command(
      mixinStandardHelpOptions = true,
      name = "backfill",
      description = "Run what was due between two times.")
  int backfill(
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "NAME", description = NAME) String name,
      @Option(
              names = "--from",
              required = true,
              paramLabel = "TIME",
              description = "Such as 2026-11-01T00:00:00Z.")
          String from,
      @Option(
              names = "--to",
              required = true,
              paramLabel = "TIME",
              description = "Such as 2026-11-08T00:00:00Z.")
          String to,
      @Option(names = "--overlap", paramLabel = "POLICY", description = OVERLAP)
          @Nullable String overlap) {
    Map<String, String> body = new TreeMap<>(body("overlap", overlap));
    body.put("from", from);
    body.put("to", to);
    return server.ask(
        terminal,
        api -> api.steerSchedule(name, "backfill", body),
        answer ->
            terminal.print("Temporal runs what was due. Look: ./tidemark schedules show " + name));
  }

  @Command(
      mixinStandardHelpOptions = true,
      name = "delete",
      description = "Delete a schedule that the API made; a batch under way goes on.")
  int delete(
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "NAME", description = NAME) String name) {
    return server.ask(
        terminal,
        api -> api.deleteSchedule(name),
        answer -> terminal.print("Schedule " + name + " is deleted."));
  }

  private void print(JsonNode schedule) {
    report.show(ApiClient.read(schedule, ScheduleState.class));
  }

  private void printStarted(JsonNode started) {
    if (started.hasNonNull("batchId")) {
      String id = started.get("batchId").asText();
      terminal.print("Batch " + id + " runs. Watch it: ./tidemark sync-status " + id + " --watch");
    } else {
      terminal.print(
          "The run waits for the end of "
              + String.join(
                  ", ", started.path("waitsFor").valueStream().map(JsonNode::asText).toList())
              + ".");
    }
  }

  private static Map<String, String> body(String key, @Nullable String value) {
    return value == null ? Map.of() : Map.of(key, value);
  }
}
