package dev.tidemark.api.problem;

import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.List;
import java.util.Optional;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Adds to the OpenAPI document how requests are refused. Which statuses an operation has follows
 * from what it takes: a path that may name nothing, a body that may be wrong.
 */
@Component
public final class ProblemDocumentation implements GlobalOpenApiCustomizer {

  private static final String SCHEMA = "#/components/schemas/Problem";

  @Override
  public void customise(OpenAPI document) {
    ModelConverters.getInstance(true)
        .readAll(Problem.class)
        .forEach(document.getComponents()::addSchemas);
    document
        .getPaths()
        .forEach(
            (path, operations) ->
                operations
                    .readOperationsMap()
                    .forEach((method, operation) -> describe(path, method, operation)));
  }

  private static void describe(String path, PathItem.HttpMethod method, Operation operation) {
    boolean writes = method != PathItem.HttpMethod.GET;
    boolean body = operation.getRequestBody() != null;
    boolean named = has(operation, "path");
    boolean latest = path.endsWith("/latest");
    boolean asked = has(operation, "query");
    boolean key = has(operation, "header");
    if (body || asked) {
      add(operation, HttpStatus.BAD_REQUEST, "The body or a parameter cannot be read");
    }
    if (named || latest) {
      add(operation, HttpStatus.NOT_FOUND, "There is nothing that the path names");
    }
    if ((writes && (named || key)) || namesTable(operation)) {
      add(
          operation,
          HttpStatus.CONFLICT,
          "The present state does not allow it, or a name means several");
    }
    if (body) {
      add(operation, HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body is not sent as JSON");
    }
    if (body || asked || key) {
      add(
          operation,
          HttpStatus.UNPROCESSABLE_CONTENT,
          "The body, a parameter or the idempotency key asks for what cannot be");
    }
    if (!path.endsWith("/health")) {
      add(
          operation,
          HttpStatus.SERVICE_UNAVAILABLE,
          "Temporal, a worker, a target or the control database is away");
    }
    operation.getResponses().addApiResponse(ApiResponses.DEFAULT, response("Any other error."));
  }

  private static boolean has(Operation operation, String place) {
    return parameters(operation).stream().anyMatch(parameter -> place.equals(parameter.getIn()));
  }

  private static boolean namesTable(Operation operation) {
    return parameters(operation).stream()
        .anyMatch(parameter -> "table".equals(parameter.getName()));
  }

  private static List<Parameter> parameters(Operation operation) {
    return Optional.ofNullable(operation.getParameters()).orElse(List.of());
  }

  private static void add(Operation operation, HttpStatus status, String when) {
    operation.getResponses().addApiResponse(String.valueOf(status.value()), response(when + "."));
  }

  /** A problem document, for whoever describes statuses of an operation. */
  public static ApiResponse response(String when) {
    return new ApiResponse()
        .description(when)
        .content(
            new Content()
                .addMediaType(
                    Problem.MEDIA_TYPE, new MediaType().schema(new Schema<>().$ref(SCHEMA))));
  }
}
