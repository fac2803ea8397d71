package dev.tidemark.api.batch;

import dev.tidemark.api.run.Call;
import dev.tidemark.api.run.IdempotentRequests;
import dev.tidemark.api.table.TablePaths;
import dev.tidemark.api.table.TableView;
import dev.tidemark.workflows.table.TableId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Orders about single tables, while the others run on. */
@RestController
@RequestMapping("/api/v1/batches/{id}/tables/{table}")
@Tag(name = "batches")
class BatchTableController {

  private final Batches batches;
  private final BatchLookup lookup;
  private final BatchViews views;
  private final IdempotentRequests repeats;

  BatchTableController(
      Batches batches, BatchLookup lookup, BatchViews views, IdempotentRequests repeats) {
    this.batches = batches;
    this.lookup = lookup;
    this.views = views;
    this.repeats = repeats;
  }

  @PostMapping("/skip")
  @Operation(summary = "Leaves a table out; what was copied stays")
  TableView skip(@PathVariable String id, @PathVariable String table, Call call) {
    return order(id, table, "skipTable", call);
  }

  @PostMapping("/retry")
  @Operation(summary = "Puts a failed or skipped table back in the queue")
  TableView retry(@PathVariable String id, @PathVariable String table, Call call) {
    return order(id, table, "retryTable", call);
  }

  @PostMapping("/pause")
  @Operation(summary = "Stops a table after its chunk")
  TableView pause(@PathVariable String id, @PathVariable String table, Call call) {
    return order(id, table, "pauseTable", call);
  }

  @PostMapping("/resume")
  @Operation(summary = "Lets a paused table go on")
  TableView resume(@PathVariable String id, @PathVariable String table, Call call) {
    return order(id, table, "resumeTable", call);
  }

  private TableView order(String id, String typed, String order, Call call) {
    TableId table = batches.table(id, typed);
    repeats.once(call.order(null), () -> batches.order(id, order, table));
    return views.tables(lookup.get(id)).stream()
        .filter(view -> view.id().equals(TablePaths.of(table).toString()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(table + " left its batch"));
  }
}
