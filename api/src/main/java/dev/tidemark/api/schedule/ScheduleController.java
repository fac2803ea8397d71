package dev.tidemark.api.schedule;

import dev.tidemark.api.key.Caller;
import dev.tidemark.api.problem.FreeText;
import dev.tidemark.api.run.AtOnce;
import dev.tidemark.api.run.Call;
import dev.tidemark.api.run.IdempotentRequests;
import dev.tidemark.api.schedule.ScheduleSteering.Found;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/schedules")
@Tag(name = "schedules")
class ScheduleController {

  /** As many as Temporal remembers. */
  private static final int MOST_RUNS = 10;

  private final ScheduleSteering schedules;
  private final ScheduleViews views;
  private final RunNow runNow;
  private final IdempotentRequests repeats;

  ScheduleController(
      ScheduleSteering schedules, ScheduleViews views, RunNow runNow, IdempotentRequests repeats) {
    this.schedules = schedules;
    this.views = views;
    this.runNow = runNow;
    this.repeats = repeats;
  }

  @GetMapping
  @Operation(summary = "Lists schedules by name, each with its last run")
  ScheduleView.Listing list() {
    return new ScheduleView.Listing(
        AtOnce.map(schedules.names(), name -> view(schedules.find(name), 1)).stream()
            .flatMap(List::stream)
            .toList());
  }

  @GetMapping("/{name}")
  @Operation(summary = "Shows a schedule, its next times and its last runs")
  ScheduleView get(@PathVariable String name) {
    return view(name);
  }

  @PostMapping
  @Operation(summary = "Makes a schedule")
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<ScheduleView> create(@RequestBody ScheduleRequest body, Call call) {
    String name = schedules.name(body);
    repeats.once(call.order(body), () -> schedules.create(name, body));
    return ResponseEntity.created(URI.create("/api/v1/schedules/" + name)).body(view(name));
  }

  @PutMapping("/{name}")
  @Operation(summary = "Replaces the settings of a schedule that was made here")
  ScheduleView replace(@PathVariable String name, @RequestBody ScheduleRequest body) {
    schedules.replace(name, body);
    return view(name);
  }

  @DeleteMapping("/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Deletes a schedule that was made here; a batch under way goes on")
  void delete(@PathVariable String name) {
    schedules.delete(name);
  }

  @PostMapping("/{name}/pause")
  @Operation(summary = "Starts nothing more until the schedule is resumed")
  ScheduleView pause(
      @PathVariable String name,
      @RequestBody(required = false) ScheduleOrders.@Nullable Note body,
      Call call) {
    repeats.once(
        call.order(body), () -> schedules.pause(name, note("paused", body, call.caller())));
    return view(name);
  }

  @PostMapping("/{name}/resume")
  @Operation(summary = "Lets a paused schedule go on")
  ScheduleView resume(
      @PathVariable String name,
      @RequestBody(required = false) ScheduleOrders.@Nullable Note body,
      Call call) {
    repeats.once(
        call.order(body), () -> schedules.resume(name, note("resumed", body, call.caller())));
    return view(name);
  }

  @PostMapping("/{name}/run")
  @Operation(summary = "Runs a schedule now, paused or not")
  @ApiResponse(responseCode = "201", description = "The batch runs.", useReturnTypeSchema = true)
  @ApiResponse(
      responseCode = "202",
      description = "The run waits for another to end.",
      useReturnTypeSchema = true)
  ResponseEntity<ScheduleView.Started> run(
      @PathVariable String name,
      @RequestBody(required = false) ScheduleOrders.@Nullable Run body,
      Call call) {
    ScheduleView.Started started =
        runNow.run(name, body == null ? null : body.overlap(), call.order(body));
    return started.batchId() == null
        ? ResponseEntity.accepted().body(started)
        : ResponseEntity.created(URI.create("/api/v1/batches/" + started.batchId())).body(started);
  }

  @PostMapping("/{name}/backfill")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(summary = "Runs what was due between two instants")
  ScheduleView backfill(
      @PathVariable String name, @RequestBody ScheduleOrders.Backfill body, Call call) {
    repeats.once(call.order(body), () -> schedules.backfill(name, body));
    return view(name);
  }

  private static String note(String done, ScheduleOrders.@Nullable Note body, Caller caller) {
    String by = done + " by " + caller.name();
    String note = body == null ? null : FreeText.note("note", body.note());
    return note == null || note.isBlank() ? by : note + " (" + by + ")";
  }

  private ScheduleView view(String name) {
    return view(Stream.of(schedules.look(name)), MOST_RUNS).getFirst();
  }

  private List<ScheduleView> view(Stream<Found> found, int runs) {
    return found.map(one -> views.view(one.description(), one.input(), runs)).toList();
  }
}
