package dev.tidemark.api.verification;

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
@RequestMapping("/api/v1/verifications")
@Tag(name = "verifications")
class VerificationController {

  private final Verifications verifications;
  private final IdempotentRequests repeats;

  VerificationController(Verifications verifications, IdempotentRequests repeats) {
    this.verifications = verifications;
    this.repeats = repeats;
  }

  @PostMapping
  @Operation(summary = "Compares tables of a batch with the target, and writes nothing")
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<VerificationView> start(
      @RequestBody(required = false) @Nullable VerificationRequest body, Call call) {
    String id = verifications.start(body == null ? VerificationRequest.EVERYTHING : body, call);
    return ResponseEntity.created(URI.create("/api/v1/verifications/" + id))
        .body(verifications.get(id));
  }

  @GetMapping
  @Operation(
      summary = "Lists verifications page by page: those that run first, then the last to end")
  VerificationRow.Listing list(
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable String batch,
      @RequestParam(defaultValue = "20") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return verifications.page(RunFilter.of(status, batch, limit, cursor));
  }

  @GetMapping("/{id}")
  @Operation(summary = "Shows what a verification has found")
  VerificationView get(@PathVariable String id) {
    return verifications.get(id);
  }

  @PostMapping("/{id}/interrupt")
  @Operation(summary = "Stops a verification; what it has found so far stays")
  VerificationView interrupt(
      @PathVariable String id,
      @RequestBody(required = false) @Nullable InterruptRequest body,
      Call call) {
    repeats.once(
        call.order(body),
        () -> verifications.interrupt(id, InterruptRequest.reason(body, call.caller())));
    return verifications.get(id);
  }
}
