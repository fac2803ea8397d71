package dev.tidemark.api.batch;

import dev.tidemark.api.problem.ListRequests;
import dev.tidemark.api.problem.ProblemException;
import dev.tidemark.api.run.Call;
import dev.tidemark.api.run.IdempotentRequests;
import dev.tidemark.api.run.InterruptRequest;
import dev.tidemark.connect.control.BatchFilter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/batches")
@Tag(name = "batches")
class BatchController {

  private static final List<String> STATUSES =
      List.of("completed", "failed", "interrupted", "running");

  private final Batches batches;
  private final BatchResumes resumes;
  private final BatchLookup lookup;
  private final BatchList list;
  private final BatchViews views;
  private final IdempotentRequests repeats;

  BatchController(
      Batches batches,
      BatchResumes resumes,
      BatchLookup lookup,
      BatchList list,
      BatchViews views,
      IdempotentRequests repeats) {
    this.batches = batches;
    this.resumes = resumes;
    this.lookup = lookup;
    this.list = list;
    this.views = views;
    this.repeats = repeats;
  }

  @PostMapping
  @Operation(summary = "Starts a batch")
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<BatchView> start(
      @RequestBody(required = false) @Nullable StartRequest body, Call call) {
    String id = batches.start(body == null ? StartRequest.EVERYTHING : body, call);
    return ResponseEntity.created(URI.create("/api/v1/batches/" + id)).body(view(id));
  }

  @GetMapping
  @Operation(summary = "Lists batches, newest first, page by page")
  BatchView.Listing list(
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable String name,
      @RequestParam(required = false) @Nullable String connection,
      @RequestParam(defaultValue = "20") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    ListRequests.check("status", status, STATUSES, limit);
    return list.page(new BatchFilter(status, name, connection), cursor, limit);
  }

  @GetMapping("/latest")
  @Operation(summary = "Shows the batch that started last")
  BatchView latest() {
    return list.latest()
        .map(this::view)
        .orElseThrow(
            () -> ProblemException.notFound("BATCH_NOT_FOUND", "There is no batch yet.", null));
  }

  @GetMapping("/{id}")
  @Operation(summary = "Shows a batch and its tables")
  BatchView get(@PathVariable String id) {
    return view(id);
  }

  @GetMapping("/{id}/tables")
  @Operation(summary = "Shows the tables of a batch")
  BatchView.Tables tables(
      @PathVariable String id,
      @Parameter(description = "true for those that failed only")
          @RequestParam(defaultValue = "false")
          boolean failed) {
    return new BatchView.Tables(
        views.tables(lookup.get(id)).stream()
            .filter(table -> !failed || table.status().equals("failed"))
            .toList());
  }

  @PostMapping("/{id}/pause")
  @Operation(summary = "Finishes the chunks in flight and starts no others")
  BatchView pause(@PathVariable String id, Call call) {
    repeats.once(call.order(null), () -> batches.order(id, "pause"));
    return view(id);
  }

  @PostMapping("/{id}/resume")
  @Operation(
      summary = "Un-pauses a running batch, or goes on with one that failed or was interrupted")
  BatchView resume(@PathVariable String id, Call call) {
    repeats.once(call.order(null), () -> resumes.resume(id));
    return view(id);
  }

  @PostMapping("/{id}/interrupt")
  @Operation(summary = "Finishes the chunks in flight and closes the batch, to be resumed later")
  BatchView interrupt(
      @PathVariable String id,
      @RequestBody(required = false) @Nullable InterruptRequest body,
      Call call) {
    repeats.once(
        call.order(body),
        () -> batches.order(id, "interrupt", InterruptRequest.reason(body, call.caller())));
    return view(id);
  }

  private BatchView view(String id) {
    return views.view(lookup.get(id));
  }
}
