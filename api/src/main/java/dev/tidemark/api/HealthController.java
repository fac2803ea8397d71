package dev.tidemark.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "health")
class HealthController {

  /** That the process serves; it does so without Temporal and the control database. */
  record Health(String status) {}

  @GetMapping("/api/v1/health")
  @Operation(summary = "Says that the API serves; needs no key")
  Health health() {
    return new Health("up");
  }
}
