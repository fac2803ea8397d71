package dev.tidemark.api.plan;

import dev.tidemark.api.run.Call;
import dev.tidemark.api.run.IdempotentRequests;
import dev.tidemark.api.run.InterruptRequest;
import dev.tidemark.api.run.RunFilter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
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
@RequestMapping("/api/v1/plans")
@Tag(name = "plans")
class PlanController {

  private final Plans plans;
  private final IdempotentRequests repeats;

  PlanController(Plans plans, IdempotentRequests repeats) {
    this.plans = plans;
    this.repeats = repeats;
  }

  @PostMapping
  @Operation(summary = "Tells what a batch would do, and does nothing of it")
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<PlanView> start(
      @RequestBody(required = false) @Nullable PlanRequest body, Call call) {
    String id = plans.start(body == null ? PlanRequest.EVERYTHING : body, call);
    return ResponseEntity.created(URI.create("/api/v1/plans/" + id)).body(plans.get(id));
  }

  @GetMapping
  @Operation(summary = "Lists plans page by page: those that run first, then the last to end")
  PlanRow.Listing list(
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable String batch,
      @RequestParam(defaultValue = "20") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return plans.page(RunFilter.of(status, batch, limit, cursor));
  }

  @GetMapping("/{id}")
  @Operation(summary = "Shows a plan")
  PlanView get(@PathVariable String id) {
    return plans.get(id);
  }

  @PostMapping("/{id}/interrupt")
  @Operation(summary = "Stops a plan")
  PlanView interrupt(
      @PathVariable String id,
      @RequestBody(required = false) @Nullable InterruptRequest body,
      Call call) {
    repeats.once(
        call.order(body), () -> plans.interrupt(id, InterruptRequest.reason(body, call.caller())));
    return plans.get(id);
  }
}
