package dev.tidemark.api.table;

import dev.tidemark.api.run.Call;
import dev.tidemark.api.run.IdempotentRequests;
import dev.tidemark.api.run.InterruptRequest;
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
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

@RestController
@RequestMapping("/api/v1/table-syncs")
@Tag(name = "table syncs")
class TableSyncController {

  private final TableSyncs syncs;
  private final IdempotentRequests repeats;

  TableSyncController(TableSyncs syncs, IdempotentRequests repeats) {
    this.syncs = syncs;
    this.repeats = repeats;
  }

  @PostMapping
  @Operation(summary = "Syncs one table without a batch")
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<TableSyncView> start(@RequestBody TableSyncRequest body, Call call) {
    TableSyncView view = syncs.start(body, call);
    URI location =
        UriComponentsBuilder.fromPath("/api/v1/table-syncs/{connection}/{table}")
            .build(view.table().connection(), view.workflowId().split(":", 3)[2]);
    return ResponseEntity.created(location).body(view);
  }

  @GetMapping("/{connection}/{table}")
  @Operation(summary = "Shows the latest sync of one table without a batch")
  TableSyncView get(@PathVariable String connection, @PathVariable String table) {
    return syncs.get(connection, table);
  }

  @PostMapping("/{connection}/{table}/interrupt")
  @Operation(summary = "Stops the sync after its chunk; starting it again goes on from there")
  TableSyncView interrupt(
      @PathVariable String connection,
      @PathVariable String table,
      @RequestBody(required = false) @Nullable InterruptRequest body,
      Call call) {
    repeats.once(
        call.order(body),
        () -> syncs.interrupt(connection, table, InterruptRequest.reason(body, call.caller())));
    return syncs.get(connection, table);
  }
}
