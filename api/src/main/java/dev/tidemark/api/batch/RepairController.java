package dev.tidemark.api.batch;

import dev.tidemark.api.run.Call;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A repair is a batch; whoever has its id steers it and looks at it as any other. */
@RestController
@RequestMapping("/api/v1/repairs")
@Tag(name = "verifications")
class RepairController {

  private final Repairs repairs;
  private final BatchLookup lookup;
  private final BatchViews views;

  RepairController(Repairs repairs, BatchLookup lookup, BatchViews views) {
    this.repairs = repairs;
    this.lookup = lookup;
    this.views = views;
  }

  @PostMapping
  @Operation(
      summary = "Compares tables of a batch with the target, and copies what differs",
      description =
          "Starts a batch of kind repair. Look at it and steer it with /api/v1/batches/{id}.")
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<BatchView> start(
      @RequestBody(required = false) @Nullable RepairRequest body, Call call) {
    String id = repairs.start(body == null ? RepairRequest.EVERYTHING : body, call);
    return ResponseEntity.created(URI.create("/api/v1/batches/" + id))
        .body(views.view(lookup.get(id)));
  }
}
