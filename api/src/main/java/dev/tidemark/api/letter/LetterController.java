package dev.tidemark.api.letter;

import dev.tidemark.api.run.Call;
import dev.tidemark.api.run.IdempotentRequests;
import dev.tidemark.connect.catalog.TablePath;
import dev.tidemark.workflows.letter.LetterTask;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

@RestController
@RequestMapping("/api/v1/dead-letters")
@Tag(name = "dead letters")
class LetterController {

  private final Letters letters;
  private final LetterRetries retries;
  private final IdempotentRequests repeats;

  LetterController(Letters letters, LetterRetries retries, IdempotentRequests repeats) {
    this.letters = letters;
    this.retries = retries;
    this.repeats = repeats;
  }

  @GetMapping
  @Operation(summary = "Lists rows that a target refused, newest first, page by page")
  LetterView.Listing list(
      @RequestParam(required = false) @Nullable String connection,
      @RequestParam(required = false) @Nullable String table,
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(defaultValue = "20") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return letters.page(connection, table, state, cursor, limit);
  }

  @GetMapping("/{id}")
  @Operation(summary = "Shows a refused row, and why it was refused")
  LetterView get(
      @PathVariable String id, @RequestParam(required = false) @Nullable String connection) {
    return letters.get(connection, id);
  }

  @PatchMapping("/{id}")
  @Operation(
      summary = "Says what is to be written instead",
      description = "Columns that are not named stay as they are. To be tried again after that.")
  LetterView edit(
      @PathVariable String id,
      @RequestParam(required = false) @Nullable String connection,
      @RequestBody LetterEdits body,
      Call call) {
    repeats.once(call.order(body), () -> letters.edit(connection, id, body));
    return letters.get(connection, id);
  }

  @PostMapping("/{id}/discard")
  @Operation(summary = "Does without the row, as long as the source has it as it is")
  LetterView discard(
      @PathVariable String id,
      @RequestParam(required = false) @Nullable String connection,
      Call call) {
    repeats.once(call.order(null), () -> letters.discard(connection, id));
    return letters.get(connection, id);
  }

  @PostMapping("/{id}/retry")
  @Operation(summary = "Tries to write the row again: as edited, else as the source has it now")
  @ResponseStatus(HttpStatus.ACCEPTED)
  ResponseEntity<RetryView> retry(
      @PathVariable String id,
      @RequestParam(required = false) @Nullable String connection,
      Call call) {
    return started(
        retries.start(
            call.order(null),
            () -> {
              LetterView letter = letters.open(connection, id);
              return new LetterTask(letter.connection(), letter.table(), List.of(id), 1);
            }));
  }

  @PostMapping("/retry")
  @Operation(summary = "Tries to write all refused rows of a table again")
  @ResponseStatus(HttpStatus.ACCEPTED)
  ResponseEntity<RetryView> retryAll(@RequestBody RetryRequest body, Call call) {
    return started(
        retries.start(
            call.order(body),
            () -> {
              TablePath table = letters.table(body.connection(), body.table());
              return new LetterTask(table.connection(), table.table(), List.of(), 1);
            }));
  }

  @GetMapping("/retries/{table}")
  @Operation(summary = "Shows what became of the letters of a table that were tried last")
  RetryView latestRetry(
      @PathVariable String table, @RequestParam(required = false) @Nullable String connection) {
    List<RetryView> spelledSo =
        letters.targets(connection).stream()
            .flatMap(target -> retries.find(target, table).stream())
            .toList();
    if (spelledSo.size() > 1) {
      throw Letters.ambiguous(spelledSo.stream().map(RetryView::connection).toList());
    }
    return spelledSo.stream()
        .findFirst()
        .orElseGet(
            () -> {
              TablePath meant = letters.tableOfPath(connection, table);
              return retries.get(meant.connection(), meant.table());
            });
  }

  private static ResponseEntity<RetryView> started(RetryView view) {
    URI location =
        UriComponentsBuilder.fromPath("/api/v1/dead-letters/retries/{table}")
            .queryParam("connection", "{connection}")
            .build(view.table(), view.connection());
    return ResponseEntity.accepted().location(location).body(view);
  }
}
